// Package shm finds numbers in memory that is known as bytes, such as memory that
// processes share. What it returns is used with the functions of sync/atomic:
//
//	mem, err := syscall.Mmap(…)
//	…
//	n, err := shm.Int64(mem)
//	…
//	atomic.AddInt64(n, 1)
package shm

import (
	"fmt"
	"unsafe"
)

// Int64 returns a pointer to the first 8 bytes of mem as a number, in the byte
// order of the machine. The bytes and the number are the same memory. It returns
// an error if mem is shorter, or does not begin at an address that is a multiple
// of 8, as sync/atomic needs it. What syscall.Mmap returns always does.
//
// The pointer is good for as long as mem is: once mapped memory has been given
// back, whoever uses the pointer ends the program.
func Int64(mem []byte) (*int64, error) {
	const size = int(unsafe.Sizeof(int64(0)))
	if len(mem) < size {
		return nil, fmt.Errorf("shm: %d bytes are too few for an int64, which takes %d", len(mem), size)
	}
	first := unsafe.Pointer(unsafe.SliceData(mem))
	if uintptr(first)%uintptr(size) != 0 {
		return nil, fmt.Errorf("shm: the memory does not begin at a multiple of %d bytes", size)
	}
	return (*int64)(first), nil
}
