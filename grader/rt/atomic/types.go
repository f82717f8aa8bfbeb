package atomic

import (
	"sync/atomic"

	"example.com/gokata/grader/internal/sched"
)

// Int32 is the twin of atomic.Int32.
type Int32 struct{ real atomic.Int32 }

// Load is the twin of (*atomic.Int32).Load.
func (x *Int32) Load() int32 {
	point(sched.OpLoad)
	return x.real.Load()
}

// Store is the twin of (*atomic.Int32).Store.
func (x *Int32) Store(val int32) {
	point(sched.OpStore)
	x.real.Store(val)
}

// Swap is the twin of (*atomic.Int32).Swap.
func (x *Int32) Swap(new int32) (old int32) {
	point(sched.OpSwap)
	return x.real.Swap(new)
}

// CompareAndSwap is the twin of (*atomic.Int32).CompareAndSwap.
func (x *Int32) CompareAndSwap(old, new int32) (swapped bool) {
	point(sched.OpCAS)
	return x.real.CompareAndSwap(old, new)
}

// Add is the twin of (*atomic.Int32).Add.
func (x *Int32) Add(delta int32) (new int32) {
	point(sched.OpAtomicAdd)
	return x.real.Add(delta)
}

// And is the twin of (*atomic.Int32).And.
func (x *Int32) And(mask int32) (old int32) {
	point(sched.OpAtomicAdd)
	return x.real.And(mask)
}

// Or is the twin of (*atomic.Int32).Or.
func (x *Int32) Or(mask int32) (old int32) {
	point(sched.OpAtomicAdd)
	return x.real.Or(mask)
}

// Int64 is the twin of atomic.Int64.
type Int64 struct{ real atomic.Int64 }

// Load is the twin of (*atomic.Int64).Load.
func (x *Int64) Load() int64 {
	point(sched.OpLoad)
	return x.real.Load()
}

// Store is the twin of (*atomic.Int64).Store.
func (x *Int64) Store(val int64) {
	point(sched.OpStore)
	x.real.Store(val)
}

// Swap is the twin of (*atomic.Int64).Swap.
func (x *Int64) Swap(new int64) (old int64) {
	point(sched.OpSwap)
	return x.real.Swap(new)
}

// CompareAndSwap is the twin of (*atomic.Int64).CompareAndSwap.
func (x *Int64) CompareAndSwap(old, new int64) (swapped bool) {
	point(sched.OpCAS)
	return x.real.CompareAndSwap(old, new)
}

// Add is the twin of (*atomic.Int64).Add.
func (x *Int64) Add(delta int64) (new int64) {
	point(sched.OpAtomicAdd)
	return x.real.Add(delta)
}

// And is the twin of (*atomic.Int64).And.
func (x *Int64) And(mask int64) (old int64) {
	point(sched.OpAtomicAdd)
	return x.real.And(mask)
}

// Or is the twin of (*atomic.Int64).Or.
func (x *Int64) Or(mask int64) (old int64) {
	point(sched.OpAtomicAdd)
	return x.real.Or(mask)
}

// Uint32 is the twin of atomic.Uint32.
type Uint32 struct{ real atomic.Uint32 }

// Load is the twin of (*atomic.Uint32).Load.
func (x *Uint32) Load() uint32 {
	point(sched.OpLoad)
	return x.real.Load()
}

// Store is the twin of (*atomic.Uint32).Store.
func (x *Uint32) Store(val uint32) {
	point(sched.OpStore)
	x.real.Store(val)
}

// Swap is the twin of (*atomic.Uint32).Swap.
func (x *Uint32) Swap(new uint32) (old uint32) {
	point(sched.OpSwap)
	return x.real.Swap(new)
}

// CompareAndSwap is the twin of (*atomic.Uint32).CompareAndSwap.
func (x *Uint32) CompareAndSwap(old, new uint32) (swapped bool) {
	point(sched.OpCAS)
	return x.real.CompareAndSwap(old, new)
}

// Add is the twin of (*atomic.Uint32).Add.
func (x *Uint32) Add(delta uint32) (new uint32) {
	point(sched.OpAtomicAdd)
	return x.real.Add(delta)
}

// And is the twin of (*atomic.Uint32).And.
func (x *Uint32) And(mask uint32) (old uint32) {
	point(sched.OpAtomicAdd)
	return x.real.And(mask)
}

// Or is the twin of (*atomic.Uint32).Or.
func (x *Uint32) Or(mask uint32) (old uint32) {
	point(sched.OpAtomicAdd)
	return x.real.Or(mask)
}

// Uint64 is the twin of atomic.Uint64.
type Uint64 struct{ real atomic.Uint64 }

// Load is the twin of (*atomic.Uint64).Load.
func (x *Uint64) Load() uint64 {
	point(sched.OpLoad)
	return x.real.Load()
}

// Store is the twin of (*atomic.Uint64).Store.
func (x *Uint64) Store(val uint64) {
	point(sched.OpStore)
	x.real.Store(val)
}

// Swap is the twin of (*atomic.Uint64).Swap.
func (x *Uint64) Swap(new uint64) (old uint64) {
	point(sched.OpSwap)
	return x.real.Swap(new)
}

// CompareAndSwap is the twin of (*atomic.Uint64).CompareAndSwap.
func (x *Uint64) CompareAndSwap(old, new uint64) (swapped bool) {
	point(sched.OpCAS)
	return x.real.CompareAndSwap(old, new)
}

// Add is the twin of (*atomic.Uint64).Add.
func (x *Uint64) Add(delta uint64) (new uint64) {
	point(sched.OpAtomicAdd)
	return x.real.Add(delta)
}

// And is the twin of (*atomic.Uint64).And.
func (x *Uint64) And(mask uint64) (old uint64) {
	point(sched.OpAtomicAdd)
	return x.real.And(mask)
}

// Or is the twin of (*atomic.Uint64).Or.
func (x *Uint64) Or(mask uint64) (old uint64) {
	point(sched.OpAtomicAdd)
	return x.real.Or(mask)
}

// Uintptr is the twin of atomic.Uintptr.
type Uintptr struct{ real atomic.Uintptr }

// Load is the twin of (*atomic.Uintptr).Load.
func (x *Uintptr) Load() uintptr {
	point(sched.OpLoad)
	return x.real.Load()
}

// Store is the twin of (*atomic.Uintptr).Store.
func (x *Uintptr) Store(val uintptr) {
	point(sched.OpStore)
	x.real.Store(val)
}

// Swap is the twin of (*atomic.Uintptr).Swap.
func (x *Uintptr) Swap(new uintptr) (old uintptr) {
	point(sched.OpSwap)
	return x.real.Swap(new)
}

// CompareAndSwap is the twin of (*atomic.Uintptr).CompareAndSwap.
func (x *Uintptr) CompareAndSwap(old, new uintptr) (swapped bool) {
	point(sched.OpCAS)
	return x.real.CompareAndSwap(old, new)
}

// Add is the twin of (*atomic.Uintptr).Add.
func (x *Uintptr) Add(delta uintptr) (new uintptr) {
	point(sched.OpAtomicAdd)
	return x.real.Add(delta)
}

// And is the twin of (*atomic.Uintptr).And.
func (x *Uintptr) And(mask uintptr) (old uintptr) {
	point(sched.OpAtomicAdd)
	return x.real.And(mask)
}

// Or is the twin of (*atomic.Uintptr).Or.
func (x *Uintptr) Or(mask uintptr) (old uintptr) {
	point(sched.OpAtomicAdd)
	return x.real.Or(mask)
}
