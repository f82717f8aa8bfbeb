// Package condition has a line under a mutex of its own. Whoever is notified
// and finds its context done returns the error, and passes the notification on.
package condition

import (
	"context"
	"slices"
	"sync"
)

type Locker interface {
	sync.Locker
	TryLock() bool
}

type Condition struct {
	l    Locker
	mu   sync.Mutex // never held while somebody waits for l
	line []*waiter
}

type waiter struct {
	wake chan struct{} // with room for the one message that is ever sent
}

func New(l Locker) *Condition { return &Condition{l: l} }

func (c *Condition) Wait(ctx context.Context) error {
	c.check()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	w := &waiter{wake: make(chan struct{}, 1)}
	c.mu.Lock()
	c.line = append(c.line, w)
	c.mu.Unlock()

	c.l.Unlock()
	defer c.l.Lock()
	select {
	case <-w.wake:
		if ctx.Err() == nil {
			return nil
		}
		c.notify(1)
	case <-ctx.Done():
		if !c.leave(w) {
			c.notify(1)
		}
	}
	return ctx.Err()
}

// leave takes w out of the line and tells whether it was still there.
func (c *Condition) leave(w *waiter) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	i := slices.Index(c.line, w)
	if i < 0 {
		return false
	}
	c.line = slices.Delete(c.line, i, i+1)
	return true
}

func (c *Condition) Notify(n int) {
	c.check()
	c.notify(n)
}

func (c *Condition) notify(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	n = min(max(n, 0), len(c.line))
	for _, w := range c.line[:n] {
		w.wake <- struct{}{}
	}
	c.line = slices.Delete(c.line, 0, n)
}

func (c *Condition) NotifyAll() {
	c.check()
	c.mu.Lock()
	n := len(c.line)
	c.mu.Unlock()
	c.notify(n)
}

func (c *Condition) check() {
	if c.l.TryLock() {
		c.l.Unlock()
		panic("not locked")
	}
}
