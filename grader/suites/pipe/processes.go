package pipe

import (
	"bytes"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"

	"example.com/gokata/exercises/pipe"
	"example.com/gokata/grader/suite/child"
)

// other is another process, which was started with an end.
type other struct {
	*child.Child
	cmd *exec.Cmd
}

// begin starts a process with an end, which it has taken up.
func begin(t *child.T, name string, c *pipe.Conn, before ...*os.File) *other {
	o := &other{Child: t.Role(name, "peer")}
	o.cmd = o.Cmd()
	o.cmd.ExtraFiles = before
	must(t.T, pipe.Start(o.cmd, c), "Start")
	in := 3 + len(before)
	if answer := o.Do("open", strconv.Itoa(in), strconv.Itoa(in+1)); answer[0] != said(nil) {
		t.Fatalf("the process does not have the files of its end as descriptors %d and %d: %s", in, in+1, answer[0])
	}
	return o
}

// call lets the process do something that has to succeed, and returns what that
// returns. what says it to the learner.
func (o *other) call(t *child.T, what string, order ...string) string {
	o.Order(order...)
	return o.returned(t, what)
}

// returned is the second half of call.
func (o *other) returned(t *child.T, what string) string {
	answer := o.Answer()
	if answer[0] != said(nil) {
		t.Fatalf("%s returned an error: %s", what, answer[0])
	}
	return answer[1]
}

// recv lets the process receive a message, which has to be a certain one.
func (o *other) recv(t *child.T, want, when string) {
	got := o.call(t, "Recv in "+o.Name+", "+when+",", "recv")
	if !same(t.T, []byte(want), []byte(got), "what Recv returns in %s, %s", o.Name, when) {
		t.Fatalf("the messages are not those that were sent, so there is no point in going on")
	}
}

// send lets the process send a message; see put.
func (o *other) send(t *child.T, msg, when string) {
	o.call(t, "Send in "+o.Name+", "+when+",", "send", msg)
	t.Settle()
}

// refused fails the case unless a call in the process returns a certain error.
func (o *other) refused(t *child.T, want error, what string, order ...string) {
	if got := o.Do(order...)[0]; got != said(want) {
		t.Expected(said(want), got, "%s: its error", what)
	}
}

// finish lets the process exit.
func (o *other) finish(t *child.T) {
	o.Exit(0)
	o.wait(t)
}

// wait returns when the process has ended.
func (o *other) wait(t *child.T) {
	t.Call(o.Name+" to end", func() { _ = o.cmd.Wait() })
}

func inAChild(t *child.T) {
	a, b := ends(t)
	p := begin(t, "the child", b)
	put(t, a, []byte("hello"))
	p.recv(t, "hello", "after a Send in its parent")
	p.send(t, "hello yourself", "while its parent waits")
	get(t, a, []byte("hello yourself"), "after a Send in the child")
	long := bytes.Repeat([]byte("long "), pipe.MaxMessage/5)
	p.Order("echo", "2")
	put(t, a, nil)
	get(t, a, nil, "when the child sends an empty message back")
	t.Call("Send to return, as the child receives", func() { send(t.T, a, long) })
	get(t, a, long, "when the child sends a long message back")
	p.returned(t, "Recv or Send in the child, which sends back what it receives,")
	p.finish(t)
	leave(t, a)
}

func filesBefore(t *child.T) {
	path := filepath.Join(t.Dir(), "note")
	if err := os.WriteFile(path, []byte("a note for the child"), 0o600); err != nil {
		panic("pipe: " + err.Error())
	}
	f, err := os.Open(path)
	if err != nil {
		panic("pipe: " + err.Error())
	}
	a, b := ends(t)
	p := begin(t, "the child", b, f)
	f.Close()
	const what = "reading descriptor 3, which was in cmd.ExtraFiles before Start, in the child"
	t.Diff("a note for the child", p.call(t, what, "text", "3"), "the result of "+what)
	put(t, a, []byte("hello"))
	p.recv(t, "hello", "as its descriptors 4 and 5 are its end")
	p.finish(t)
	leave(t, a)
}

func whatWasSentGoesAlong(t *child.T) {
	a, b := ends(t)
	for _, text := range []string{"one", "two", "", "three"} {
		put(t, a, []byte(text))
	}
	get(t, b, []byte("one"), "before Start")
	p := begin(t, "the child", b)
	for _, text := range []string{"two", "", "three"} {
		p.recv(t, text, "of messages that were sent before Start, and not received")
	}
	p.finish(t)
	leave(t, a)
}

func theChildEnds(t *child.T) {
	for _, sig := range []syscall.Signal{0, syscall.SIGKILL} {
		a, b := ends(t)
		p := begin(t, "the child", b)
		p.send(t, "last words", "before it ends")
		p.send(t, "", "before it ends")
		how := "was killed"
		if sig == 0 {
			how = "has exited"
			p.Exit(0)
		} else {
			p.Crash(sig)
		}
		p.wait(t)
		get(t, a, []byte("last words"), "after its sender "+how)
		get(t, a, nil, "after its sender "+how)
		end(t, a, "after the process with the other end "+how)
		leave(t, a)
	}
}

func nobodyElseHasIt(t *child.T) {
	a, b := ends(t)
	c, d := ends(t)
	bystander := t.Child("a bystander")
	cmd := bystander.Cmd()
	must(t.T, cmd.Start(), "starting a process that has nothing to do with the pipes")
	p, q := begin(t, "the first child", b), begin(t, "the second child", d)
	bystander.Hello()
	// All others live on: nobody may have a copy of an end.
	leave(t, a)
	p.refused(t, io.EOF, "Recv in the first child, after its parent has closed the other end while other processes live on", "recv")
	q.send(t, "I am here", "after another pipe was closed")
	get(t, c, []byte("I am here"), "when another pipe was closed")
	q.finish(t)
	end(t, c, "after the process with the other end has exited, while other processes live on")
	p.finish(t)
	bystander.Exit(0)
	t.Call("a bystander to end", func() { _ = cmd.Wait() })
	leave(t, c)
}

func betweenSiblings(t *child.T) {
	a, b := ends(t)
	writer, reader := begin(t, "the writer", a), begin(t, "the reader", b)
	writer.send(t, "A", "to its sibling")
	reader.recv(t, "A", "from its sibling")
	reader.send(t, "got A", "to its sibling")
	writer.recv(t, "got A", "from its sibling")
	writer.send(t, "B", "before it exits")
	writer.finish(t)
	reader.recv(t, "B", "after its sibling has exited")
	reader.refused(t, io.EOF, "Recv in the reader, after its sibling has exited", "recv")
	reader.finish(t)
}

func givenAway(t *child.T) {
	a, b := ends(t)
	p := begin(t, "the child", b)
	second := t.Child("a second child")
	is(t.T, pipe.ErrClosed, b.Send([]byte("x")), "Send through an end that was handed to a child")
	t.Call("Recv to return from an end that was handed to a child", func() {
		is(t.T, pipe.ErrClosed, recvError(b), "Recv from an end that was handed to a child")
	})
	is(t.T, pipe.ErrClosed, pipe.Start(second.Cmd(), b), "Start with an end that was handed to another child")
	leave(t, b)
	put(t, a, []byte("still there"))
	p.recv(t, "still there", "after its parent has closed the end that it has handed over")
	leave(t, a)
	is(t.T, pipe.ErrClosed, pipe.Start(second.Cmd(), a), "Start with an end that was closed")
	t.Settle()
	t.Diff(false, second.Started(), "whether a command was started with an end that was closed before")
	p.finish(t)
}

func sendToNobody(t *child.T) {
	a, b := ends(t)
	leave(t, b)
	is(t.T, syscall.EPIPE, a.Send([]byte("x")), "Send after the other end was closed")
	is(t.T, syscall.EPIPE, a.Send(nil), "Send of an empty message after the other end was closed")
	leave(t, a)

	a, b = ends(t)
	var err error
	waits := during(t, func() { err = a.Send(make([]byte, pipe.MaxMessage)) })
	leave(t, b)
	t.Until("Send to return when the other end is closed", waits)
	is(t.T, syscall.EPIPE, err, "Send, when the other end is closed while it waits for room")
	leave(t, a)

	a, b = ends(t)
	p := begin(t, "the child", b)
	p.Crash(syscall.SIGKILL)
	p.wait(t)
	is(t.T, syscall.EPIPE, a.Send([]byte("x")), "Send after the process with the other end was killed")
	leave(t, a)

	a, b = ends(t)
	p = begin(t, "the child", b)
	leave(t, a)
	p.refused(t, syscall.EPIPE, "Send in the child, after its parent has closed the other end", "send", "x")
	p.finish(t)
}

func nothingLeftBehind(t *child.T) {
	for range 3 {
		a, b := ends(t)
		waits := during(t, func() { _ = recvError(b) })
		leave(t, b)
		t.Until("Recv to return when another goroutine calls Close", waits)
		leave(t, a)

		a, b = ends(t)
		p := begin(t, "the child", b)
		p.finish(t)
		leave(t, a)

		a, b = ends(t)
		is(t.T, fs.ErrNotExist, pipe.Start(exec.Command(filepath.Join(t.Dir(), "missing")), b), "Start of a command that does not exist")
		leave(t, a)
	}
}
