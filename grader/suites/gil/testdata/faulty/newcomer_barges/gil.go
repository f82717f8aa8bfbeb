// want: fairness
// Fault: Acquire takes a GIL that is free, although the first in line has been woken for it and is on the way.

package gil

import (
	"container/list"
	"sync"
)

// Interval is how many ticks a turn has.
const Interval = 100

// GIL is a global interpreter lock.
type GIL struct {
	mu    sync.Mutex
	taken bool
	ticks int       // of this turn
	line  list.List // of *sync.Cond
}

// New returns a GIL that nobody holds.
func New() *GIL { return &GIL{} }

// Acquire waits until the GIL is free and nobody else is before the caller.
func (g *GIL) Acquire() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.taken {
		g.taken = true
		g.ticks = 0
		return
	}
	g.take()
}

func (g *GIL) take() {
	me := g.line.PushBack(sync.NewCond(&g.mu))
	for g.taken || g.line.Front() != me {
		me.Value.(*sync.Cond).Wait()
	}
	g.line.Remove(me)
	g.taken = true
	g.ticks = 0
}

func (g *GIL) giveUp() {
	g.taken = false
	if first := g.line.Front(); first != nil {
		first.Value.(*sync.Cond).Signal()
	}
}

// check panics, without the mutex, if nobody holds the GIL.
func (g *GIL) check() {
	if !g.taken {
		g.mu.Unlock()
		panic("gil: nobody holds the GIL")
	}
}

// Tick counts, and lets the others have the GIL every Interval ticks.
func (g *GIL) Tick() {
	g.mu.Lock()
	g.check()
	g.ticks++
	if g.ticks >= Interval {
		if g.line.Len() == 0 {
			g.ticks = 0
		} else {
			g.giveUp()
			g.take()
		}
	}
	g.mu.Unlock()
}

// Release lets the first in the list take the GIL.
func (g *GIL) Release() {
	g.mu.Lock()
	g.check()
	g.giveUp()
	g.mu.Unlock()
}

// Blocking calls fn without the GIL.
func (g *GIL) Blocking(fn func()) {
	g.Release()
	defer g.Acquire()
	fn()
}
