// want: race
// Fault: The cleanup runs on a goroutine of its own, and nothing orders what it writes with what the test reads.

package x

import (
	"runtime"
	"testing"
)

type handle struct {
	fd     int
	buffer [64]byte
}

type table struct{ open int }

func (t *table) Open() *handle {
	t.open++
	h := &handle{fd: t.open}
	runtime.AddCleanup(h, func(int) { t.open-- }, h.fd) // HERE
	return h
}

func TestForgotten(t *testing.T) {
	var files table
	files.Open().buffer[0] = 1
	runtime.GC()
	if files.open > 1 { // HERE
		t.Error("opened once, but there are", files.open)
	}
}
