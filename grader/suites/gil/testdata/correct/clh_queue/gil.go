// Package gil is a queue in which everybody waits for the one in front, after
// Craig (1993) and Landin and Hagersten (1994), whose names make CLH.
package gil

import "sync/atomic"

// Interval is how many ticks a turn has.
const Interval = 100

// GIL is a global interpreter lock.
type GIL struct {
	tail  atomic.Pointer[turn] // of the one who came last
	now   *turn                // of the holder, or nil; only the holder touches it
	ticks int                  // of this turn; only the holder touches it
}

// turn is a place in the queue.
type turn struct {
	over chan struct{} // closed when its owner has had the GIL and given it up
}

// New returns a GIL that nobody holds.
func New() *GIL {
	g := &GIL{}
	first := &turn{make(chan struct{})}
	close(first.over)
	g.tail.Store(first)
	return g
}

// Acquire waits for the one who came before.
func (g *GIL) Acquire() {
	mine := &turn{make(chan struct{})}
	g.follow(mine, g.tail.Swap(mine))
}

func (g *GIL) follow(mine, before *turn) {
	<-before.over
	g.now, g.ticks = mine, 0
}

// Tick ends the turn if it was the last of its ticks: the next turn of the
// caller is in the queue before this one is over.
func (g *GIL) Tick() {
	if g.now == nil {
		panic("gil: nobody holds the GIL")
	}
	g.ticks++
	if g.ticks < Interval {
		return
	}
	mine := &turn{make(chan struct{})}
	before := g.tail.Swap(mine)
	g.Release()
	g.follow(mine, before)
}

// Release lets the next one go on.
func (g *GIL) Release() {
	mine := g.now
	if mine == nil {
		panic("gil: nobody holds the GIL")
	}
	g.now = nil
	close(mine.over)
}

// Blocking calls fn without the GIL.
func (g *GIL) Blocking(fn func()) {
	g.Release()
	defer g.Acquire()
	fn()
}
