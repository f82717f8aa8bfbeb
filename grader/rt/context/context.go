// Package context is the twin of the standard package context: the same API
// and the same Context, with cancellation under the scheduler's control and
// deadlines in virtual time. Contexts of the standard package can be parents
// of those made here, and the other way round.
package context

import (
	"context"
	"reflect"
	"time"
	"unsafe"

	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/rt"
	twin "example.com/gokata/grader/rt/time"
)

//go:generate go run ../../internal/gentwin context

// cancelCtx is a context that can be cancelled. Its fields are read and
// written while the goroutine holds the baton; what the race detector has to
// know is told at sync, as if a lock were taken.
type cancelCtx struct {
	context.Context // the parent

	done     chan struct{}
	err      error
	cause    error
	parent   *cancelCtx  // the nearest one above that tells us of its end
	unhook   func() bool // or: what a parent of another kind gave for the function that it calls at its end
	children children
	funcs    funcs
	deadline time.Time // zero: none of its own
	timer    sched.Timer
	sync     uint64
}

// children is a list in the order of creation, so that cancellation goes
// through it in the same order every time.
type children struct{ first, last *child }

type child struct {
	ctx        *cancelCtx
	next, prev *child
}

type cancelCtxKey struct{}

// Done is the twin of Context.Done.
//
//go:norace
func (c *cancelCtx) Done() <-chan struct{} { return c.done }

// Err is the twin of Context.Err.
//
//go:norace
func (c *cancelCtx) Err() error {
	point(sched.OpContext)
	sched.Acquire(unsafe.Pointer(&c.sync))
	return c.err
}

// Deadline is the twin of Context.Deadline.
func (c *cancelCtx) Deadline() (time.Time, bool) {
	if c.deadline.IsZero() {
		return c.Context.Deadline()
	}
	return c.deadline, true
}

// Value is the twin of Context.Value.
func (c *cancelCtx) Value(key any) any {
	if key == (cancelCtxKey{}) {
		return c
	}
	return c.Context.Value(key)
}

// String returns what the original prints: how the context was made.
//
//go:norace
func (c *cancelCtx) String() string {
	s := name(c.Context)
	if c.deadline.IsZero() {
		return s + ".WithCancel"
	}
	return s + ".WithDeadline(" + c.deadline.String() + " [" + twin.Until(c.deadline).String() + "])"
}

// name returns how a context is called in the names of those made from it.
func name(c context.Context) string {
	if s, ok := c.(interface{ String() string }); ok {
		return s.String()
	}
	return reflect.TypeOf(c).String()
}

//go:norace
func point(op sched.Op) {
	if r := sched.Active(); r != nil {
		r.Point(op)
	}
}

// newCancel returns a context that ends with parent at the latest.
//
//go:norace
func newCancel(parent context.Context) *cancelCtx {
	if parent == nil {
		panic("cannot create context from nil parent")
	}
	c := &cancelCtx{Context: parent, done: make(chan struct{})}
	done := parent.Done()
	if done == nil {
		return c
	}
	above, ok := parent.Value(cancelCtxKey{}).(*cancelCtx)
	if !ok || above.done != done {
		select {
		case <-done:
			c.cancel(parent.Err(), Cause(parent))
		default:
			c.follow(parent)
		}
		return c
	}
	sched.Acquire(unsafe.Pointer(&above.sync))
	if above.err != nil {
		c.cancel(above.err, above.cause)
		return c
	}
	c.parent = above
	above.children.add(c)
	return c
}

// follow ends c when a parent that is not one of ours ends. A parent may offer
// to call a function then; if it does not, a goroutine watches it.
//
//go:norace
func (c *cancelCtx) follow(parent context.Context) {
	end := func() { c.cancel(parent.Err(), Cause(parent)) }
	if p, ok := parent.(interface{ AfterFunc(func()) func() bool }); ok {
		c.unhook = p.AfterFunc(end)
		return
	}
	rt.Go(func() {
		p, own := rt.RecvCase(parent.Done()), rt.RecvCase(c.Done())
		if rt.Select(true, p, own) == 0 {
			end()
		}
	})
}

// leave ends c for a reason of its own, and so has to tell a parent that would
// call a function.
//
//go:norace
func (c *cancelCtx) leave(err, cause error) {
	first := c.err == nil
	c.cancel(err, cause)
	if first && c.unhook != nil {
		c.unhook()
	}
}

// cancel ends c and everything below it, in one step: nobody sees a part of it.
//
//go:norace
func (c *cancelCtx) cancel(err, cause error) {
	r := sched.Active()
	if c.err != nil || r == nil { // r is nil when the run is over, and nobody is left to tell
		return
	}
	if cause == nil {
		cause = err
	}
	c.err, c.cause = err, cause
	sched.Acquire(unsafe.Pointer(&c.sync))
	sched.Release(unsafe.Pointer(&c.sync))
	rt.CloseNow(c.done)
	if c.parent != nil {
		c.parent.children.remove(c)
		c.parent = nil
	}
	r.Disarm(&c.timer)
	for ch := c.children.first; ch != nil; ch = c.children.first {
		ch.ctx.cancel(err, cause)
	}
	for f := c.funcs.first; f != nil; f = c.funcs.first {
		c.funcs.first = f.next
		if !f.stopped {
			f.stopped = true
			r.GoAfter(unsafe.Pointer(&c.sync), f.f)
		}
	}
}

//go:norace
func (l *children) add(c *cancelCtx) {
	ch := &child{ctx: c, prev: l.last}
	if l.last == nil {
		l.first = ch
	} else {
		l.last.next = ch
	}
	l.last = ch
}

//go:norace
func (l *children) remove(c *cancelCtx) {
	for ch := l.first; ch != nil; ch = ch.next {
		if ch.ctx != c {
			continue
		}
		if ch.prev == nil {
			l.first = ch.next
		} else {
			ch.prev.next = ch.next
		}
		if ch.next == nil {
			l.last = ch.prev
		} else {
			ch.next.prev = ch.prev
		}
		return
	}
}
