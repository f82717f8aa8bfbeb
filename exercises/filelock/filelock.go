// Package filelock has locks that processes share: one has it, all others wait.
// A lock is a file, and the operating system gives it back when its holder dies.
package filelock

import (
	"context"
	"errors"
)

// Errors returned by a Lock.
var (
	ErrClosed    = errors.New("filelock: closed")
	ErrNotLocked = errors.New("filelock: not locked")
)

// Lock is one way to the lock that a file is. Others may lead there: other
// Locks in this process, and those of other processes. All methods may be called
// by several goroutines at once.
type Lock struct {
	// TODO: what does a Lock have to remember?
}

// Open returns a Lock on the file at path, and creates the file if there is
// none. What is in the file stays as it is. If the file cannot be opened, Open
// returns why, as package os says it.
func Open(path string) (*Lock, error) {
	panic("TODO: implement Open")
}

// Lock waits until it has the lock. While it waits, it looks at the lock at
// least ten times a second. If ctx is done before, it returns ctx.Err() at once,
// without the lock, even if the lock is free. If the Lock is closed, before or
// while it waits, it returns ErrClosed.
func (l *Lock) Lock(ctx context.Context) error {
	panic("TODO: implement Lock.Lock")
}

// TryLock takes the lock if nobody has it, and tells whether it has taken it. It
// does not wait. It returns ErrClosed after Close.
func (l *Lock) TryLock() (bool, error) {
	panic("TODO: implement Lock.TryLock")
}

// Unlock gives the lock back. Any goroutine may do that, not only the one that
// locked. If this Lock does not have the lock, Unlock returns ErrNotLocked and
// changes nothing, whoever else may have it. It returns ErrClosed after Close.
func (l *Lock) Unlock() error {
	panic("TODO: implement Lock.Unlock")
}

// With calls fn while it has the lock, and returns what fn returns. When it
// returns, it has given the lock back, and also when fn panics. If it cannot get
// the lock, it returns the error of Lock and does not call fn.
func (l *Lock) With(ctx context.Context, fn func() error) error {
	panic("TODO: implement Lock.With")
}

// Close gives back all that the Lock has: the lock, if it has it, and the file,
// which stays where it is. Those who wait in Lock get ErrClosed. A second Close
// does nothing and returns nil.
func (l *Lock) Close() error {
	panic("TODO: implement Lock.Close")
}
