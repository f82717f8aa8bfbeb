// want: nothing
// Repair: Whoever has passed the spoon on once eats the next time.

package x

import (
	"sync"
	"sync/atomic"
	"testing"
)

type diner struct {
	spoon  chan struct{} // has a token while the only spoon is here
	hungry atomic.Bool
	meals  int
}

func (d *diner) eat(other *diner) {
	d.hungry.Store(true)
	polite := true
	for d.hungry.Load() {
		<-d.spoon
		if polite && other.hungry.Load() {
			polite = false
			other.spoon <- struct{}{}
			continue
		}
		d.meals++
		d.hungry.Store(false)
		other.spoon <- struct{}{}
	}
}

func TestDiners(t *testing.T) {
	a, b := &diner{spoon: make(chan struct{}, 1)}, &diner{spoon: make(chan struct{}, 1)}
	a.spoon <- struct{}{}
	var wg sync.WaitGroup
	wg.Go(func() { a.eat(b) })
	wg.Go(func() { b.eat(a) })
	wg.Wait()
	if a.meals != 1 || b.meals != 1 {
		t.Errorf("one ate %d times and the other %d times", a.meals, b.meals)
	}
}
