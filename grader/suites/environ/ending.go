package environ

import (
	"context"
	"errors"
	"io/fs"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"example.com/gokata/exercises/environ"
	"example.com/gokata/grader/suite/child"
)

func output(t *child.T) {
	c, r := begin(t, nil, "one", "two words", "")
	t.Diff([]string{"one", "two words", ""}, c.Do("args"), "the arguments of the command")
	c.Do("print", "Hello\n")
	c.Do("complain", "a warning\n")
	c.Do("print", " world ")
	c.Exit(0)
	r.end()
	if r.err != nil {
		t.Expected("nil", r.said(), "the error of a command that exits with 0, and has written to both outputs")
	}
	t.Diff("Hello\n world ", r.out, "what Run returns as the standard output of the command")
}

func muchOfBoth(t *child.T) {
	const much = 1 << 20
	c, r := begin(t, nil)
	c.Do("flood", strconv.Itoa(much)) // both at once
	c.Exit(0)
	r.end()
	if r.err != nil {
		t.Errorf("Run returned an error although the command exits with 0")
	}
	t.Diff(much, len(r.out), "the number of bytes that Run returns")
}

func exitStatus(t *child.T) {
	c, r := begin(t, nil)
	c.Do("print", "half of it")
	c.Do("complain", "no such flower\n")
	c.Exit(3)
	r.end()
	var exit *exec.ExitError
	switch {
	case !errors.As(r.err, &exit):
		t.Fatalf("the error of a command that exits with 3 does not wrap an *exec.ExitError; it is %s", r.said())
	case !strings.Contains(r.err.Error(), "no such flower"):
		t.Expected(`a text that contains "no such flower"`, r.said(), "the error of a command that has said so on its standard error")
	}
	t.Diff(3, exit.ExitCode(), "the exit status in the error")
	t.Diff("half of it", r.out, "what Run returns as the standard output of a command that fails")

	c, r = begin(t, nil)
	c.Crash(syscall.SIGKILL)
	if r.end(); !errors.As(r.err, &exit) {
		t.Fatalf("the error of a command that a signal has ended does not wrap an *exec.ExitError; it is %s", r.said())
	}
}

func noSuchCommand(t *child.T) {
	out, err := environ.Run(context.Background(), nil, filepath.Join(t.Dir(), "missing"))
	switch {
	case err == nil:
		t.Errorf("Run of a command that does not exist returned no error")
	case !errors.Is(err, fs.ErrNotExist):
		t.Expected("an error that wraps fs.ErrNotExist", without(t, err), "Run of a command that does not exist")
	}
	t.Diff("", out, "what Run returns as the standard output of a command that does not exist")
}

func nothingLeftBehind(t *child.T) {
	for i := range 10 {
		c, r := begin(t, map[string]string{"KATA_NEW": "new"})
		c.Do("print", "done")
		c.Exit(i % 2)
		r.end()
	}
	environ.Run(context.Background(), nil, filepath.Join(t.Dir(), "missing"))
}

// given calls Run for a new child with a context, and waits until it runs.
func given(t *child.T, ctx context.Context) (*child.Child, *call) {
	c := t.Child("the command")
	return c, launch(t, ctx, nil, c).running()
}

func cancelledAndGone(t *child.T) {
	for range 3 {
		ctx, cancel := context.WithCancel(context.Background())
		_, r := given(t, ctx)
		cancel()
		r.end()
	}
}

func cancel(t *child.T) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	c, r := given(t, ctx)
	c.Ignore(syscall.SIGTERM)
	c.Do("print", "half of it")
	cancel()
	r.end()
	if !errors.Is(r.err, context.Canceled) {
		t.Expected("an error that wraps context.Canceled", r.said(), "when the context was cancelled while the command was running")
	}
	if !r.over {
		t.Errorf("Run returned when the context was cancelled, and the command had not ended, or nobody had waited for it")
	}
	t.Diff("half of it", r.out, "what Run returns as the standard output of a command that it has killed")
}

// limited is a context whose deadline passes when the case says so: by the clock
// it might pass before the command has come to its beginning.
type limited struct {
	context.Context
	passed chan struct{}
}

func (l limited) Done() <-chan struct{} { return l.passed }

func (l limited) Err() error {
	select {
	case <-l.passed:
		return context.DeadlineExceeded
	default:
		return nil
	}
}

func deadline(t *child.T) {
	ctx := limited{context.Background(), make(chan struct{})}
	_, r := given(t, ctx)
	close(ctx.passed)
	r.end()
	if !errors.Is(r.err, context.DeadlineExceeded) {
		t.Expected("an error that wraps context.DeadlineExceeded", r.said(), "when the deadline passed while the command was running")
	}
}

func cancelledBefore(t *child.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	c := t.Child("the command")
	// Nobody can start a process while this lock is held.
	syscall.ForkLock.RLock()
	r := launch(t, ctx, nil, c)
	t.Until("Run to return, and not to start a command, as the context was cancelled before", r.done)
	syscall.ForkLock.RUnlock()
	r.end()
	if !errors.Is(r.err, context.Canceled) {
		t.Expected("an error that wraps context.Canceled", r.said(), "when the context was cancelled before Run")
	}
	t.Diff("", r.out, "what Run returns as the standard output when the context was cancelled before")
}

func sideBySide(t *child.T) {
	const n = 4
	var cs [n]*child.Child
	var rs [n]*call
	for i := range n {
		cs[i], rs[i] = begin(t, nil) // each goes on only when told
	}
	for i := range n {
		if !cs[i].Running() {
			t.Errorf("one of four commands has ended before it was told to")
		}
	}
	for i := range n {
		cs[i].Exit(0)
		rs[i].end()
	}
}
