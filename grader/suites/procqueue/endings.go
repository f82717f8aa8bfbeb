package procqueue

import (
	"io"
	"os/exec"
	"path/filepath"
	"syscall"

	"example.com/gokata/exercises/procqueue"
	"example.com/gokata/grader/suite/child"
)

func theReaderComesToTheEnd(t *child.T) {
	r, w := queue(t)
	reader, writer := begin(t, "the reader", "reader", r), producer(t, "the writer", w)
	quit(t, r, w)
	writer.finish(t)
	reader.refused(t, io.EOF, "Get in the reader, after the last producer has ended", "get")
	reader.finish(t)
}

func killedInTheMiddle(t *child.T) {
	r, w := queue(t)
	doomed, survivor := producer(t, "the doomed process", w), producer(t, "the survivor", w)
	quit(t, nil, w)
	doomed.put(t, 1, 700)
	doomed.begins(t, 2)
	survivor.put(t, 3, 800)
	doomed.kill(t)
	take(t, r, record(1, 1, 700), "from a process that was killed in the middle of its next record")
	take(t, r, record(3, 1, 800), "from one process after another one was killed in the middle of a record")
	survivor.call(t, "Put in the survivor", order("put", 4, []int{0, 900})...)
	take(t, r, record(4, 1, 0), "from one process after another one was killed in the middle of a record")
	take(t, r, record(4, 2, 900), "from one process after another one was killed in the middle of a record")
	survivor.finish(t)
	t.Call("Get to return after the last producer has ended", func() {
		truncated(t.T, r, "when all producers are gone and one of them was killed in the middle of a record")
	})
	quit(t, r, nil)
}

func putAndExit(t *child.T) {
	r, w := queue(t)
	o := producer(t, "the child", w)
	quit(t, nil, w)
	o.Order(order("put", 1, []int{procqueue.MaxRecord - 1})...)
	t.Settle()
	if o.Answered() {
		t.Fatalf("Put has returned in the child although the pipe has no room for its record and nobody has called Get: if the child exits now, the rest of the record is lost")
	}
	take(t, r, record(1, 1, procqueue.MaxRecord-1), "while its producer waits for room")
	if answer := o.Answer(); answer[0] != said(nil) {
		t.Errorf("Put in the child returned an error: %s", answer[0])
	}
	o.finish(t)
	quit(t, r, nil)

	for _, how := range []string{"has exited", "was killed", "has closed its Writer and exited"} {
		r, w := queue(t)
		o := producer(t, "the child", w)
		quit(t, nil, w)
		o.call(t, "Put in the child", order("put", 1, []int{0, 1500, 0})...)
		switch how {
		case "has exited":
			o.finish(t)
		case "was killed":
			o.kill(t)
		default:
			o.call(t, "Close of the Writer in the child", "close writer")
			o.finish(t)
		}
		for k, n := range []int{0, 1500, 0} {
			take(t, r, record(1, k+1, n), "after its producer "+how)
		}
		takeEnd(t, r, "after the only producer "+how)
		quit(t, r, nil)
	}
}

func theLastProducer(t *child.T) {
	r, w := queue(t)
	bystander := t.Child("a bystander")
	cmd := bystander.Cmd()
	must(t.T, cmd.Start(), "starting a process that has nothing to do with the queue")
	bystander.Hello()
	exits, dies, stays := producer(t, "the first process", w), producer(t, "the second process", w), producer(t, "the third process", w)
	var err error
	gets := during(t, func() { err = getError(r) })
	for what, end := range []func(){
		func() { quit(t, nil, w) }, func() { exits.finish(t) }, func() { dies.kill(t) },
	} {
		end()
		t.Settle()
		if isOver(gets) {
			t.Expected("a Get that waits, as there are producers left", "Get has returned the error "+said(err), "what happens after %s",
				[]string{"the Writer in the parent was closed", "one process with a Writer has exited", "one process with a Writer was killed"}[what])
			t.Fatalf("the end has come too early, so there is no point in going on")
		}
	}
	stays.call(t, "Close of the Writer in the last process", "close writer")
	t.Until("Get to return after the last Writer was closed, while other processes live on", gets)
	is(t.T, io.EOF, err, "Get, after the last Writer was closed")
	stays.finish(t)
	bystander.Exit(0)
	t.Call("a bystander to end", func() { _ = cmd.Wait() })
	quit(t, r, nil)
}

func noReaderLeft(t *child.T) {
	r, w := queue(t)
	reader, writer := begin(t, "the reader", "reader", r), producer(t, "the writer", w)
	quit(t, r, nil)
	reader.Order("get for ever")
	writer.put(t, 1, 0, 700)
	t.Call("the reader, which gets in an endless loop, to end when it is killed", func() {
		must(t.T, reader.cmd.Process.Kill(), "Kill")
		_ = reader.cmd.Wait()
	})
	writer.refused(t, syscall.EPIPE, "Put in a child, after the process with the Reader was killed", order("put", 1, []int{0})...)
	is(t.T, syscall.EPIPE, w.Put([]byte("x")), "Put after the process with the Reader was killed")
	writer.finish(t)
	quit(t, nil, w)

	r, w = queue(t)
	writer = producer(t, "the writer", w)
	writer.Order(order("put", 1, []int{procqueue.MaxRecord - 1})...)
	t.Settle() // it waits for room
	quit(t, r, nil)
	if got := writer.Answer()[0]; got != said(syscall.EPIPE) {
		t.Expected(said(syscall.EPIPE), got, "Put in a child that waits for room, when its parent closes the Reader: its error")
	}
	writer.finish(t)
	quit(t, nil, w)
}

func nothingLeftBehind(t *child.T) {
	for range 3 {
		r, w := queue(t)
		gets := during(t, func() { _ = getError(r) })
		quit(t, r, nil)
		t.Until("Get to return when another goroutine calls Close", gets)
		quit(t, nil, w)

		r, w = queue(t)
		o := producer(t, "the child", w)
		o.put(t, 1, 700, 0, 700)
		take(t, r, record(1, 1, 700), "after a Put in a child")
		o.finish(t)
		quit(t, r, w) // two records have not been got

		r, w = queue(t)
		missing := exec.Command(filepath.Join(t.Dir(), "missing"))
		_, err := w.Attach(missing)
		must(t.T, err, "Attach")
		if missing.Start() == nil {
			panic("procqueue: a command that does not exist was started")
		}
		add(t, w, []byte("still of use"))
		take(t, r, []byte("still of use"), "when a command with a Writer could not be started")
		quit(t, r, w)
	}
}
