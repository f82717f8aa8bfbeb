// Package sharedvalue has numbers that processes share: each of them has the
// same memory, and adds to what is there without a lock.
//
// This variant counts the calls that are at work by an atomic; the last one out
// wakes Close. Add is a loop over CompareAndSwap.
package sharedvalue

import (
	"errors"
	"os"
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
	n       *int64
	free    func() error
	users   atomic.Int64  // calls that are at work, and one more until Close
	closing atomic.Bool   // Close has been called
	idle    chan struct{} // closed when users is 0
	freed   chan struct{} // closed when the memory has been given back
}

// Create makes a file at path that holds the number initial, and returns a Value
// over it.
func Create(path string, initial int64) (*Value, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if err := f.Truncate(8); err != nil {
		return nil, err
	}
	v, err := mapped(f)
	if err != nil {
		return nil, err
	}
	return v, v.Store(initial)
}

// Open returns a Value over the file at path.
func Open(path string) (*Value, error) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return mapped(f)
}

// mapped returns a Value over an open file.
func mapped(f *os.File) (*Value, error) {
	end, err := f.Seek(0, 2)
	if err != nil {
		return nil, err
	}
	if end != 8 {
		return nil, ErrSize
	}
	mem, err := syscall.Mmap(int(f.Fd()), 0, int(end), syscall.PROT_WRITE|syscall.PROT_READ, syscall.MAP_SHARED)
	if err != nil {
		return nil, err
	}
	v, err := On(mem, func() error { return syscall.Munmap(mem) })
	if err != nil {
		return nil, errors.Join(err, syscall.Munmap(mem))
	}
	return v, nil
}

// On returns a Value over 8 bytes of memory, which free gives back.
func On(mem []byte, free func() error) (*Value, error) {
	if len(mem) != 8 {
		return nil, ErrSize
	}
	n, err := shm.Int64(mem)
	if err != nil {
		return nil, err
	}
	v := &Value{n: n, free: free, idle: make(chan struct{}), freed: make(chan struct{})}
	v.users.Store(1)
	return v, nil
}

// enter notes that a call is at work, if the Value is not closed.
func (v *Value) enter() bool {
	for !v.closing.Load() {
		users := v.users.Load()
		if users == 0 {
			return false
		}
		if v.users.CompareAndSwap(users, users+1) {
			return true
		}
	}
	return false
}

// leave notes that a call, or the Value itself, no longer needs the memory.
func (v *Value) leave() {
	if v.users.Add(-1) == 0 {
		close(v.idle)
	}
}

// Load returns the number.
func (v *Value) Load() (int64, error) {
	if !v.enter() {
		return 0, ErrClosed
	}
	defer v.leave()
	return atomic.LoadInt64(v.n), nil
}

// Store replaces the number.
func (v *Value) Store(n int64) error {
	if !v.enter() {
		return ErrClosed
	}
	defer v.leave()
	atomic.StoreInt64(v.n, n)
	return nil
}

// Add adds delta to the number and returns the sum.
func (v *Value) Add(delta int64) (int64, error) {
	if !v.enter() {
		return 0, ErrClosed
	}
	defer v.leave()
	for {
		old := atomic.LoadInt64(v.n)
		if atomic.CompareAndSwapInt64(v.n, old, old+delta) {
			return old + delta, nil
		}
	}
}

// Close gives the memory back when nobody is at work in it.
func (v *Value) Close() error {
	if !v.closing.CompareAndSwap(false, true) {
		<-v.freed
		return nil
	}
	defer close(v.freed)
	v.leave()
	<-v.idle
	return v.free()
}
