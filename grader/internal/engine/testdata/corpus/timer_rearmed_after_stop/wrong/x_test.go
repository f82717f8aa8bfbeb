// want: failed
// Fault: stop does not reach a beat that has begun, and that one sets the timer again.

package x

import (
	"sync"
	"testing"
	"time"
)

const period = 10 * time.Millisecond

// A heartbeat beats once a period, from start to stop.
type heartbeat struct {
	mu    sync.Mutex
	beats int
	timer *time.Timer
}

func (h *heartbeat) start() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.timer = time.AfterFunc(period, h.beat)
}

func (h *heartbeat) beat() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.beats++
	h.timer.Reset(period)
}

func (h *heartbeat) stop() {
	h.timer.Stop()
}

func (h *heartbeat) count() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.beats
}

func TestHeartbeat(t *testing.T) {
	h := &heartbeat{}
	h.start()
	time.Sleep(period)
	h.stop()
	before := h.count()
	time.Sleep(3 * period)
	if after := h.count(); after != before {
		t.Errorf("%d beats after the end", after-before) // HERE
	}
}
