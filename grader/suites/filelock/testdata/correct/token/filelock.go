// Package filelock has locks that processes share. Goroutines of one Lock wait
// in a channel for a token, and only the one with the token looks at the file.
package filelock

import (
	"context"
	"errors"
	"os"
	"sync/atomic"
	"syscall"
	"time"
)

// Errors returned by a Lock.
var (
	ErrClosed    = errors.New("filelock: closed")
	ErrNotLocked = errors.New("filelock: not locked")
)

const pause = 2 * time.Millisecond

// The states of a Lock.
const (
	unlocked = iota
	locked
	closed
)

// Lock is one way to the lock that a file is.
type Lock struct {
	token chan struct{} // full: somebody has the token, and with it the file
	state atomic.Int32
	done  chan struct{} // closed by Close
	file  *os.File
}

// Open returns a Lock on the file at path.
func Open(path string) (*Lock, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o666)
	if err != nil {
		return nil, err
	}
	return &Lock{token: make(chan struct{}, 1), done: make(chan struct{}), file: file}, nil
}

// Lock waits until it has the lock, or until ctx is done.
func (l *Lock) Lock(ctx context.Context) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	select {
	case l.token <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	case <-l.done:
		return ErrClosed
	}
	for {
		got, err := l.take()
		if got {
			return nil
		}
		if err == nil {
			select {
			case <-time.After(pause):
				continue
			case <-ctx.Done():
				err = ctx.Err()
			case <-l.done:
				err = ErrClosed
			}
		}
		l.drop()
		return err
	}
}

// take locks the file if nobody has it. The caller has the token.
func (l *Lock) take() (bool, error) {
	if l.state.Load() == closed {
		return false, ErrClosed
	}
	err := syscall.Flock(int(l.file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	switch {
	case errors.Is(err, syscall.EWOULDBLOCK):
		return false, nil
	case err != nil:
		return false, err
	case !l.state.CompareAndSwap(unlocked, locked):
		return false, ErrClosed // meanwhile; dropping the token closes the file
	}
	return true, nil
}

// drop gives the token back. Whoever has the token when the Lock is closed
// closes the file.
func (l *Lock) drop() {
	if l.state.Load() == closed {
		l.file.Close()
		return // the token stays out: nobody needs it
	}
	<-l.token
	if l.state.Load() == closed {
		l.closeFile()
	}
}

// closeFile closes the file unless somebody else has the token, who will.
func (l *Lock) closeFile() {
	select {
	case l.token <- struct{}{}:
		l.file.Close()
	default:
	}
}

// TryLock takes the lock if nobody has it, and does not wait.
func (l *Lock) TryLock() (bool, error) {
	if l.state.Load() == closed {
		return false, ErrClosed
	}
	select {
	case l.token <- struct{}{}:
	default:
		return false, nil
	}
	got, err := l.take()
	if !got {
		l.drop()
	}
	return got, err
}

// Unlock gives the lock back.
func (l *Lock) Unlock() error {
	if !l.state.CompareAndSwap(locked, unlocked) {
		if l.state.Load() == closed {
			return ErrClosed
		}
		return ErrNotLocked
	}
	err := syscall.Flock(int(l.file.Fd()), syscall.LOCK_UN)
	l.drop()
	return err
}

// With calls fn while it has the lock.
func (l *Lock) With(ctx context.Context, fn func() error) error {
	if err := l.Lock(ctx); err != nil {
		return err
	}
	defer l.Unlock()
	return fn()
}

// Close gives back all that the Lock has.
func (l *Lock) Close() error {
	was := l.state.Swap(closed)
	if was == closed {
		return nil
	}
	close(l.done)
	if was == locked {
		return l.file.Close() // the token of the holder is ours now
	}
	l.closeFile()
	return nil
}
