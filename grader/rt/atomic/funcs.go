package atomic

import (
	"sync/atomic"
	"unsafe"

	"example.com/gokata/grader/internal/sched"
)

// LoadInt32 is the twin of atomic.LoadInt32.
func LoadInt32(addr *int32) (val int32) {
	point(sched.OpLoad)
	return atomic.LoadInt32(addr)
}

// StoreInt32 is the twin of atomic.StoreInt32.
func StoreInt32(addr *int32, val int32) {
	point(sched.OpStore)
	atomic.StoreInt32(addr, val)
}

// SwapInt32 is the twin of atomic.SwapInt32.
func SwapInt32(addr *int32, new int32) (old int32) {
	point(sched.OpSwap)
	return atomic.SwapInt32(addr, new)
}

// CompareAndSwapInt32 is the twin of atomic.CompareAndSwapInt32.
func CompareAndSwapInt32(addr *int32, old, new int32) (swapped bool) {
	point(sched.OpCAS)
	return atomic.CompareAndSwapInt32(addr, old, new)
}

// AddInt32 is the twin of atomic.AddInt32.
func AddInt32(addr *int32, delta int32) (new int32) {
	point(sched.OpAtomicAdd)
	return atomic.AddInt32(addr, delta)
}

// AndInt32 is the twin of atomic.AndInt32.
func AndInt32(addr *int32, mask int32) (old int32) {
	point(sched.OpAtomicAdd)
	return atomic.AndInt32(addr, mask)
}

// OrInt32 is the twin of atomic.OrInt32.
func OrInt32(addr *int32, mask int32) (old int32) {
	point(sched.OpAtomicAdd)
	return atomic.OrInt32(addr, mask)
}

// LoadInt64 is the twin of atomic.LoadInt64.
func LoadInt64(addr *int64) (val int64) {
	point(sched.OpLoad)
	return atomic.LoadInt64(addr)
}

// StoreInt64 is the twin of atomic.StoreInt64.
func StoreInt64(addr *int64, val int64) {
	point(sched.OpStore)
	atomic.StoreInt64(addr, val)
}

// SwapInt64 is the twin of atomic.SwapInt64.
func SwapInt64(addr *int64, new int64) (old int64) {
	point(sched.OpSwap)
	return atomic.SwapInt64(addr, new)
}

// CompareAndSwapInt64 is the twin of atomic.CompareAndSwapInt64.
func CompareAndSwapInt64(addr *int64, old, new int64) (swapped bool) {
	point(sched.OpCAS)
	return atomic.CompareAndSwapInt64(addr, old, new)
}

// AddInt64 is the twin of atomic.AddInt64.
func AddInt64(addr *int64, delta int64) (new int64) {
	point(sched.OpAtomicAdd)
	return atomic.AddInt64(addr, delta)
}

// AndInt64 is the twin of atomic.AndInt64.
func AndInt64(addr *int64, mask int64) (old int64) {
	point(sched.OpAtomicAdd)
	return atomic.AndInt64(addr, mask)
}

// OrInt64 is the twin of atomic.OrInt64.
func OrInt64(addr *int64, mask int64) (old int64) {
	point(sched.OpAtomicAdd)
	return atomic.OrInt64(addr, mask)
}

// LoadUint32 is the twin of atomic.LoadUint32.
func LoadUint32(addr *uint32) (val uint32) {
	point(sched.OpLoad)
	return atomic.LoadUint32(addr)
}

// StoreUint32 is the twin of atomic.StoreUint32.
func StoreUint32(addr *uint32, val uint32) {
	point(sched.OpStore)
	atomic.StoreUint32(addr, val)
}

// SwapUint32 is the twin of atomic.SwapUint32.
func SwapUint32(addr *uint32, new uint32) (old uint32) {
	point(sched.OpSwap)
	return atomic.SwapUint32(addr, new)
}

// CompareAndSwapUint32 is the twin of atomic.CompareAndSwapUint32.
func CompareAndSwapUint32(addr *uint32, old, new uint32) (swapped bool) {
	point(sched.OpCAS)
	return atomic.CompareAndSwapUint32(addr, old, new)
}

// AddUint32 is the twin of atomic.AddUint32.
func AddUint32(addr *uint32, delta uint32) (new uint32) {
	point(sched.OpAtomicAdd)
	return atomic.AddUint32(addr, delta)
}

// AndUint32 is the twin of atomic.AndUint32.
func AndUint32(addr *uint32, mask uint32) (old uint32) {
	point(sched.OpAtomicAdd)
	return atomic.AndUint32(addr, mask)
}

// OrUint32 is the twin of atomic.OrUint32.
func OrUint32(addr *uint32, mask uint32) (old uint32) {
	point(sched.OpAtomicAdd)
	return atomic.OrUint32(addr, mask)
}

// LoadUint64 is the twin of atomic.LoadUint64.
func LoadUint64(addr *uint64) (val uint64) {
	point(sched.OpLoad)
	return atomic.LoadUint64(addr)
}

// StoreUint64 is the twin of atomic.StoreUint64.
func StoreUint64(addr *uint64, val uint64) {
	point(sched.OpStore)
	atomic.StoreUint64(addr, val)
}

// SwapUint64 is the twin of atomic.SwapUint64.
func SwapUint64(addr *uint64, new uint64) (old uint64) {
	point(sched.OpSwap)
	return atomic.SwapUint64(addr, new)
}

// CompareAndSwapUint64 is the twin of atomic.CompareAndSwapUint64.
func CompareAndSwapUint64(addr *uint64, old, new uint64) (swapped bool) {
	point(sched.OpCAS)
	return atomic.CompareAndSwapUint64(addr, old, new)
}

// AddUint64 is the twin of atomic.AddUint64.
func AddUint64(addr *uint64, delta uint64) (new uint64) {
	point(sched.OpAtomicAdd)
	return atomic.AddUint64(addr, delta)
}

// AndUint64 is the twin of atomic.AndUint64.
func AndUint64(addr *uint64, mask uint64) (old uint64) {
	point(sched.OpAtomicAdd)
	return atomic.AndUint64(addr, mask)
}

// OrUint64 is the twin of atomic.OrUint64.
func OrUint64(addr *uint64, mask uint64) (old uint64) {
	point(sched.OpAtomicAdd)
	return atomic.OrUint64(addr, mask)
}

// LoadUintptr is the twin of atomic.LoadUintptr.
func LoadUintptr(addr *uintptr) (val uintptr) {
	point(sched.OpLoad)
	return atomic.LoadUintptr(addr)
}

// StoreUintptr is the twin of atomic.StoreUintptr.
func StoreUintptr(addr *uintptr, val uintptr) {
	point(sched.OpStore)
	atomic.StoreUintptr(addr, val)
}

// SwapUintptr is the twin of atomic.SwapUintptr.
func SwapUintptr(addr *uintptr, new uintptr) (old uintptr) {
	point(sched.OpSwap)
	return atomic.SwapUintptr(addr, new)
}

// CompareAndSwapUintptr is the twin of atomic.CompareAndSwapUintptr.
func CompareAndSwapUintptr(addr *uintptr, old, new uintptr) (swapped bool) {
	point(sched.OpCAS)
	return atomic.CompareAndSwapUintptr(addr, old, new)
}

// AddUintptr is the twin of atomic.AddUintptr.
func AddUintptr(addr *uintptr, delta uintptr) (new uintptr) {
	point(sched.OpAtomicAdd)
	return atomic.AddUintptr(addr, delta)
}

// AndUintptr is the twin of atomic.AndUintptr.
func AndUintptr(addr *uintptr, mask uintptr) (old uintptr) {
	point(sched.OpAtomicAdd)
	return atomic.AndUintptr(addr, mask)
}

// OrUintptr is the twin of atomic.OrUintptr.
func OrUintptr(addr *uintptr, mask uintptr) (old uintptr) {
	point(sched.OpAtomicAdd)
	return atomic.OrUintptr(addr, mask)
}

// LoadPointer is the twin of atomic.LoadPointer.
func LoadPointer(addr *unsafe.Pointer) (val unsafe.Pointer) {
	point(sched.OpLoad)
	return atomic.LoadPointer(addr)
}

// StorePointer is the twin of atomic.StorePointer.
func StorePointer(addr *unsafe.Pointer, val unsafe.Pointer) {
	point(sched.OpStore)
	atomic.StorePointer(addr, val)
}

// SwapPointer is the twin of atomic.SwapPointer.
func SwapPointer(addr *unsafe.Pointer, new unsafe.Pointer) (old unsafe.Pointer) {
	point(sched.OpSwap)
	return atomic.SwapPointer(addr, new)
}

// CompareAndSwapPointer is the twin of atomic.CompareAndSwapPointer.
func CompareAndSwapPointer(addr *unsafe.Pointer, old, new unsafe.Pointer) (swapped bool) {
	point(sched.OpCAS)
	return atomic.CompareAndSwapPointer(addr, old, new)
}
