package context

import (
	"context"
	"time"
	"unsafe"

	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/rt"
	twin "example.com/gokata/grader/rt/time"
)

// WithCancel is the twin of context.WithCancel.
//
//go:norace
func WithCancel(parent context.Context) (ctx context.Context, cancel context.CancelFunc) {
	if sched.Active() == nil {
		return context.WithCancel(parent)
	}
	c := newCancel(parent)
	return c, func() { c.end(nil) }
}

// WithCancelCause is the twin of context.WithCancelCause.
//
//go:norace
func WithCancelCause(parent context.Context) (ctx context.Context, cancel context.CancelCauseFunc) {
	if sched.Active() == nil {
		return context.WithCancelCause(parent)
	}
	c := newCancel(parent)
	return c, c.end
}

// end is what a cancel function does.
//
//go:norace
func (c *cancelCtx) end(cause error) {
	point(sched.OpCancel)
	c.leave(context.Canceled, cause)
}

// WithDeadline is the twin of context.WithDeadline.
func WithDeadline(parent context.Context, d time.Time) (context.Context, context.CancelFunc) {
	return WithDeadlineCause(parent, d, nil)
}

// WithDeadlineCause is the twin of context.WithDeadlineCause.
//
//go:norace
func WithDeadlineCause(parent context.Context, d time.Time, cause error) (context.Context, context.CancelFunc) {
	if sched.Active() == nil {
		return context.WithDeadlineCause(parent, d, cause)
	}
	c := newCancel(parent)
	if above, ok := parent.Deadline(); ok && above.Before(d) {
		return c, func() { c.end(nil) }
	}
	c.deadline = d
	left := twin.Until(d)
	if left <= 0 {
		c.leave(context.DeadlineExceeded, cause)
		return c, func() { c.end(nil) }
	}
	if c.err == nil {
		c.timer.Func = func() { c.leave(context.DeadlineExceeded, cause) }
		sched.Active().Arm(&c.timer, left)
	}
	return c, func() { c.end(nil) }
}

// WithTimeout is the twin of context.WithTimeout.
func WithTimeout(parent context.Context, timeout time.Duration) (context.Context, context.CancelFunc) {
	return WithDeadline(parent, twin.Now().Add(timeout))
}

// WithTimeoutCause is the twin of context.WithTimeoutCause.
func WithTimeoutCause(parent context.Context, timeout time.Duration, cause error) (context.Context, context.CancelFunc) {
	return WithDeadlineCause(parent, twin.Now().Add(timeout), cause)
}

// Cause is the twin of context.Cause. As there, a context of another kind that
// has ended has the cause of the nearest one above it, and its own error if
// there is none.
//
//go:norace
func Cause(c context.Context) error {
	own, ok := c.Value(cancelCtxKey{}).(*cancelCtx)
	if !ok {
		return context.Cause(c)
	}
	if c.Err() == nil {
		return nil
	}
	sched.Acquire(unsafe.Pointer(&own.sync))
	if own.cause != nil {
		return own.cause
	}
	return context.Cause(c)
}

type funcs struct{ first *function }

type function struct {
	f       func()
	stopped bool
	next    *function
}

// AfterFunc is the twin of context.AfterFunc.
//
//go:norace
func AfterFunc(ctx context.Context, f func()) (stop func() bool) {
	if sched.Active() == nil {
		return context.AfterFunc(ctx, sched.ToItsEnd(f))
	}
	c := newCancel(ctx)
	fn := &function{f: f}
	if c.err != nil {
		fn.stopped = true
		rt.Go(f)
	} else {
		// What was done before f was handed over happens before f.
		sched.Release(unsafe.Pointer(&c.sync))
		c.funcs.first = fn
	}
	return func() bool { return c.stop(fn) }
}

//go:norace
func (c *cancelCtx) stop(fn *function) bool {
	point(sched.OpStop)
	if fn.stopped {
		return false
	}
	fn.stopped = true
	c.leave(context.Canceled, nil) // and ends the goroutine that watches a parent of another kind
	return true
}

// WithoutCancel is the twin of context.WithoutCancel.
func WithoutCancel(parent context.Context) context.Context {
	if parent == nil {
		panic("cannot create context from nil parent")
	}
	return withoutCancel{context.WithoutCancel(parent)}
}

// withoutCancel hides the cancelCtx above it. The embedded context is the
// original's WithoutCancel, and its name is good for ours.
type withoutCancel struct{ context.Context }

func (c withoutCancel) Value(key any) any {
	if key == (cancelCtxKey{}) {
		return nil
	}
	return c.Context.Value(key)
}

// String returns what the original prints.
//
//go:norace
func (c withoutCancel) String() string { return name(c.Context) }
