package sync

import (
	"sync"
	"unsafe"

	"example.com/gokata/grader/internal/sched"
)

// Cond is the twin of sync.Cond. Signal wakes who has waited longest, as the
// original does.
type Cond struct {
	L Locker

	once  sync.Once
	real  *sync.Cond
	self  *Cond // where it is, since it was first used
	queue sched.Queue
}

// NewCond is the twin of sync.NewCond.
func NewCond(l Locker) *Cond { return &Cond{L: l} }

func (c *Cond) plain() *sync.Cond {
	c.once.Do(func() { c.real = sync.NewCond(c.L) })
	return c.real
}

// check panics, as the original does, if c was copied after its first use.
//
//go:norace
func (c *Cond) check() {
	if c.self == nil {
		c.self = c
	}
	if c.self != c {
		panic("sync.Cond is copied")
	}
}

// Wait is the twin of (*sync.Cond).Wait.
//
//go:norace
func (c *Cond) Wait() {
	c.check()
	r := sched.Active()
	if r == nil {
		c.plain().Wait()
		return
	}
	// The place in the queue is taken before the lock is given up, or a
	// Signal in between would be lost.
	w := &sched.Waiter{G: r.Current()}
	c.queue.Push(w)
	c.L.Unlock()
	r.Point(sched.OpCondWait)
	if w.Queued() {
		w.OK = true // it is this wait that blocks the goroutine
		r.Block(sched.OpCondWait)
	}
	sched.Acquire(unsafe.Pointer(w))
	c.L.Lock()
}

// Signal is the twin of (*sync.Cond).Signal.
//
//go:norace
func (c *Cond) Signal() {
	c.check()
	r := sched.Active()
	if r == nil {
		c.plain().Signal()
		return
	}
	r.Point(sched.OpSignal)
	if w := c.queue.First(); w != nil {
		c.wake(r, w)
	}
}

//go:norace
func (c *Cond) wake(r *sched.Run, w *sched.Waiter) {
	w.Remove()
	sched.Release(unsafe.Pointer(w)) // the call synchronizes before the Wait that it unblocks
	if w.OK {
		r.Wake(w)
	}
}

// Broadcast is the twin of (*sync.Cond).Broadcast.
//
//go:norace
func (c *Cond) Broadcast() {
	c.check()
	r := sched.Active()
	if r == nil {
		c.plain().Broadcast()
		return
	}
	r.Point(sched.OpBroadcast)
	for w := c.queue.First(); w != nil; w = c.queue.First() {
		c.wake(r, w)
	}
}
