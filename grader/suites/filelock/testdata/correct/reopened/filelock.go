// Package filelock has locks that processes share. A Lock opens the file anew
// for each time that it is locked: whoever has the lock has a file, and closing
// the file unlocks it.
package filelock

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"time"
)

// Errors returned by a Lock.
var (
	ErrClosed    = errors.New("filelock: closed")
	ErrNotLocked = errors.New("filelock: not locked")
)

// Lock is one way to the lock that a file is.
type Lock struct {
	path string

	mu     sync.Mutex
	file   *os.File // nil while this Lock does not have the lock
	closed bool
}

// Open returns a Lock on the file at path.
func Open(path string) (*Lock, error) {
	file, err := os.OpenFile(path, os.O_RDONLY|os.O_CREATE, 0o666)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	path, err = filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	return &Lock{path: path}, nil
}

// Lock waits until it has the lock, or until ctx is done.
func (l *Lock) Lock(ctx context.Context) error {
	for pause := time.Millisecond; ; pause = min(2*pause, 20*time.Millisecond) {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		got, err := l.TryLock()
		if err != nil {
			return err
		}
		if got {
			return nil
		}
		rest, cancel := context.WithTimeout(ctx, pause)
		<-rest.Done()
		cancel()
	}
}

// TryLock takes the lock if nobody has it, and does not wait.
func (l *Lock) TryLock() (bool, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return false, ErrClosed
	}
	if l.file != nil {
		return false, nil
	}
	file, err := os.Open(l.path)
	if err != nil {
		return false, err
	}
	err = syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if err != nil {
		file.Close()
		if err == syscall.EWOULDBLOCK {
			err = nil
		}
		return false, err
	}
	l.file = file
	return true, nil
}

// Unlock gives the lock back.
func (l *Lock) Unlock() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return ErrClosed
	}
	if l.file == nil {
		return ErrNotLocked
	}
	err := l.file.Close()
	l.file = nil
	return err
}

// With calls fn while it has the lock.
func (l *Lock) With(ctx context.Context, fn func() error) error {
	err := l.Lock(ctx)
	if err != nil {
		return err
	}
	defer l.Unlock()
	return fn()
}

// Close gives back all that the Lock has.
func (l *Lock) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
	if l.file == nil {
		return nil
	}
	err := l.file.Close()
	l.file = nil
	return err
}
