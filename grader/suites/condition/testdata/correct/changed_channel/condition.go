// Package condition has numbers for those who wait, and one channel that is
// closed at every notification. Everybody who is woken by that looks whether
// their own number was called.
package condition

import (
	"context"
	"math"
	"slices"
	"sync"
)

type Locker interface {
	sync.Locker
	TryLock() bool
}

type Condition struct {
	lock  Locker
	state chan state
}

type state struct {
	next    int
	waiting []int // numbers that were not called, the smallest first
	changed chan struct{}
}

func New(l Locker) *Condition {
	c := &Condition{lock: l, state: make(chan state, 1)}
	c.state <- state{changed: make(chan struct{})}
	return c
}

func (c *Condition) Wait(ctx context.Context) (err error) {
	c.held()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	s := <-c.state
	mine := s.next
	s.next++
	s.waiting = append(s.waiting, mine)
	c.state <- s

	c.lock.Unlock()
	defer c.lock.Lock()
	for {
		select {
		case <-s.changed:
		case <-ctx.Done():
			err = ctx.Err()
		}
		s = <-c.state
		i, waiting := slices.BinarySearch(s.waiting, mine)
		if waiting && err != nil {
			s.waiting = slices.Delete(slices.Clone(s.waiting), i, i+1)
		}
		c.state <- s
		if !waiting {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func (c *Condition) Notify(n int) {
	c.held()
	s := <-c.state
	if n = min(n, len(s.waiting)); n > 0 {
		s.waiting = s.waiting[n:]
		close(s.changed)
		s.changed = make(chan struct{})
	}
	c.state <- s
}

func (c *Condition) NotifyAll() { c.Notify(math.MaxInt) }

func (c *Condition) held() {
	if c.lock.TryLock() {
		defer c.lock.Unlock()
		panic("condition: nobody holds the lock")
	}
}
