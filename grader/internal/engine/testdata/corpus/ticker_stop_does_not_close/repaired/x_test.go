// want: nothing
// Repair: a channel of its own ends the loop, and stop waits for that.

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
	quit, ended   chan struct{}
}

func newFlusher(every time.Duration) *flusher {
	f := &flusher{ticker: time.NewTicker(every), quit: make(chan struct{}), ended: make(chan struct{})}
	go f.run()
	return f
}

func (f *flusher) run() {
	defer close(f.ended)
	for {
		select {
		case <-f.ticker.C:
			f.flush()
		case <-f.quit:
			return
		}
	}
}

func (f *flusher) flush() { f.safe.Add(f.pending.Swap(0)) }

func (f *flusher) stop() {
	f.ticker.Stop()
	close(f.quit)
	<-f.ended
	f.flush()
}

func TestFlusher(t *testing.T) {
	f := newFlusher(10 * time.Millisecond)
	f.pending.Add(3)
	time.Sleep(15 * time.Millisecond)
	f.pending.Add(4)
	f.stop()
	if n := f.safe.Load(); n != 7 {
		t.Errorf("%d bytes are safe, want 7", n)
	}
}
