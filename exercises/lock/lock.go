// Package lock is a mutual-exclusion lock that serves in order and whose
// waiters can give up.
package lock

import "context"

// Lock is held by at most one goroutine at a time. Whoever waits for it gets
// it in the order of arrival. All methods may be called by several goroutines
// at once. A Lock must not be copied.
type Lock struct {
	// TODO: what does a lock have to remember, and where does one wait for it?
}

// New returns a lock that nobody holds.
func New() *Lock {
	panic("TODO: implement New")
}

// Lock waits for its turn, and returns when it has the lock.
func (l *Lock) Lock() {
	panic("TODO: implement Lock")
}

// LockContext is like Lock, but when ctx is done before it has the lock, it
// gives up its place in the line and returns ctx.Err() at once. It has the lock
// if and only if it returns nil. When ctx is done before the call, it returns
// ctx.Err() even if nobody holds the lock.
func (l *Lock) LockContext(ctx context.Context) error {
	panic("TODO: implement LockContext")
}

// TryLock takes the lock if nobody holds it or waits for it, and tells whether
// it has. It does not wait.
func (l *Lock) TryLock() bool {
	panic("TODO: implement TryLock")
}

// Unlock gives the lock to the one who has waited for it the longest, or to
// nobody. It does not wait. Any goroutine may call it, not only the one that
// called Lock. If nobody holds the lock, Unlock panics and changes nothing.
func (l *Lock) Unlock() {
	panic("TODO: implement Unlock")
}

// With waits for its turn as Lock does, calls fn, and unlocks when fn has
// ended. When fn panics, With unlocks and panics with the same value.
func (l *Lock) With(fn func()) {
	panic("TODO: implement With")
}
