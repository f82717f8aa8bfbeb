// want: deadlock
// Fault: Open can come between the look at the flag and Wait, and then its Broadcast wakes nobody.

package x

import (
	"sync"
	"sync/atomic"
	"testing"
)

type gate struct {
	mu     sync.Mutex
	opened *sync.Cond
	open   atomic.Bool
}

func (g *gate) Pass() {
	if g.open.Load() {
		return
	}
	g.mu.Lock()
	g.opened.Wait() // HERE
	g.mu.Unlock()
}

func (g *gate) Open() {
	g.open.Store(true)
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
	walkers.Wait() // HERE
	if n := passed.Load(); n != 2 {
		t.Errorf("%d of 2 walkers are through", n)
	}
}
