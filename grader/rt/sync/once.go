package sync

import (
	"sync"
	"unsafe"

	"example.com/gokata/grader/internal/sched"
)

// Once is the twin of sync.Once.
type Once struct {
	real sync.Once
	m    Mutex
	done bool
	sync uint64
}

// Do is the twin of (*sync.Once).Do.
//
//go:norace
func (o *Once) Do(f func()) {
	r := sched.Active()
	if r == nil {
		o.real.Do(f)
		return
	}
	r.Point(sched.OpOnce)
	if o.done {
		sched.Acquire(unsafe.Pointer(&o.sync))
		return
	}
	o.m.Lock()
	defer o.m.Unlock()
	if !o.done {
		defer o.finish()
		f()
	}
}

//go:norace
func (o *Once) finish() {
	sched.Release(unsafe.Pointer(&o.sync))
	o.done = true
}

// OnceFunc is the twin of sync.OnceFunc.
func OnceFunc(f func()) func() {
	do := OnceValue(func() struct{} { f(); return struct{}{} })
	return func() { do() }
}

// OnceValue is the twin of sync.OnceValue.
func OnceValue[T any](f func() T) func() T {
	do := OnceValues(func() (T, struct{}) { return f(), struct{}{} })
	return func() T {
		v, _ := do()
		return v
	}
}

// OnceValues is the twin of sync.OnceValues.
func OnceValues[T1, T2 any](f func() (T1, T2)) func() (T1, T2) {
	var (
		once  Once
		valid bool
		p     any
		r1    T1
		r2    T2
	)
	do := func() {
		defer func() {
			f = nil // so that what it holds can be collected
			if p = recover(); !valid {
				panic(p)
			}
		}()
		r1, r2 = f()
		valid = true
	}
	return func() (T1, T2) {
		once.Do(do)
		if !valid {
			panic(p)
		}
		return r1, r2
	}
}
