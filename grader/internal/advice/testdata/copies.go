package p

import (
	"sync"
	"sync/atomic"
)

type guarded struct {
	mu sync.Mutex
	n  int
}

func (g guarded) get() int { // advice: a copy (guarded contains sync.Mutex)
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.n
}

func pointers(g *guarded, all []*guarded) *guarded {
	for _, g := range all {
		g.n++
	}
	return g
}

func assigned() int64 {
	var n atomic.Int64
	m := n // advice: a copy (sync/atomic.Int64)
	return m.Load()
}

func ranged(all []guarded) (n int) {
	for _, g := range all { // advice: a copy (guarded contains sync.Mutex)
		n += g.n
	}
	return n
}

func given(wg sync.WaitGroup) { wg.Wait() } // advice: a copy (sync.WaitGroup)
