// want: limit
// Fault: Each Lock of a process has a descriptor of its own, and with the first one that is closed fcntl drops the lock of all.

package filelock

import (
	"context"
	"errors"
	"io"
	"os"
	"slices"
	"sync"
	"syscall"
	"time"
)

// Errors returned by a Lock.
var (
	ErrClosed    = errors.New("filelock: closed")
	ErrNotLocked = errors.New("filelock: not locked")
)

// file is a file that this process has open.
type file struct {
	info   os.FileInfo
	users  int   // the Locks that are open
	holder *Lock // the one that has the lock, or nil
}

var (
	mu    sync.Mutex // of all that follows, and of all Locks
	files []*file
)

// Lock is one way to the lock that a file is.
type Lock struct {
	*os.File
	file *file // nil after Close
	done chan struct{}
}

// Open returns a Lock on the file at path.
func Open(path string) (*Lock, error) {
	mu.Lock()
	defer mu.Unlock()
	opened, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o666)
	if err != nil {
		return nil, err
	}
	info, err := opened.Stat()
	if err != nil {
		opened.Close()
		return nil, err
	}
	for _, f := range files {
		if os.SameFile(f.info, info) {
			f.users++
			return &Lock{File: opened, file: f, done: make(chan struct{})}, nil
		}
	}
	f := &file{info: info, users: 1}
	files = append(files, f)
	return &Lock{File: opened, file: f, done: make(chan struct{})}, nil
}

// set locks or unlocks the file.
func (l *Lock) set(kind int16) error {
	return syscall.FcntlFlock(l.Fd(), syscall.F_SETLK, &syscall.Flock_t{Type: kind, Whence: io.SeekStart})
}

// Lock waits until it has the lock, or until ctx is done.
func (l *Lock) Lock(ctx context.Context) error {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-timer.C:
		case <-ctx.Done():
		case <-l.done:
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		got, err := l.TryLock()
		if got || err != nil {
			return err
		}
		timer.Reset(10 * time.Millisecond)
	}
}

// TryLock takes the lock if nobody has it, and does not wait.
func (l *Lock) TryLock() (bool, error) {
	mu.Lock()
	defer mu.Unlock()
	switch {
	case l.file == nil:
		return false, ErrClosed
	case l.file.holder != nil:
		return false, nil
	}
	switch err := l.set(syscall.F_WRLCK); err {
	case nil:
		l.file.holder = l
		return true, nil
	case syscall.EAGAIN, syscall.EACCES:
		return false, nil
	default:
		return false, err
	}
}

// Unlock gives the lock back.
func (l *Lock) Unlock() error {
	mu.Lock()
	defer mu.Unlock()
	return l.unlock()
}

func (l *Lock) unlock() error {
	if l.file == nil {
		return ErrClosed
	}
	if l.file.holder != l {
		return ErrNotLocked
	}
	l.file.holder = nil
	return l.set(syscall.F_UNLCK)
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
	mu.Lock()
	defer mu.Unlock()
	err := l.unlock()
	if errors.Is(err, ErrClosed) {
		return nil
	}
	if errors.Is(err, ErrNotLocked) {
		err = nil
	}
	f := l.file
	l.file = nil
	close(l.done)
	if f.users--; f.users == 0 {
		files = slices.DeleteFunc(files, func(other *file) bool { return other == f })
	}
	return errors.Join(err, l.File.Close())
}
