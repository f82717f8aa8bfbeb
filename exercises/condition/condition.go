// Package condition lets goroutines that share a lock wait for what the others
// do.
package condition

import (
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
	// TODO: what does a condition have to remember, and what guards it?
}

// New returns a Condition over l, for which nobody waits. Any number of
// Conditions may share a lock.
func New(l Locker) *Condition {
	panic("TODO: implement New")
}

// Wait gives the lock up and sleeps until it is notified; whoever has the lock
// next finds it waiting. Then it takes the lock again and returns nil. When ctx
// is done before, it leaves the line, takes the lock again and returns
// ctx.Err(). When ctx is done before the call, it returns ctx.Err() and never
// is in the line.
func (c *Condition) Wait(ctx context.Context) error {
	panic("TODO: implement Wait")
}

// Notify wakes the n that have waited the longest, or all if fewer are waiting.
// It does not wait, and does not give the lock up. When n is 0 or less it wakes
// nobody.
func (c *Condition) Notify(n int) {
	panic("TODO: implement Notify")
}

// NotifyAll wakes all who are waiting. It does not wait, and does not give the
// lock up.
func (c *Condition) NotifyAll() {
	panic("TODO: implement NotifyAll")
}
