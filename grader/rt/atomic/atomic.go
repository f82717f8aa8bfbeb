// Package atomic is the twin of the standard package sync/atomic: the
// original operations, with a point before each of them.
package atomic

import (
	"sync/atomic"

	"example.com/gokata/grader/internal/sched"
)

//go:norace
func point(op sched.Op) {
	if r := sched.Active(); r != nil {
		r.Point(op)
	}
}

// Bool is the twin of atomic.Bool.
type Bool struct{ real atomic.Bool }

// Load is the twin of (*atomic.Bool).Load.
func (x *Bool) Load() bool {
	point(sched.OpLoad)
	return x.real.Load()
}

// Store is the twin of (*atomic.Bool).Store.
func (x *Bool) Store(val bool) {
	point(sched.OpStore)
	x.real.Store(val)
}

// Swap is the twin of (*atomic.Bool).Swap.
func (x *Bool) Swap(new bool) (old bool) {
	point(sched.OpSwap)
	return x.real.Swap(new)
}

// CompareAndSwap is the twin of (*atomic.Bool).CompareAndSwap.
func (x *Bool) CompareAndSwap(old, new bool) (swapped bool) {
	point(sched.OpCAS)
	return x.real.CompareAndSwap(old, new)
}

// Pointer is the twin of atomic.Pointer.
type Pointer[T any] struct{ real atomic.Pointer[T] }

// Load is the twin of (*atomic.Pointer).Load.
func (x *Pointer[T]) Load() *T {
	point(sched.OpLoad)
	return x.real.Load()
}

// Store is the twin of (*atomic.Pointer).Store.
func (x *Pointer[T]) Store(val *T) {
	point(sched.OpStore)
	x.real.Store(val)
}

// Swap is the twin of (*atomic.Pointer).Swap.
func (x *Pointer[T]) Swap(new *T) (old *T) {
	point(sched.OpSwap)
	return x.real.Swap(new)
}

// CompareAndSwap is the twin of (*atomic.Pointer).CompareAndSwap.
func (x *Pointer[T]) CompareAndSwap(old, new *T) (swapped bool) {
	point(sched.OpCAS)
	return x.real.CompareAndSwap(old, new)
}

// Value is the twin of atomic.Value.
type Value struct{ real atomic.Value }

// Load is the twin of (*atomic.Value).Load.
func (v *Value) Load() (val any) {
	point(sched.OpLoad)
	return v.real.Load()
}

// Store is the twin of (*atomic.Value).Store.
func (v *Value) Store(val any) {
	point(sched.OpStore)
	v.real.Store(val)
}

// Swap is the twin of (*atomic.Value).Swap.
func (v *Value) Swap(new any) (old any) {
	point(sched.OpSwap)
	return v.real.Swap(new)
}

// CompareAndSwap is the twin of (*atomic.Value).CompareAndSwap.
func (v *Value) CompareAndSwap(old, new any) (swapped bool) {
	point(sched.OpCAS)
	return v.real.CompareAndSwap(old, new)
}
