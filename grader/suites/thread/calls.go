package thread

import (
	"context"
	"errors"
	"fmt"
	"time"

	"example.com/gokata/exercises/thread"
	"example.com/gokata/grader/suite"
)

// nothing is what a thread runs that ends at once.
func nothing(context.Context) {}

// create makes a thread.
func create(t *suite.T, name string, fn func(context.Context)) *thread.Thread {
	th := thread.New(name, fn)
	if th == nil {
		t.Fatalf("New returned nil")
	}
	return th
}

// start starts a thread, which must be possible.
func start(t *suite.T, th *thread.Thread) {
	if err := th.Start(context.Background()); err != nil {
		t.Fatalf("the first Start of a thread returned the error %q", said(err))
	}
}

// run makes a thread and starts it.
func run(t *suite.T, name string, fn func(context.Context)) *thread.Thread {
	th := create(t, name, fn)
	start(t, th)
	return th
}

// join waits for a thread that has been started and does not panic.
func join(t *suite.T, th *thread.Thread) {
	if err := th.Join(); err != nil {
		t.Expected("nil", said(err), "Join of a thread that was started and did not panic returned an error")
	}
}

// joined calls JoinTimeout for a thread that has been started and does not
// panic, and tells whether it has ended.
func joined(t *suite.T, th *thread.Thread, d time.Duration) bool {
	ended, err := th.JoinTimeout(d)
	if err != nil {
		t.Expected("nil", said(err), "JoinTimeout of a thread that was started and did not panic returned an error")
	}
	return ended
}

// again starts a thread that has been started already. when completes "a second
// Start …".
func again(t *suite.T, th *thread.Thread, when string) {
	if err := th.Start(context.Background()); !errors.Is(err, thread.ErrStarted) {
		t.Expected("ErrStarted", said(err), "a second Start %s is not refused", when)
	}
}

// same fails the case unless got is the thread want. where completes "Current …".
func same(t *suite.T, want, got *thread.Thread, where string) {
	switch {
	case got == want:
	case got == nil:
		t.Expected(fmt.Sprintf("the Thread %q", want.Name()), "nil", "Current %s is not the right thread", where)
	case got.Name() == want.Name():
		t.Expected("the same Thread each time", fmt.Sprintf("another one that is also called %q", got.Name()),
			"Current %s is not the right thread", where)
	default:
		t.Expected(fmt.Sprintf("the Thread %q", want.Name()), fmt.Sprintf("the Thread %q", got.Name()),
			"Current %s is not the right thread", where)
	}
}

// panicked fails the case unless err is the *PanicError with the given value.
// call is what returned it.
func panicked(t *suite.T, call string, value any, err error) {
	var pe *thread.PanicError
	switch {
	case !errors.As(err, &pe) || pe == nil:
		t.Expected("a *PanicError", said(err), "%s does not tell that the function panicked", call)
	case pe.Value != value:
		t.Expected(fmt.Sprintf("the Value %v, of type %[1]T", value), fmt.Sprintf("the Value %v, of type %[1]T", pe.Value),
			"the PanicError of %s does not carry what the function panicked with", call)
	}
}

// said is how an error that was returned reads in a report.
func said(err error) string {
	switch pe, ok := err.(*thread.PanicError); {
	case err == nil:
		return "no error"
	case ok && pe == nil:
		return "a *PanicError that is nil, which is not a nil error"
	default:
		return err.Error()
	}
}
