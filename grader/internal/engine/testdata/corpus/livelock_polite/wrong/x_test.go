// want: livelock
// Fault: Whoever has the spoon passes it on as long as the other one is hungry, so two hungry people pass it on for ever.

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
	for d.hungry.Load() { // HERE
		<-d.spoon                // HERE
		if other.hungry.Load() { // HERE
			other.spoon <- struct{}{} // HERE
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
