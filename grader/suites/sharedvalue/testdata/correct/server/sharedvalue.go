// Package sharedvalue has numbers that processes share: each of them has the
// same memory, and adds to what is there without a lock.
//
// In this variant one goroutine of each Value uses the memory, and does what
// others ask for.
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

// Value is one way to a number that is in memory.
type Value struct {
	tasks chan task
	quit  chan struct{} // closed by the first Close
	once  sync.Once     // who is first
	gone  chan struct{} // closed when the memory has been given back
	err   error         // of free; written before gone is closed
}

// task is something to be done with the number; its result is sent to answer.
type task struct {
	do     func(n *int64) int64
	answer chan int64
}

// Create makes a file at path that holds the number initial, and returns a Value
// over it.
func Create(path string, initial int64) (*Value, error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(binary.Write(f, binary.NativeEndian, initial), f.Close()); err != nil {
		return nil, err
	}
	return Open(path)
}

// Open returns a Value over the file at path.
func Open(path string) (*Value, error) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var data [9]byte
	if n, _ := f.ReadAt(data[:], 0); n != 8 {
		return nil, ErrSize
	}
	mem, err := syscall.Mmap(int(f.Fd()), 0, 8, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_SHARED)
	if err != nil {
		return nil, err
	}
	return On(mem, func() error { return syscall.Munmap(mem) })
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
	v := &Value{tasks: make(chan task), quit: make(chan struct{}), gone: make(chan struct{})}
	go v.serve(n, free)
	return v, nil
}

// serve does tasks until the Value is closed.
func (v *Value) serve(n *int64, free func() error) {
	defer close(v.gone)
	for {
		select {
		case t := <-v.tasks:
			t.answer <- t.do(n)
		case <-v.quit:
			v.err = free()
			return
		}
	}
}

// ask has something done with the number.
func (v *Value) ask(do func(n *int64) int64) (int64, error) {
	t := task{do: do, answer: make(chan int64)}
	select {
	case v.tasks <- t:
		return <-t.answer, nil
	case <-v.gone:
		return 0, ErrClosed
	}
}

// Load returns the number.
func (v *Value) Load() (int64, error) { return v.ask(atomic.LoadInt64) }

// Store replaces the number.
func (v *Value) Store(n int64) error {
	_, err := v.ask(func(p *int64) int64 {
		atomic.StoreInt64(p, n)
		return n
	})
	return err
}

// Add adds delta to the number and returns the sum.
func (v *Value) Add(delta int64) (int64, error) {
	return v.ask(func(p *int64) int64 { return atomic.AddInt64(p, delta) })
}

// Close gives the memory back when nobody is at work in it.
func (v *Value) Close() error {
	first := false
	v.once.Do(func() {
		first = true
		close(v.quit)
	})
	<-v.gone
	if first {
		return v.err
	}
	return nil
}
