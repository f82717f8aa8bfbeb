package sync

import (
	"sync"
	"unsafe"

	"example.com/gokata/grader/internal/sched"
)

// RWMutex is the twin of sync.RWMutex. Like the original, a writer that waits
// keeps new readers out, so a goroutine that read-locks twice can deadlock.
type RWMutex struct {
	real    sync.RWMutex
	readers int  // who hold it for reading
	writing bool // somebody holds it for writing
	pending int  // writers that wait
	holder  *sched.G
	self    *RWMutex // where it is, since it was locked

	readQueue, writeQueue sched.Queue
	readSync, writeSync   uint64 // addresses for the race detector
}

// Lock is the twin of (*sync.RWMutex).Lock.
//
//go:norace
func (m *RWMutex) Lock() {
	r := sched.Active()
	if r == nil {
		m.real.Lock()
		return
	}
	r.Point(sched.OpLock)
	m.check(r)
	for m.writing || m.readers > 0 {
		m.pending++
		r.Current().WaitsFor(m.holder)
		r.Wait(&m.writeQueue, sched.OpLock)
		m.pending--
	}
	m.take(r)
}

// check ends the run if m was copied while it was locked.
//
//go:norace
func (m *RWMutex) check(r *sched.Run) {
	if (m.writing || m.readers > 0) && m.self != m {
		r.Fail("use of a copy of an RWMutex that was locked when it was copied")
	}
}

//go:norace
func (m *RWMutex) take(r *sched.Run) {
	m.writing, m.holder, m.self = true, r.Current(), m
	sched.Acquire(unsafe.Pointer(&m.readSync))
	sched.Acquire(unsafe.Pointer(&m.writeSync))
}

// TryLock is the twin of (*sync.RWMutex).TryLock.
//
//go:norace
func (m *RWMutex) TryLock() bool {
	r := sched.Active()
	if r == nil {
		return m.real.TryLock()
	}
	r.Point(sched.OpTryLock)
	m.check(r)
	if m.writing || m.readers > 0 || m.pending > 0 {
		return false
	}
	m.take(r)
	return true
}

// Unlock is the twin of (*sync.RWMutex).Unlock. As with the original, the
// readers that waited come before the next writer.
//
//go:norace
func (m *RWMutex) Unlock() {
	r := sched.Active()
	if r == nil {
		m.real.Unlock()
		sched.Jostle()
		return
	}
	r.Point(sched.OpUnlock)
	m.check(r)
	if !m.writing {
		r.Fail("unlock of an RWMutex that is not locked for writing")
	}
	sched.Release(unsafe.Pointer(&m.writeSync))
	m.writing, m.holder = false, nil
	for w := m.readQueue.First(); w != nil; w = m.readQueue.First() {
		m.readers++
		w.OK = true
		r.Wake(w)
	}
	if m.readers == 0 {
		r.WakeAll(&m.writeQueue)
	}
}

// RLock is the twin of (*sync.RWMutex).RLock.
//
//go:norace
func (m *RWMutex) RLock() {
	r := sched.Active()
	if r == nil {
		m.real.RLock()
		return
	}
	r.Point(sched.OpRLock)
	m.check(r)
	if m.writing || m.pending > 0 {
		if m.writing {
			r.Current().WaitsFor(m.holder)
		} else if w := m.writeQueue.First(); w != nil {
			r.Current().WaitsBehind(w.G)
		}
		r.Wait(&m.readQueue, sched.OpRLock) // Unlock has counted us
	} else {
		m.readers++
		m.holder, m.self = r.Current(), m
	}
	sched.Acquire(unsafe.Pointer(&m.writeSync))
}

// TryRLock is the twin of (*sync.RWMutex).TryRLock.
//
//go:norace
func (m *RWMutex) TryRLock() bool {
	r := sched.Active()
	if r == nil {
		return m.real.TryRLock()
	}
	r.Point(sched.OpTryLock)
	m.check(r)
	if m.writing || m.pending > 0 {
		return false
	}
	m.readers++
	m.holder, m.self = r.Current(), m
	sched.Acquire(unsafe.Pointer(&m.writeSync))
	return true
}

// RUnlock is the twin of (*sync.RWMutex).RUnlock.
//
//go:norace
func (m *RWMutex) RUnlock() {
	r := sched.Active()
	if r == nil {
		m.real.RUnlock()
		sched.Jostle()
		return
	}
	r.Point(sched.OpRUnlock)
	m.check(r)
	if m.readers == 0 {
		r.Fail("runlock of an RWMutex that is not locked for reading")
	}
	sched.ReleaseMerge(unsafe.Pointer(&m.readSync))
	m.readers--
	if m.readers == 0 || m.holder == r.Current() {
		m.holder = nil // of the readers that remain, none is known by name
	}
	if m.readers == 0 {
		r.WakeAll(&m.writeQueue)
	}
}

// RLocker is the twin of (*sync.RWMutex).RLocker.
func (m *RWMutex) RLocker() Locker { return (*rlocker)(m) }

type rlocker RWMutex

//go:norace
func (l *rlocker) Lock() { (*RWMutex)(l).RLock() }

//go:norace
func (l *rlocker) Unlock() { (*RWMutex)(l).RUnlock() }
