// want: nothing
// Repair: a beat looks, under the lock, whether the heart has been stopped, and stop waits for a beat that has begun.

package x

import (
	"sync"
	"testing"
	"time"
)

const period = 10 * time.Millisecond

// A heartbeat beats once a period, from start to stop.
type heartbeat struct {
	mu      sync.Mutex
	beats   int
	timer   *time.Timer
	stopped bool
	last    chan struct{} // closed by a beat that came too late
}

func (h *heartbeat) start() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.timer = time.AfterFunc(period, h.beat)
}

func (h *heartbeat) beat() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.stopped {
		close(h.last)
		return
	}
	h.beats++
	h.timer.Reset(period)
}

func (h *heartbeat) stop() {
	h.mu.Lock()
	h.stopped = true
	late := !h.timer.Stop()
	h.mu.Unlock()
	if late {
		<-h.last
	}
}

func (h *heartbeat) count() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.beats
}

func TestHeartbeat(t *testing.T) {
	h := &heartbeat{last: make(chan struct{})}
	h.start()
	time.Sleep(period)
	h.stop()
	before := h.count()
	time.Sleep(3 * period)
	if after := h.count(); after != before {
		t.Errorf("%d beats after the end", after-before)
	}
}
