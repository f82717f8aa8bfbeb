// want: join
// Fault: Close leaves it to a goroutine to give the memory back, and does not wait for it.

// Package sharedvalue has numbers that processes share: each of them has the
// same memory, and adds to what is there without a lock.
package sharedvalue

import (
	"encoding/binary"
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

// size is how many bytes a number takes.
const size = 8

// Value is one way to a number that is in memory. All methods may be called by
// several goroutines at once.
type Value struct {
	mu   sync.RWMutex // keeps the memory from being given back, and nobody from using it
	n    *int64       // in the memory; nil after Close
	free func() error
}

// Create makes a file at path that holds the number initial, and returns a Value
// over it.
func Create(path string, initial int64) (*Value, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	// To write it takes room on the disk. To set the length alone would leave a
	// hole, and where there is no room for it later, a Store would be the end of
	// the process.
	_, err = f.Write(binary.NativeEndian.AppendUint64(nil, uint64(initial)))
	if err != nil {
		return nil, errors.Join(err, os.Remove(path))
	}
	return over(f)
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
	if info.Size() != size {
		return nil, ErrSize
	}
	return over(f)
}

// over returns a Value over an open file, which need not stay open.
func over(f *os.File) (*Value, error) {
	mem, err := syscall.Mmap(int(f.Fd()), 0, size, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_SHARED)
	if err != nil {
		return nil, err
	}
	return On(mem, func() error { return syscall.Munmap(mem) })
}

// On returns a Value over 8 bytes of memory, which free gives back.
func On(mem []byte, free func() error) (*Value, error) {
	if len(mem) != size {
		return nil, ErrSize
	}
	n, err := shm.Int64(mem)
	if err != nil {
		return nil, err
	}
	return &Value{n: n, free: free}, nil
}

// Load returns the number.
func (v *Value) Load() (int64, error) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	if v.n == nil {
		return 0, ErrClosed
	}
	return atomic.LoadInt64(v.n), nil
}

// Store replaces the number.
func (v *Value) Store(n int64) error {
	v.mu.RLock()
	defer v.mu.RUnlock()
	if v.n == nil {
		return ErrClosed
	}
	atomic.StoreInt64(v.n, n)
	return nil
}

// Add adds delta to the number and returns the sum.
func (v *Value) Add(delta int64) (int64, error) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	if v.n == nil {
		return 0, ErrClosed
	}
	return atomic.AddInt64(v.n, delta), nil
}

// Close gives the memory back when nobody is at work in it.
func (v *Value) Close() error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.n == nil {
		return nil
	}
	v.n = nil
	go v.free()
	return nil
}
