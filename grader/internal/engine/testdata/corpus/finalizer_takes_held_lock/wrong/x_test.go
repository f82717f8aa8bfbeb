// want: deadlock
// Fault: The test holds the lock while it waits for a finalizer that takes it.

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
	h.live++
	runtime.SetFinalizer(new(connection), func(*connection) {
		h.mu.Lock() // HERE
		h.live--
		h.mu.Unlock()
		h.gone <- struct{}{}
	})
}

func TestHub(t *testing.T) {
	h := &hub{gone: make(chan struct{}, 1)}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.Connect()
	runtime.GC()
	<-h.gone // HERE
	if h.live != 0 {
		t.Error(h.live, "are live")
	}
}
