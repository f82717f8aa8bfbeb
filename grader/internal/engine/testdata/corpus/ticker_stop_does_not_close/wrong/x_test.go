// want: leak
// Fault: Stop does not close the ticker's channel, so the loop that ranges over it waits for ever.

package x

import (
	"sync/atomic"
	"testing"
	"time"
)

// A flusher moves what is pending to where it is safe, from time to time.
type flusher struct {
	pending, safe atomic.Int64
	ticker        *time.Ticker
}

func newFlusher(every time.Duration) *flusher {
	f := &flusher{ticker: time.NewTicker(every)}
	go f.run()
	return f
}

func (f *flusher) run() {
	for range f.ticker.C { // HERE
		f.flush()
	}
}

func (f *flusher) flush() { f.safe.Add(f.pending.Swap(0)) }

func (f *flusher) stop() {
	f.ticker.Stop()
	f.flush()
}

func TestFlusher(t *testing.T) {
	f := newFlusher(10 * time.Millisecond)
	f.pending.Add(3)
	time.Sleep(15 * time.Millisecond)
	f.pending.Add(4)
	f.stop()
	if n := f.pending.Load(); n != 0 {
		t.Errorf("%d bytes are not safe", n)
	}
}
