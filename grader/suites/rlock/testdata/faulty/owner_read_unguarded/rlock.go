// want: race
// Fault: Lock looks without the guard whether the caller is the owner, for nobody else could make it so.

package rlock

import "sync"

// Owner stands for somebody who holds locks. Go does not tell one goroutine
// from another, so whoever wants to lock has to show an Owner.
type Owner struct {
	// Variables without size may all have the same address, so that Owners
	// could not be told apart by theirs.
	_ byte
}

// NewOwner returns an Owner that is different from all others. It may be called
// by several goroutines at once.
func NewOwner() *Owner { return &Owner{} }

// Lock is held by at most one Owner at a time, and by that one any number of
// times. All methods may be called by several goroutines at once, also with the
// same Owner, which must not be nil. A Lock must not be copied.
type Lock struct {
	mu       sync.Mutex
	released *sync.Cond // owner has become nil
	owner    *Owner     // nil if nobody holds the lock
	depth    int        // how many Unlocks are missing
}

// New returns a lock that nobody holds.
func New() *Lock {
	l := &Lock{}
	l.released = sync.NewCond(&l.mu)
	return l
}

// Lock waits until no other Owner holds the lock, and takes it for o. If o holds
// it already, Lock does not wait. Each Lock needs an Unlock.
func (l *Lock) Lock(o *Owner) {
	if l.owner == o {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.depth++
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for !l.take(o) {
		l.released.Wait()
	}
}

// TryLock is like Lock, but when another Owner holds the lock, it returns false
// at once and changes nothing.
func (l *Lock) TryLock(o *Owner) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.take(o)
}

// take takes the lock for o if no other Owner holds it, and tells whether it
// has. The caller holds mu.
func (l *Lock) take(o *Owner) bool {
	if l.owner != nil && l.owner != o {
		return false
	}
	l.owner = o
	l.depth++
	return true
}

// Unlock takes back one Lock of o. The last one releases the lock. If o does
// not hold the lock, Unlock panics and changes nothing.
func (l *Lock) Unlock(o *Owner) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.owner != o {
		panic("rlock: Unlock by an Owner that does not hold the lock")
	}
	l.depth--
	if l.depth == 0 {
		l.owner = nil
		l.released.Broadcast() // several goroutines may wait for one Owner
	}
}

// Depth returns how many Unlocks of o are missing: 0 if o does not hold the
// lock.
func (l *Lock) Depth(o *Owner) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.owner != o {
		return 0
	}
	return l.depth
}

// With locks for o as Lock does, calls fn, and unlocks when fn has ended. When
// fn panics, With unlocks and panics with the same value.
func (l *Lock) With(o *Owner, fn func()) {
	l.Lock(o)
	defer l.Unlock(o)
	fn()
}
