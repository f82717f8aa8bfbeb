// want: nothing
// Repair: The flag is set and looked at under the lock of the condition, in a loop around Wait.

package x

import (
	"sync"
	"sync/atomic"
	"testing"
)

type gate struct {
	mu     sync.Mutex
	opened *sync.Cond
	open   bool
}

func (g *gate) Pass() {
	g.mu.Lock()
	for !g.open {
		g.opened.Wait()
	}
	g.mu.Unlock()
}

func (g *gate) Open() {
	g.mu.Lock()
	g.open = true
	g.mu.Unlock()
	g.opened.Broadcast()
}

func TestGate(t *testing.T) {
	var g gate
	g.opened = sync.NewCond(&g.mu)
	var passed atomic.Int32
	var walkers sync.WaitGroup
	for range 2 {
		walkers.Go(func() {
			g.Pass()
			passed.Add(1)
		})
	}
	g.Open()
	walkers.Wait()
	if n := passed.Load(); n != 2 {
		t.Errorf("%d of 2 walkers are through", n)
	}
}
