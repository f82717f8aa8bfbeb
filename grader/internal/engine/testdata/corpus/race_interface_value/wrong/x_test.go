// want: race
// Fault: the health check reads an interface value, two words, while the worker writes it.

package x

import (
	"errors"
	"sync"
	"testing"
)

type shortage struct{ missing int }

func (shortage) Error() string { return "not enough" }

type stock struct {
	mu      sync.Mutex
	onHand  int
	problem error
}

func (s *stock) remove(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n > s.onHand {
		s.problem = shortage{n - s.onHand} // HERE
		return
	}
	s.onHand -= n
}

func (s *stock) healthy() bool {
	return s.problem == nil // HERE
}

func TestStock(t *testing.T) {
	s := &stock{onHand: 5}
	var shop sync.WaitGroup
	shop.Go(func() {
		s.remove(3)
		s.remove(4)
	})
	t.Logf("healthy: %v", s.healthy())
	shop.Wait()
	if !errors.Is(s.problem, shortage{2}) {
		t.Errorf("got %v, want a shortage of 2", s.problem)
	}
}
