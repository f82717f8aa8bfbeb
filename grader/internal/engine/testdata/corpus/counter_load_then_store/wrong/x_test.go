// want: failed
// Fault: a load and a store are two atomic steps, and what others count in between is lost.

package x

import (
	"sync"
	"sync/atomic"
	"testing"
)

// A turnstile counts who comes in.
type turnstile struct{ visitors atomic.Int64 }

func (s *turnstile) pass() {
	s.visitors.Store(s.visitors.Load() + 1)
}

func TestTurnstile(t *testing.T) {
	var gate turnstile
	var groups sync.WaitGroup
	for _, people := range []int{2, 3} {
		groups.Go(func() {
			for range people {
				gate.pass()
			}
		})
	}
	groups.Wait()
	if n := gate.visitors.Load(); n != 5 {
		t.Errorf("%d visitors, want 5", n) // HERE
	}
}
