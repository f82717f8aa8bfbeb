// want: race
// Fault: a timer that has fired cannot be stopped, and its function runs beside the one that thinks it has stopped it.

package x

import (
	"testing"
	"time"
)

// A batch is written out after 10ms at the latest.
type batch struct {
	rows, written []string
	timer         *time.Timer
}

func newBatch(rows ...string) *batch {
	b := &batch{rows: rows}
	b.timer = time.AfterFunc(10*time.Millisecond, b.write)
	return b
}

func (b *batch) write() {
	b.written = append(b.written, b.rows...) // HERE
	b.rows = nil                             // HERE
}

// finish writes what is left and returns everything that was written.
func (b *batch) finish() []string {
	b.timer.Stop()
	b.write()
	return b.written // HERE
}

func TestBatch(t *testing.T) {
	b := newBatch("apples", "pears")
	time.Sleep(10 * time.Millisecond)
	t.Log(len(b.finish()))
}
