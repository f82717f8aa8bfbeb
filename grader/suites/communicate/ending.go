package communicate

import (
	"bytes"
	"context"
	"os/exec"
	"syscall"
	"time"

	"example.com/gokata/exercises/communicate"
	"example.com/gokata/grader/suite/child"
)

// long is a time that does not pass.
const long = time.Hour

func waitsForTheProcess(t *child.T) {
	c := t.Child("a command that closes its outputs and goes on")
	res := talk(t, c, nil, func() {
		c.Do("print", "that is all\n")
		c.Do("close", "/dev/stdout")
		c.Do("close", "/dev/stderr")
		t.Settle() // whoever reads knows by now
		c.Exit(5)
	})
	same(t, []byte("that is all\n"), res.Stdout, "Stdout of a command that closes its outputs and goes on")
	t.Diff(5, res.ExitCode, "the ExitCode of a command that closes its outputs and goes on")
}

// family returns a child and one that it is to start.
func family(t *child.T) (c, g *child.Child) {
	return t.Child("the command"), t.Child("the process that the command has started")
}

// spawn lets c start g, which gets the files of c, and both print.
func spawn(how string, c, g *child.Child) {
	c.Do(append([]string{how}, g.Args()...)...)
	g.Hello()
	c.Do("print", "parent\n")
	g.Do("print", "child\n")
}

func waitsForTheOutputs(t *child.T) {
	c, g := family(t)
	res := talk(t, c, nil, func() {
		spawn("spawn", c, g)
		g.Ignore(syscall.SIGPIPE)
		c.Exit(4)
		c.Gone()
		t.Settle()
		for _, words := range [][]string{{"print", "late\n"}, {"complain", "late, too\n"}} {
			g.Order(words...)
			g.Refused() // if nobody reads any more, which the Result will show
		}
		g.Exit(0)
	})
	same(t, []byte("parent\nchild\nlate\n"), res.Stdout, "Stdout, to which a process goes on writing after the command that has started it")
	same(t, []byte("late, too\n"), res.Stderr, "Stderr, to which a process goes on writing after the command that has started it")
	t.Diff(4, res.ExitCode, "the ExitCode of a command that is survived by a process that it has started")
	for range t.Linger(points) {
		t.Call("Communicate to return", brief(t, 1))
	}
}

func cancelKills(t *child.T) {
	c := t.Child("the command")
	res := interrupt(t, c, nil, func(cancel func()) {
		c.Ignore(syscall.SIGTERM)
		c.Do("print", "so far\n")
		c.Do("complain", "so good\n")
		t.Settle() // now that has been read, too
		cancel()
	})
	same(t, []byte("so far\n"), res.Stdout, "Stdout of a command that was interrupted")
	same(t, []byte("so good\n"), res.Stderr, "Stderr of a command that was interrupted")
	t.Diff(-int(syscall.SIGKILL), res.ExitCode, "the ExitCode of a command that was interrupted")

	c = t.Child("a command that has closed its outputs and goes on")
	res = interrupt(t, c, nil, func(cancel func()) {
		c.Do("print", "that is all\n")
		c.Do("close", "/dev/stdout")
		c.Do("close", "/dev/stderr")
		t.Settle()
		cancel()
	})
	same(t, []byte("that is all\n"), res.Stdout, "Stdout of a command that closed it and was interrupted later")
	t.Diff(-int(syscall.SIGKILL), res.ExitCode, "the ExitCode of a command that closed its outputs and was interrupted later")
}

// expiring is a context whose deadline comes when the case says so.
type expiring struct {
	context.Context
	done chan struct{}
}

func (e expiring) Done() <-chan struct{} { return e.done }

func (e expiring) Err() error {
	select {
	case <-e.done:
		return context.DeadlineExceeded
	default:
		return nil
	}
}

func deadline(t *child.T) {
	c := t.Child("a command that takes too long")
	ctx := expiring{context.Background(), make(chan struct{})}
	_, err := call(t, ctx, c, c.Cmd(), nil, func() {
		t.Settle()
		close(ctx.done)
	})
	wraps(t, err, context.DeadlineExceeded, "the error of a Communicate whose deadline has passed")

	c = t.Child("a command that ends in time")
	inTime, cancel := context.WithTimeout(context.Background(), long)
	defer cancel()
	res, _ := call(t, inTime, c, c.Cmd(), nil, func() { c.Exit(9) })
	t.Diff(9, res.ExitCode, "the ExitCode of a command that ends before the deadline")
}

func wholeGroup(t *child.T) {
	for _, first := range []bool{false, true} {
		c, g := family(t)
		res := interrupt(t, c, nil, func(cancel func()) {
			spawn("spawn", c, g)
			g.Ignore(syscall.SIGTERM)
			if first { // the command ends, and what it has started holds the pipes
				c.Exit(6)
				c.Gone()
			}
			t.Settle()
			cancel()
		})
		t.Settle()
		if g.Running() {
			t.Errorf("a process that the command has started runs on after the context was cancelled, although it is in the command's group")
			g.Exit(0)
		}
		same(t, []byte("parent\nchild\n"), res.Stdout, "Stdout of a group that was interrupted")
		want := -int(syscall.SIGKILL)
		if first {
			want = 6
		}
		t.Diff(want, res.ExitCode, "the ExitCode of a command whose group was interrupted")
	}
}

func doneBefore(t *child.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	c := t.Child("the command")
	cmd := c.Cmd()
	t.Call("Communicate to return", func() {
		res, err := communicate.Communicate(ctx, cmd, []byte("hello?"))
		wraps(t, err, context.Canceled, "the error of a Communicate whose context was cancelled before")
		empty(t, res, "a Communicate whose context was cancelled before")
	})
	if cmd.Process != nil || c.Started() {
		t.Errorf("the command was started although the context had been cancelled before")
	}
}

// interruptStrangers interrupts a command that has started a process outside of
// its group, and returns that process. It has the pipes of the command still.
func interruptStrangers(t *child.T, input []byte) *child.Child {
	c, g := family(t)
	res := interrupt(t, c, input, func(cancel func()) {
		spawn("spawn-apart", c, g)
		g.Ignore(syscall.SIGPIPE)
		t.Settle()
		cancel()
	})
	same(t, []byte("parent\nchild\n"), res.Stdout, "Stdout, which a process outside of the group keeps open")
	return g
}

func strangersAreLeftAlone(t *child.T) {
	g := interruptStrangers(t, nil)
	t.Settle()
	if !g.Running() {
		t.Errorf("a process that had left the group of the command was killed")
	}
	g.Exit(0)
}

func pipesAreClosed(t *child.T) {
	g := interruptStrangers(t, pattern(mebibyte)) // of which nobody reads anything
	for _, order := range []string{"print", "complain"} {
		g.Order(order, "is anybody there?\n")
		if g.Refused() == "" {
			t.Errorf("Communicate has returned, but the pipe from which it read is still open")
		}
	}
	g.Exit(0)
}

func nothingLeftBehind(t *child.T) {
	for range 3 {
		c := t.Child("the command")
		talk(t, c, []byte("hello\n"), func() {
			c.Do("echo")
			c.Exit(0)
		})
	}
	c := t.Child("the command that is interrupted")
	interrupt(t, c, nil, func(cancel func()) { cancel() })
	refused := func(cmd *exec.Cmd) {
		t.Call("Communicate to return", func() { communicate.Communicate(context.Background(), cmd, []byte("hello?")) })
	}
	refused(missing(t))
	redirected := t.Child("the command whose Stderr is set").Cmd()
	redirected.Stderr = new(bytes.Buffer)
	refused(redirected)
}
