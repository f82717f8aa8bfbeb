// want: nothing
// Repair: The number is an atomic one, and who wants to know waits for the cleanup.

package x

import (
	"runtime"
	"sync/atomic"
	"testing"
)

type handle struct {
	fd     int64
	buffer [64]byte
}

type table struct {
	open   atomic.Int64
	closed chan int64
}

func (t *table) Open() *handle {
	h := &handle{fd: t.open.Add(1)}
	runtime.AddCleanup(h, func(fd int64) {
		t.open.Add(-1)
		t.closed <- fd
	}, h.fd)
	return h
}

func TestForgotten(t *testing.T) {
	files := table{closed: make(chan int64)}
	files.Open().buffer[0] = 1
	runtime.GC()
	if fd := <-files.closed; fd != 1 || files.open.Load() != 0 {
		t.Error("closed", fd, "and", files.open.Load(), "are open")
	}
}
