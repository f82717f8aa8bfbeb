// Package sharedvalue has numbers that processes share: each of them has the
// same memory, and adds to what is there without a lock.
//
// In this variant Close waits by a WaitGroup, and gives the memory back by a
// Once.
package sharedvalue

import (
	"errors"
	"os"
	"sync"
	"sync/atomic"
	"syscall"

	"example.com/gokata/exercises/given/shm"
)

// Errors returned by this package.
var (
	ErrClosed = errors.New("sharedvalue: closed")
	ErrSize   = errors.New("sharedvalue: not 8 bytes")
)

// Value is one way to a number that is in memory.
type Value struct {
	n     *int64
	free  func() error
	once  sync.Once
	calls sync.WaitGroup // that are at work

	mu     sync.Mutex // of closed; no call is added to calls after it is set
	closed bool
}

// Create makes a file at path that holds the number initial, and returns a Value
// over it.
func Create(path string, initial int64) (*Value, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
	if err == nil {
		err = errors.Join(f.Truncate(8), f.Close())
	}
	if err != nil {
		return nil, err
	}
	v, err := Open(path)
	if err != nil {
		return nil, err
	}
	atomic.StoreInt64(v.n, initial)
	return v, nil
}

// Open returns a Value over the file at path.
func Open(path string) (*Value, error) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if info.Size() == 0 {
		return nil, ErrSize // which cannot be mapped
	}
	mem, err := syscall.Mmap(int(f.Fd()), 0, int(info.Size()), syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_SHARED)
	if err != nil {
		return nil, err
	}
	v, err := On(mem, func() error { return syscall.Munmap(mem) })
	if err != nil {
		syscall.Munmap(mem)
		return nil, err
	}
	return v, nil
}

// On returns a Value over 8 bytes of memory, which free gives back.
func On(mem []byte, free func() error) (*Value, error) {
	n, err := shm.Int64(mem)
	if len(mem) != 8 {
		return nil, ErrSize
	}
	if err != nil {
		return nil, err
	}
	return &Value{n: n, free: free}, nil
}

// begin notes that a call is at work, if the Value is not closed.
func (v *Value) begin() error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.closed {
		return ErrClosed
	}
	v.calls.Add(1)
	return nil
}

// Load returns the number.
func (v *Value) Load() (int64, error) { return v.Add(0) }

// Store replaces the number.
func (v *Value) Store(n int64) error {
	if err := v.begin(); err != nil {
		return err
	}
	defer v.calls.Done()
	atomic.StoreInt64(v.n, n)
	return nil
}

// Add adds delta to the number and returns the sum.
func (v *Value) Add(delta int64) (int64, error) {
	if err := v.begin(); err != nil {
		return 0, err
	}
	defer v.calls.Done()
	return atomic.AddInt64(v.n, delta), nil
}

// Close gives the memory back when nobody is at work in it.
func (v *Value) Close() error {
	v.mu.Lock()
	v.closed = true
	v.mu.Unlock()
	v.calls.Wait()
	var err error
	v.once.Do(func() { err = v.free() })
	return err
}
