package pipe

import (
	"io"
	"io/fs"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"

	"example.com/gokata/exercises/pipe"
	"example.com/gokata/grader/suite/child"
)

// ends returns the two ends of a new connection.
func ends(t *child.T) (a, b *pipe.Conn) {
	a, b, err := pipe.New()
	must(t.T, err, "New")
	return a, b
}

// leave closes ends.
func leave(t *child.T, ends ...*pipe.Conn) {
	t.Call("Close to return", func() { shut(t.T, ends...) })
}

// get receives a message, which has to be a certain one. when completes "the
// case waits for Recv to return".
func get(t *child.T, c *pipe.Conn, want []byte, when string) {
	t.Call("Recv to return "+when, func() { recv(t.T, c, want, when) })
}

// end receives what has to be the end.
func end(t *child.T, c *pipe.Conn, when string) {
	t.Call("Recv to return "+when, func() { ended(t.T, c, when) })
}

// put sends a message for which there is room. It returns when the message is in
// the pipe also if Send has left that to somebody else: what comes of it must not
// depend on chance.
func put(t *child.T, c *pipe.Conn, msg []byte) {
	t.Call("Send to return, although there is room in the pipe", func() { send(t.T, c, msg) })
	t.Settle()
}

// during runs a call in a goroutine and returns when it waits, or is over.
// returned is closed then.
func during(t *child.T, call func()) (returned <-chan struct{}) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		call()
	}()
	t.Settle()
	return done
}

func twoEnds(t *child.T) {
	a, b := ends(t)
	texts := []string{"A", "B", "", "\x00\xff\n", "C"}
	for _, text := range texts {
		put(t, a, []byte(text))
		put(t, b, []byte("back "+text))
	}
	for _, text := range texts {
		get(t, b, []byte(text), "after five Sends in each direction")
		get(t, a, []byte("back "+text), "after five Sends in each direction")
	}
	c, d := ends(t)
	put(t, c, []byte("another pipe"))
	put(t, a, []byte("this pipe"))
	get(t, d, []byte("another pipe"), "when there are two connections")
	get(t, b, []byte("this pipe"), "when there are two connections")
	leave(t, a, b, c, d)
}

func anyLength(t *child.T) {
	a, b := ends(t)
	for _, n := range []int{1, 255, 256, 4096, 1<<16 - 1, 1 << 16, 1<<16 + 1, pipe.MaxMessage} {
		msg := make([]byte, n)
		for i := range msg {
			msg[i] = byte(i % 251)
		}
		sent := make(chan struct{})
		go func() {
			defer close(sent)
			send(t.T, a, msg)
		}()
		get(t, b, msg, "after a Send of "+strconv.Itoa(n)+" bytes")
		t.Until("Send to return, as its message was received", sent)
	}
	leave(t, a, b)
}

func noSuchCommand(t *child.T) {
	a, b := ends(t)
	err := pipe.Start(exec.Command(filepath.Join(t.Dir(), "missing")), b)
	is(t.T, fs.ErrNotExist, err, "Start of a command that does not exist")
	end(t, a, "after the other end was to be handed to a command that does not exist")
	is(t.T, pipe.ErrClosed, b.Send([]byte("x")), "Send through an end that was to be handed to a command that does not exist")
	leave(t, a)
}

func closeEndsRealWaits(t *child.T) {
	a, b := ends(t)
	var err error
	receives := during(t, func() { err = recvError(a) })
	leave(t, a)
	t.Until("Recv to return when another goroutine calls Close", receives)
	if err == nil { // which error it is, is a matter of order, and seen under the scheduler
		t.Errorf("Recv returned a message when another goroutine called Close, although none was sent")
	}
	leave(t, b)

	a, b = ends(t)
	sends := during(t, func() { err = a.Send(make([]byte, pipe.MaxMessage)) })
	leave(t, a)
	t.Until("Send to return when another goroutine calls Close", sends)
	if err == nil {
		t.Errorf("Send returned no error when another goroutine called Close, although there was no room for the whole message")
	}
	t.Call("Recv to return after the other end was closed in the middle of a message", func() {
		is(t.T, io.ErrUnexpectedEOF, recvError(b), "Recv, when the other end was closed in the middle of a message")
	})
	leave(t, b)
}

func noMoreDescriptors(t *child.T) {
	a, b := ends(t) // with the first one, the runtime opens what it needs itself
	leave(t, a, b)
	for free := range 4 {
		giveBack := occupy(free)
		_, _, err := pipe.New()
		giveBack()
		if err == nil {
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
		panic("pipe: " + err.Error())
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
			panic("pipe: " + err.Error())
		}
	}
}
