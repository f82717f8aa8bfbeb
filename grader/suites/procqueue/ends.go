package procqueue

import (
	"bytes"
	"strconv"
	"syscall"

	"example.com/gokata/exercises/procqueue"
	"example.com/gokata/grader/suite/child"
)

// queue returns the two ends of a new queue. Whatever New has left to a goroutine
// has been done by then, or waits: what comes of it must not depend on chance.
func queue(t *child.T) (*procqueue.Reader, *procqueue.Writer) {
	r, w, err := procqueue.New()
	must(t.T, err, "New")
	t.Settle()
	return r, w
}

// quit closes what is given of the two ends of a queue.
func quit(t *child.T, r *procqueue.Reader, w *procqueue.Writer) {
	if w != nil {
		t.Call("Close of a Writer to return", func() { leave(t.T, w) })
	}
	if r != nil {
		t.Call("Close of a Reader to return", func() { done(t.T, r) })
	}
}

// take gets a record, which has to be a certain one.
func take(t *child.T, r *procqueue.Reader, want []byte, when string) {
	t.Call("Get to return "+when, func() { get(t.T, r, want, when) })
}

// takeEnd gets what has to be the end.
func takeEnd(t *child.T, r *procqueue.Reader, when string) {
	t.Call("Get to return "+when, func() { ended(t.T, r, when) })
}

// add puts a record for which there is room. It returns when the record is in the
// pipe also if Put has left that to somebody else: what comes of it must not
// depend on chance.
func add(t *child.T, w *procqueue.Writer, rec []byte) {
	t.Call("Put to return, although there is room in the pipe", func() { put(t.T, w, rec) })
	t.Settle()
}

// during runs a call in a goroutine and returns when it waits, or is over.
// returned is closed then.
func during(t *child.T, call func()) (returned <-chan struct{}) {
	over := make(chan struct{})
	go func() {
		defer close(over)
		call()
	}()
	t.Settle()
	return over
}

// isOver tells whether a call has returned.
func isOver(returned <-chan struct{}) bool {
	select {
	case <-returned:
		return true
	default:
		return false
	}
}

func aRealPipe(t *child.T) {
	r, w := queue(t)
	texts := []string{"A", "", "\x00\xff\n", "B"}
	for _, text := range texts {
		add(t, w, []byte(text))
	}
	for _, text := range texts {
		take(t, r, []byte(text), "after four Puts")
	}
	other, w2 := queue(t)
	add(t, w2, []byte("another queue"))
	add(t, w, []byte("this queue"))
	take(t, r, []byte("this queue"), "when there are two queues")
	take(t, other, []byte("another queue"), "when there are two queues")
	quit(t, other, w2)
	for _, n := range []int{1 << 12, 1<<16 - 1, 1 << 16, procqueue.MaxRecord - 1} {
		rec := bytes.Repeat([]byte("0123456789abcde"), n/15+1)[:n]
		over := make(chan struct{})
		go func() {
			defer close(over)
			put(t.T, w, rec)
		}()
		take(t, r, rec, "after a Put of "+strconv.Itoa(n)+" bytes")
		t.Until("Put to return, as its record was got", over)
	}
	quit(t, nil, w)
	takeEnd(t, r, "after the only producer was closed")
	quit(t, r, nil)
}

func aSlowReader(t *child.T) {
	r, w := queue(t)
	add(t, w, []byte("first"))
	take(t, r, []byte("first"), "after a Put")
	const records, long = 80, 1 << 16
	var err error
	puts := during(t, func() {
		for k := 0; k < records && err == nil; k++ {
			err = w.Put(record(1, k, long))
		}
	})
	if isOver(puts) && err == nil {
		t.Errorf("5 MiB could be put into the queue although nobody called Get meanwhile: the reader has taken them out of the pipe")
	}
	quit(t, r, nil)
	t.Until("Put to return when the reader is closed", puts)
	quit(t, nil, w)
}

func closeEndsRealWaits(t *child.T) {
	r, w := queue(t)
	var err error
	gets := during(t, func() { err = getError(r) })
	quit(t, r, nil)
	t.Until("Get to return when another goroutine calls Close", gets)
	if err == nil { // which error it is, is seen under the scheduler
		t.Errorf("Get returned a record when another goroutine called Close, although none was put")
	}
	quit(t, nil, w)
}

func putToNobody(t *child.T) {
	r, w := queue(t)
	quit(t, r, nil)
	is(t.T, syscall.EPIPE, w.Put([]byte("x")), "Put after the Reader was closed")
	quit(t, nil, w)

	r, w = queue(t)
	is(t.T, nil, w.Put(nil), "Put of an empty record")
	quit(t, r, nil)
	is(t.T, syscall.EPIPE, w.Put(nil), "Put of an empty record after the Reader was closed")
	quit(t, nil, w)

	r, w = queue(t)
	var err error
	puts := during(t, func() { err = w.Put(make([]byte, procqueue.MaxRecord-1)) })
	quit(t, r, nil)
	t.Until("Put to return when the Reader is closed", puts)
	is(t.T, syscall.EPIPE, err, "Put, when the Reader is closed while it waits for room")
	quit(t, nil, w)
}

func noMoreDescriptors(t *child.T) {
	r, w := queue(t) // whatever is opened only once is open after that
	quit(t, r, w)
	for free := range 2 {
		giveBack := occupy(free)
		r, w, err := procqueue.New()
		giveBack()
		if err == nil {
			quit(t, r, w)
			t.Fatalf("New returned no error although the process could open no more than %d descriptors", free)
		}
		is(t.T, syscall.EMFILE, err, "New, when the process cannot open enough descriptors")
	}
}

// occupy takes all descriptors that the process may have but for some, until
// they are given back.
func occupy(free int) (giveBack func()) {
	const limit = 200 // the process has fewer open now, and is to be over with it soon
	var before syscall.Rlimit
	err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &before)
	if err == nil {
		err = syscall.Setrlimit(syscall.RLIMIT_NOFILE, &syscall.Rlimit{Cur: min(limit, before.Cur), Max: before.Max})
	}
	if err != nil {
		panic("procqueue: " + err.Error())
	}
	var fds []int
	for {
		fd, err := syscall.Dup(1)
		if err != nil {
			break
		}
		fds = append(fds, fd)
	}
	for _, fd := range fds[:free] {
		syscall.Close(fd)
	}
	return func() {
		for _, fd := range fds[free:] {
			syscall.Close(fd)
		}
		if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &before); err != nil {
			panic("procqueue: " + err.Error())
		}
	}
}
