// want: nothing
// Repair: The test lets go of the lock before it waits.

package x

import (
	"runtime"
	"sync"
	"testing"
)

type connection struct{ buffer [64]byte }

type hub struct {
	mu   sync.Mutex
	live int
	gone chan struct{}
}

func (h *hub) Connect() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.live++
	runtime.SetFinalizer(new(connection), func(*connection) {
		h.mu.Lock()
		h.live--
		h.mu.Unlock()
		h.gone <- struct{}{}
	})
}

func TestHub(t *testing.T) {
	h := &hub{gone: make(chan struct{}, 1)}
	h.Connect()
	runtime.GC()
	<-h.gone
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.live != 0 {
		t.Error(h.live, "are live")
	}
}
