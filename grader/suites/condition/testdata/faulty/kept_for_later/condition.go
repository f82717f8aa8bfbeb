// want: result
// Fault: A notification for nobody is kept, and wakes the next who comes.

package condition

import (
	"container/list"
	"context"
	"sync"
)

// Locker is a lock that can also be tried. A *sync.Mutex is one.
type Locker interface {
	sync.Locker
	TryLock() bool
}

// Condition is where goroutines wait until another one tells them that
// something has changed. All methods are called with the lock held, and panic
// if nobody holds it. A Condition must not be copied.
type Condition struct {
	l Locker
	// line has a chan struct{} for everybody who waits, in the order in which
	// they came; whoever closes one takes it out. It needs no lock of its own:
	// it is touched only by those who hold l.
	line list.List
	kept int // notifications that nobody has got yet
}

// New returns a Condition over l, for which nobody waits. Any number of
// Conditions may share a lock.
func New(l Locker) *Condition {
	return &Condition{l: l}
}

// Wait gives the lock up and sleeps until it is notified; whoever has the lock
// next finds it waiting. Then it takes the lock again and returns nil. When ctx
// is done before, it leaves the line, takes the lock again and returns
// ctx.Err(). When ctx is done before the call, it returns ctx.Err() and never
// is in the line.
func (c *Condition) Wait(ctx context.Context) error {
	c.mustBeHeld("Wait")
	if err := ctx.Err(); err != nil {
		return err
	}
	if c.kept > 0 {
		c.kept--
		return nil
	}
	woken := make(chan struct{})
	place := c.line.PushBack(woken)
	c.l.Unlock()

	select {
	case <-woken:
	case <-ctx.Done():
	}
	c.l.Lock()
	select {
	case <-woken: // perhaps in the last moment; then it is not lost
		return nil
	default:
		c.line.Remove(place)
		return ctx.Err()
	}
}

// Notify wakes the n that have waited the longest, or all if fewer are waiting.
// It does not wait, and does not give the lock up. When n is 0 or less it wakes
// nobody.
func (c *Condition) Notify(n int) {
	c.mustBeHeld("Notify")
	c.wake(n)
}

// NotifyAll wakes all who are waiting. It does not wait, and does not give the
// lock up.
func (c *Condition) NotifyAll() {
	c.mustBeHeld("NotifyAll")
	c.wake(c.line.Len())
}

func (c *Condition) wake(n int) {
	for ; n > 0; n-- {
		if c.line.Len() == 0 {
			c.kept++
			continue
		}
		close(c.line.Remove(c.line.Front()).(chan struct{}))
	}
}

// mustBeHeld panics if nobody holds the lock. Whether it is the caller who
// holds it, nobody can tell: a lock does not know.
func (c *Condition) mustBeHeld(method string) {
	if c.l.TryLock() {
		c.l.Unlock()
		panic("condition: " + method + " without the lock")
	}
}
