// Package sync is the twin of the standard package sync: the same API, under
// the scheduler's control. Outside of a run it behaves as the original.
//
// A Mutex is not fair: when it is unlocked, all who wait for it compete, as
// well as anybody who comes along. That allows every order that the original
// could show.
package sync

import (
	"sync"
	"unsafe"

	"example.com/gokata/grader/internal/sched"
)

// Locker is the twin of sync.Locker.
type Locker = sync.Locker

// Mutex is the twin of sync.Mutex.
type Mutex struct {
	real   sync.Mutex
	locked bool
	holder *sched.G
	self   *Mutex // where it is, since it was locked
	queue  sched.Queue
}

// Lock is the twin of (*sync.Mutex).Lock.
//
//go:norace
func (m *Mutex) Lock() {
	r := sched.Active()
	if r == nil {
		m.real.Lock()
		return
	}
	r.Point(sched.OpLock)
	m.check(r)
	for m.locked {
		r.Current().WaitsFor(m.holder)
		r.Wait(&m.queue, sched.OpLock)
	}
	m.take(r)
}

// TryLock is the twin of (*sync.Mutex).TryLock.
//
//go:norace
func (m *Mutex) TryLock() bool {
	r := sched.Active()
	if r == nil {
		return m.real.TryLock()
	}
	r.Point(sched.OpTryLock)
	m.check(r)
	if m.locked {
		return false
	}
	m.take(r)
	return true
}

// check ends the run if m was copied while it was locked: nobody will ever
// unlock the copy.
//
//go:norace
func (m *Mutex) check(r *sched.Run) {
	if m.locked && m.self != m {
		r.Fail("use of a copy of a mutex that was locked when it was copied")
	}
}

//go:norace
func (m *Mutex) take(r *sched.Run) {
	m.locked, m.holder, m.self = true, r.Current(), m
	sched.Acquire(unsafe.Pointer(m))
}

// Unlock is the twin of (*sync.Mutex).Unlock.
//
//go:norace
func (m *Mutex) Unlock() {
	r := sched.Active()
	if r == nil {
		m.real.Unlock()
		sched.Jostle()
		return
	}
	r.Point(sched.OpUnlock)
	m.release(r)
}

// release is Unlock without a point.
//
//go:norace
func (m *Mutex) release(r *sched.Run) {
	m.check(r)
	if !m.locked {
		r.Fail("unlock of a mutex that is not locked")
	}
	sched.Release(unsafe.Pointer(m))
	m.locked, m.holder = false, nil
	r.WakeAll(&m.queue)
}
