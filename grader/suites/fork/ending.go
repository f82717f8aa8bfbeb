package fork

import (
	"context"
	"errors"
	"io"
	"strconv"
	"strings"
	"sync"
	"syscall"

	"example.com/gokata/exercises/fork"
	"example.com/gokata/grader/suite/child"
)

func files(t *child.T) {
	c := cast(t, "the child")[0]
	complaints := complain(t)
	var out strings.Builder
	f := start(t, ever, c, actors[0], strings.NewReader("a line\nthe rest"), &out)
	t.Diff("a line\nthe rest", c.Do("read")[0], "what the child reads from its standard input")
	c.Do("print", "Hello\n")
	c.Do("complain", "a warning\n")
	c.Do("print", " parent ")
	finish(t, f, c)
	complained := complaints()
	t.Diff("Hello\n parent ", text(t, &out), "what has arrived at stdout when Wait returns")
	t.Diff("a warning\n", complained, "what has arrived at os.Stderr of the parent when the child has written to its standard error")

	c = cast(t, "the child")[0]
	f = start(t, ever, c, actors[0], nil, nil)
	t.Diff("", c.Do("read")[0], "what the child reads when stdin is nil")
	c.Do("print", "for nobody")
	finish(t, f, c)

	c = cast(t, "the child")[0]
	f = start(t, ever, c, actors[0], strings.NewReader(strings.Repeat("much ", 1<<18)), io.Discard)
	finish(t, f, c) // it has not read anything
}

func exitStatus(t *child.T) {
	for _, status := range []int{1, 255} {
		f, c := begin(t)
		c.Exit(status)
		ends(t, f, status, "that exits with "+strconv.Itoa(status))
	}
	f, c := begin(t)
	c.Crash(syscall.SIGTERM)
	ends(t, f, -int(syscall.SIGTERM), "that signal 15 has ended")
}

func waitWaits(t *child.T) {
	f, c := begin(t)
	done := make(chan struct{})
	go func() {
		defer close(done)
		f.Wait()
		if !c.Over() {
			t.Errorf("Wait returned although the child had not ended")
		}
	}()
	t.Sleepless("Wait sleeps while the child runs, and looks every now and then whether it has ended")
	c.Exit(0)
	t.Until("Wait to return", done)
}

func manyWaits(t *child.T) {
	f, c := begin(t)
	var wg sync.WaitGroup
	again := func(when string) {
		status, err := f.Wait()
		t.Must(plain(err), "Wait "+when)
		t.Diff(3, status, "what Wait returns %s, for a child that exits with 3", when)
		if !c.Over() {
			t.Errorf("one of several Waits returned although the child had not ended")
		}
	}
	for range 4 {
		wg.Go(func() { again("in one of four goroutines") })
	}
	t.Settle()
	c.Exit(3)
	t.Call("all of four Waits to return", wg.Wait)
	t.Call("Wait to return once more, after the end", func() { again("after the end") })
}

// gated is an output that takes nothing before it is open.
type gated struct {
	open chan struct{}
	got  []byte
}

func (g *gated) Write(p []byte) (int, error) {
	<-g.open
	g.got = append(g.got, p...)
	return len(p), nil
}

func outputArrives(t *child.T) {
	c := cast(t, "the child")[0]
	out := &gated{open: make(chan struct{})}
	f := start(t, ever, c, actors[0], nil, out)
	c.Do("print", "done\n")
	done := make(chan struct{})
	go func() {
		defer close(done)
		f.Wait()
	}()
	c.Exit(0)
	c.Gone()
	t.Settle()
	select {
	case <-done:
		t.Errorf("Wait returned although what the child had printed had not been written to stdout yet")
	default:
	}
	close(out.open)
	t.Until("Wait to return when the output has been written", done)
	if !t.Failed() {
		t.Diff("done\n", string(out.got), "what has been written to stdout when Wait returns")
	}
}

func noZombie(t *child.T) {
	f, c := begin(t)
	c.Exit(3)
	c.Gone()
	// Nobody calls Wait.
	t.Settle()
	if !c.Over() {
		t.Errorf("the child has ended and is a zombie, as nobody has called Wait")
	}
	ends(t, f, 3, "that exits with 3, long before Wait is called")
}

// limited is a context that is done when the case says so, and not because
// somebody has cancelled it.
type limited struct {
	context.Context
	passed chan struct{}
}

func newLimited() limited { return limited{ever, make(chan struct{})} }

func (l limited) Done() <-chan struct{} { return l.passed }

func (l limited) Err() error {
	select {
	case <-l.passed:
		return context.DeadlineExceeded
	default:
		return nil
	}
}

func nothingLeftBehind(t *child.T) {
	ctx := newLimited() // it outlives the children
	for range 3 {
		c := cast(t, "the child")[0]
		f := start(t, ctx, c, actors[0], strings.NewReader("text"), &strings.Builder{})
		finish(t, f, c)
	}
}

func cancel(t *child.T) {
	ctx := newLimited()
	c := cast(t, "the child")[0]
	out := &strings.Builder{}
	f := start(t, ctx, c, actors[0], nil, out)
	c.Ignore(syscall.SIGTERM)
	c.Ignore(syscall.SIGINT)
	c.Do("print", "half of it")
	close(ctx.passed)
	t.Call("the child to be killed, as its context is done, although nobody calls Wait", c.Gone)
	status, err := wait(t, f)
	if !c.Over() {
		t.Errorf("Wait returned although the child had not ended")
	}
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Expected("an error that wraps context.DeadlineExceeded", said(err), "Wait, when the deadline of the context passed while the child was running")
	}
	t.Diff(-int(syscall.SIGKILL), status, "what Wait returns for a child whose context is done")
	t.Diff("half of it", text(t, out), "what a child had printed before its context was done")
}

func cancelledBefore(t *child.T) {
	cast(t, "the child")
	ctx, cancel := context.WithCancel(ever)
	cancel()
	var f *fork.Child
	var err error
	done := make(chan struct{})
	// Nobody can start a process while this lock is held.
	syscall.ForkLock.RLock()
	go func() {
		defer close(done)
		f, err = fork.Spawn(ctx, returns, nil, nil)
	}()
	t.Settle()
	select {
	case <-done:
	default:
		t.Errorf("Spawn has started a child although its context was done before")
	}
	syscall.ForkLock.RUnlock()
	t.Until("Spawn to return", done)
	if err == nil && f != nil {
		wait(t, f)
	}
	if !errors.Is(err, context.Canceled) {
		t.Expected("an error that wraps context.Canceled", said(err), "Spawn, when its context was cancelled before")
	}
}

func cancelledAfter(t *child.T) {
	ctx := newLimited()
	c := cast(t, "the child")[0]
	out := &gated{open: make(chan struct{})}
	f := start(t, ctx, c, actors[0], nil, out)
	c.Do("print", "done\n")
	c.Exit(3)
	c.Gone()
	t.Settle() // whoever waits for the child knows by now; the output is on its way
	close(ctx.passed)
	t.Settle()
	close(out.open)
	ends(t, f, 3, "that had exited with 3 when its context was done")
}

func sideBySide(t *child.T) {
	cs := cast(t, "one of four", "one of four", "one of four", "one of four")
	var fs [4]*fork.Child
	for i, c := range cs {
		fs[i] = start(t, ever, c, actors[i], nil, nil) // each goes on only when told
	}
	for _, c := range cs {
		if !c.Running() {
			t.Errorf("one of four children has ended before it was told to")
		}
	}
	for i, c := range cs {
		finish(t, fs[i], c)
	}
}

// said is an error as text.
func said(err error) string {
	if err == nil {
		return "nil"
	}
	return plain(err).Error()
}

// number is what a child has answered.
func number(word string) int {
	n, err := strconv.Atoi(word)
	if err != nil {
		panic(err)
	}
	return n
}
