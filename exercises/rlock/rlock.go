// Package rlock is a re-entrant lock: whoever holds it may lock it again.
package rlock

// Owner stands for somebody who holds locks. Go does not tell one goroutine
// from another, so whoever wants to lock has to show an Owner.
type Owner struct {
	// TODO: what makes one Owner different from another?
}

// NewOwner returns an Owner that is different from all others. It may be called
// by several goroutines at once.
func NewOwner() *Owner {
	panic("TODO: implement NewOwner")
}

// Lock is held by at most one Owner at a time, and by that one any number of
// times. All methods may be called by several goroutines at once, also with the
// same Owner, which must not be nil. A Lock must not be copied.
type Lock struct {
	// TODO: what does a re-entrant lock have to remember, and what guards it?
}

// New returns a lock that nobody holds.
func New() *Lock {
	panic("TODO: implement New")
}

// Lock waits until no other Owner holds the lock, and takes it for o. If o holds
// it already, Lock does not wait. Each Lock needs an Unlock.
func (l *Lock) Lock(o *Owner) {
	panic("TODO: implement Lock")
}

// TryLock is like Lock, but when another Owner holds the lock, it returns false
// at once and changes nothing.
func (l *Lock) TryLock(o *Owner) bool {
	panic("TODO: implement TryLock")
}

// Unlock takes back one Lock of o. The last one releases the lock. If o does
// not hold the lock, Unlock panics and changes nothing.
func (l *Lock) Unlock(o *Owner) {
	panic("TODO: implement Unlock")
}

// Depth returns how many Unlocks of o are missing: 0 if o does not hold the
// lock.
func (l *Lock) Depth(o *Owner) int {
	panic("TODO: implement Depth")
}

// With locks for o as Lock does, calls fn, and unlocks when fn has ended. When
// fn panics, With unlocks and panics with the same value.
func (l *Lock) With(o *Owner, fn func()) {
	panic("TODO: implement With")
}
