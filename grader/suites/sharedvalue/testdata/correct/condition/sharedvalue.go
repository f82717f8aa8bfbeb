// Package sharedvalue has numbers that processes share: each of them has the
// same memory, and adds to what is there without a lock.
//
// This variant has a mutex and a condition for Close, and gives a new file its
// name when it is complete.
package sharedvalue

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
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
	n    *int64
	free func() error

	mu      sync.Mutex // of what follows; not held while anybody uses the memory
	changed sync.Cond
	busy    int // calls that are at work
	closing bool
	freed   bool
}

// Create makes a file at path that holds the number initial, and returns a Value
// over it.
func Create(path string, initial int64) (*Value, error) {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+"-*")
	if err != nil {
		return nil, fmt.Errorf("sharedvalue: %w", err)
	}
	defer os.Remove(f.Name())
	defer f.Close()
	var data [8]byte
	binary.NativeEndian.PutUint64(data[:], uint64(initial))
	if _, err := f.WriteAt(data[:], 0); err != nil {
		return nil, err
	}
	if err := os.Link(f.Name(), path); err != nil {
		return nil, fmt.Errorf("sharedvalue: %w", err)
	}
	return Open(path)
}

// Open returns a Value over the file at path.
func Open(path string) (*Value, error) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return nil, fmt.Errorf("sharedvalue: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if info.Size() != 8 {
		return nil, fmt.Errorf("%w, but %d", ErrSize, info.Size())
	}
	mem, err := syscall.Mmap(int(f.Fd()), 0, 8, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_SHARED)
	if err != nil {
		return nil, os.NewSyscallError("mmap", err)
	}
	return On(mem, func() error { return os.NewSyscallError("munmap", syscall.Munmap(mem)) })
}

// On returns a Value over 8 bytes of memory, which free gives back.
func On(mem []byte, free func() error) (*Value, error) {
	if len(mem) != 8 {
		return nil, fmt.Errorf("%w, but %d", ErrSize, len(mem))
	}
	n, err := shm.Int64(mem)
	if err != nil {
		return nil, err
	}
	v := &Value{n: n, free: free}
	v.changed.L = &v.mu
	return v, nil
}

// with calls fn while Close has to wait.
func (v *Value) with(fn func()) error {
	v.mu.Lock()
	if v.closing {
		v.mu.Unlock()
		return ErrClosed
	}
	v.busy++
	v.mu.Unlock()

	fn()

	v.mu.Lock()
	defer v.mu.Unlock()
	v.busy--
	if v.busy == 0 {
		v.changed.Broadcast()
	}
	return nil
}

// Load returns the number.
func (v *Value) Load() (n int64, err error) {
	err = v.with(func() { n = atomic.LoadInt64(v.n) })
	return n, err
}

// Store replaces the number.
func (v *Value) Store(n int64) error {
	return v.with(func() { atomic.SwapInt64(v.n, n) })
}

// Add adds delta to the number and returns the sum.
func (v *Value) Add(delta int64) (sum int64, err error) {
	err = v.with(func() { sum = atomic.AddInt64(v.n, delta) })
	return sum, err
}

// Close gives the memory back when nobody is at work in it.
func (v *Value) Close() error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.closing {
		for !v.freed {
			v.changed.Wait()
		}
		return nil
	}
	v.closing = true
	for v.busy > 0 {
		v.changed.Wait()
	}
	err := v.free()
	v.freed = true
	v.changed.Broadcast()
	return err
}
