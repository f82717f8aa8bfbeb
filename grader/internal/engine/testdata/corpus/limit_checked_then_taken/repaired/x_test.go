// want: nothing
// Repair: a space is taken only if the number of cars is still the one that was looked at.

package x

import (
	"sync"
	"sync/atomic"
	"testing"
)

const spaces = 2

type garage struct{ cars, most atomic.Int32 }

func (g *garage) enter() bool {
	n := g.cars.Load()
	for n < spaces && !g.cars.CompareAndSwap(n, n+1) {
		n = g.cars.Load()
	}
	if n >= spaces {
		return false
	}
	n++
	for m := g.most.Load(); n > m && !g.most.CompareAndSwap(m, n); m = g.most.Load() {
	}
	return true
}

func (g *garage) leave() { g.cars.Add(-1) }

func TestGarage(t *testing.T) {
	var g garage
	g.enter()
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			if g.enter() {
				g.leave()
			}
		})
	}
	wg.Wait()
	if n := g.most.Load(); n > spaces {
		t.Errorf("%d cars in %d spaces", n, spaces)
	}
}
