// want: nothing
// Repair: Add is one step.

package x

import (
	"sync"
	"sync/atomic"
	"testing"
)

// A turnstile counts who comes in.
type turnstile struct{ visitors atomic.Int64 }

func (s *turnstile) pass() {
	s.visitors.Add(1)
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
		t.Errorf("%d visitors, want 5", n)
	}
}
