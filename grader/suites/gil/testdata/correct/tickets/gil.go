// Package gil serves by numbers, as in a public office: everybody takes one, and
// all look up when the next one is called.
package gil

import "sync"

// Interval is how many ticks a turn has.
const Interval = 100

// GIL is a global interpreter lock.
type GIL struct {
	mu     sync.Mutex
	called *sync.Cond
	drawn  int // numbers that were taken
	now    int // the number whose turn it is
	inside bool
	ticks  int
}

// New returns a GIL that nobody holds.
func New() *GIL {
	g := &GIL{}
	g.called = sync.NewCond(&g.mu)
	return g
}

// Acquire draws a number and waits until it is called.
func (g *GIL) Acquire() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.wait()
}

func (g *GIL) wait() {
	mine := g.drawn
	g.drawn++
	for g.now != mine {
		g.called.Wait()
	}
	g.inside = true
	g.ticks = 0
}

func (g *GIL) leave() {
	if !g.inside {
		panic("gil: not held")
	}
	g.inside = false
	g.now++
	g.called.Broadcast()
}

// Tick counts, and every Interval ticks draws a new number.
func (g *GIL) Tick() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.inside {
		panic("gil: not held")
	}
	if g.ticks++; g.ticks == Interval {
		g.leave()
		g.wait()
	}
}

// Release has the next number called.
func (g *GIL) Release() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.leave()
}

// Blocking calls fn without the GIL.
func (g *GIL) Blocking(fn func()) {
	g.Release()
	defer func() {
		v := recover()
		g.Acquire()
		if v != nil {
			panic(v)
		}
	}()
	fn()
}
