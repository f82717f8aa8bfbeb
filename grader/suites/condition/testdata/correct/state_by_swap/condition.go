// Package condition decides by compare-and-swap whether a waiter was notified
// or has given up. Those who have given up stay in the line until a
// notification passes over them.
package condition

import (
	"context"
	"math"
	"sync"
	"sync/atomic"
)

type Locker interface {
	sync.Locker
	TryLock() bool
}

const (
	waiting = iota
	notified
	gone
)

type Condition struct {
	l           Locker
	first, last *waiter // guarded by l
}

type waiter struct {
	state atomic.Int32
	wake  chan struct{}
	next  *waiter
}

func New(l Locker) *Condition { return &Condition{l: l} }

func (c *Condition) Wait(ctx context.Context) error {
	c.check("Wait")
	if err := ctx.Err(); err != nil {
		return err
	}
	w := &waiter{wake: make(chan struct{})}
	if c.first == nil {
		c.first = w
	} else {
		c.last.next = w
	}
	c.last = w
	c.l.Unlock()
	defer c.l.Lock()
	select {
	case <-w.wake:
		return nil
	case <-ctx.Done():
		if w.state.CompareAndSwap(waiting, gone) {
			return ctx.Err()
		}
		return nil
	}
}

func (c *Condition) Notify(n int) {
	c.check("Notify")
	for n > 0 && c.first != nil {
		w := c.first
		c.first = w.next
		if w.state.CompareAndSwap(waiting, notified) {
			close(w.wake)
			n--
		}
	}
}

func (c *Condition) NotifyAll() {
	c.check("NotifyAll")
	c.Notify(math.MaxInt)
}

func (c *Condition) check(method string) {
	if c.l.TryLock() {
		c.l.Unlock()
		panic("condition: " + method + ": unlocked")
	}
}
