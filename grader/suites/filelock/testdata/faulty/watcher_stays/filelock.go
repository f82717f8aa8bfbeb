// want: leak
// Fault: Lock starts a goroutine that waits for the end of the context, and does not end before it.

package filelock

import (
	"context"
	"errors"
	"os"
	"sync"
	"syscall"
	"time"
)

// Errors returned by a Lock.
var (
	ErrClosed    = errors.New("filelock: closed")
	ErrNotLocked = errors.New("filelock: not locked")
)

// pause is the time between two looks at a lock that somebody else has.
const pause = 5 * time.Millisecond

// Lock is one way to the lock that a file is. All methods may be called by
// several goroutines at once.
type Lock struct {
	mu   sync.Mutex // never held while anybody waits
	file *os.File   // nil after Close
	held bool       // the file is locked, by this Lock
}

// Open returns a Lock on the file at path, and creates the file if there is
// none.
func Open(path string) (*Lock, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o666)
	if err != nil {
		return nil, err
	}
	return &Lock{file: file}, nil
}

// Lock waits until it has the lock, or until ctx is done.
func (l *Lock) Lock(ctx context.Context) error {
	done := make(chan struct{})
	go func() {
		<-ctx.Done()
		close(done)
	}()
	again := time.NewTicker(pause)
	defer again.Stop()
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		if got, err := l.TryLock(); got || err != nil {
			return err
		}
		select {
		case <-again.C:
		case <-done:
		}
	}
}

// TryLock takes the lock if nobody has it, and does not wait.
func (l *Lock) TryLock() (bool, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.file == nil {
		return false, ErrClosed
	}
	if l.held {
		return false, nil
	}
	err := syscall.Flock(int(l.file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return false, nil
	}
	l.held = err == nil
	return l.held, err
}

// Unlock gives the lock back.
func (l *Lock) Unlock() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.file == nil {
		return ErrClosed
	}
	if !l.held {
		return ErrNotLocked
	}
	l.held = false
	return syscall.Flock(int(l.file.Fd()), syscall.LOCK_UN)
}

// With calls fn while it has the lock.
func (l *Lock) With(ctx context.Context, fn func() error) error {
	if err := l.Lock(ctx); err != nil {
		return err
	}
	defer l.Unlock() // what it returns is of no use to anybody here
	return fn()
}

// Close gives back all that the Lock has: the lock, if it holds it, and the
// file.
func (l *Lock) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.file == nil {
		return nil
	}
	err := l.file.Close()
	l.file = nil
	return err
}
