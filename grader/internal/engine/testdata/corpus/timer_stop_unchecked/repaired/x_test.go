// want: nothing
// Repair: when Stop comes too late, finish waits for the timer's function.

package x

import (
	"testing"
	"time"
)

// A batch is written out after 10ms at the latest.
type batch struct {
	rows, written []string
	timer         *time.Timer
	fired         chan struct{}
}

func newBatch(rows ...string) *batch {
	b := &batch{rows: rows, fired: make(chan struct{})}
	b.timer = time.AfterFunc(10*time.Millisecond, func() {
		b.write()
		close(b.fired)
	})
	return b
}

func (b *batch) write() {
	b.written = append(b.written, b.rows...)
	b.rows = nil
}

// finish writes what is left and returns everything that was written.
func (b *batch) finish() []string {
	if !b.timer.Stop() {
		<-b.fired
	}
	b.write()
	return b.written
}

func TestBatch(t *testing.T) {
	b := newBatch("apples", "pears")
	time.Sleep(10 * time.Millisecond)
	if n := len(b.finish()); n != 2 {
		t.Errorf("%d rows written, want 2", n)
	}
}
