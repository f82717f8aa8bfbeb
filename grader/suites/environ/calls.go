package environ

import (
	"context"
	"strings"

	"example.com/gokata/exercises/environ"
	"example.com/gokata/grader/suite/child"
)

// call is a Run that has not returned yet.
type call struct {
	t        *child.T
	c        *child.Child
	done     chan struct{} // closed when it has; what follows is set before
	out      string
	err      error
	over     bool // whether the child's process was over then
	panicked any
}

// launch calls Run in a goroutine of its own.
func launch(t *child.T, ctx context.Context, overrides map[string]string, c *child.Child, args ...string) *call {
	r := &call{t: t, c: c, done: make(chan struct{})}
	go func() {
		defer close(r.done)
		defer func() { r.panicked = recover() }()
		r.out, r.err = environ.Run(ctx, overrides, c.Path(), append(c.Args(), args...)...)
		r.over = c.Started() && c.Over()
	}()
	return r
}

// running waits until the command runs.
func (r *call) running() *call {
	r.t.Settle()
	select {
	case <-r.done:
		r.end()
		r.t.Fatalf("Run returned before the command had ended, with the error %s", r.said())
	default:
	}
	r.c.Hello()
	return r
}

// end waits until Run has returned.
func (r *call) end() *call {
	r.t.Until("Run to return", r.done)
	if r.panicked != nil {
		panic(r.panicked)
	}
	return r
}

// begin calls Run for a new child and waits until it runs.
func begin(t *child.T, overrides map[string]string, args ...string) (*child.Child, *call) {
	c := t.Child("the command")
	return c, launch(t, context.Background(), overrides, c, args...).running()
}

// values returns the values that a variable has in an environment.
func values(env []string, name string) []string {
	found := []string{}
	for _, v := range env {
		if value, ok := strings.CutPrefix(v, name+"="); ok {
			found = append(found, value)
		}
	}
	return found
}

// said is the error that Run has returned, as text.
func (r *call) said() string {
	if r.err == nil {
		return "nil"
	}
	return strings.ReplaceAll(without(r.t, r.err), r.c.Path(), "command")
}

// without returns the text of an error without the directory of the case, which
// is another one each time.
func without(t *child.T, err error) string { return strings.ReplaceAll(err.Error(), t.Dir(), "dir") }
