// want: leak
// Fault: A goroutine watches the context of a Wait, and goes on watching when it was notified long ago.

package condition

import (
	"context"
	"sync"
)

type Locker interface {
	sync.Locker
	TryLock() bool
}

type Condition struct {
	l  Locker
	mu sync.Mutex
	// the line is a ring, joined by pointers; head is before the first
	head waiter
}

type waiter struct {
	before, behind *waiter
	over           chan error // with room for the one result
}

func New(l Locker) *Condition {
	c := &Condition{l: l}
	c.head.before, c.head.behind = &c.head, &c.head
	return c
}

func (c *Condition) Wait(ctx context.Context) error {
	c.mustHold()
	if err := ctx.Err(); err != nil {
		return err
	}
	w := &waiter{over: make(chan error, 1)}
	c.mu.Lock()
	w.before, w.behind = c.head.before, &c.head
	w.before.behind, w.behind.before = w, w
	c.mu.Unlock()
	go func() {
		<-ctx.Done()
		c.mu.Lock()
		defer c.mu.Unlock()
		w.leave(ctx.Err())
	}()
	c.l.Unlock()
	err := <-w.over
	c.l.Lock()
	return err
}

// leave takes w out of the line, if it is still there, and ends its wait.
func (w *waiter) leave(err error) {
	if w.before == nil {
		return
	}
	w.before.behind, w.behind.before = w.behind, w.before
	w.before, w.behind = nil, nil
	w.over <- err
}

func (c *Condition) Notify(n int) {
	c.mustHold()
	c.mu.Lock()
	defer c.mu.Unlock()
	for ; n > 0 && c.head.behind != &c.head; n-- {
		c.head.behind.leave(nil)
	}
}

func (c *Condition) NotifyAll() {
	c.mustHold()
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.head.behind != &c.head {
		c.head.behind.leave(nil)
	}
}

func (c *Condition) mustHold() {
	if !c.l.TryLock() {
		return
	}
	c.l.Unlock()
	panic("condition: the lock is not held")
}
