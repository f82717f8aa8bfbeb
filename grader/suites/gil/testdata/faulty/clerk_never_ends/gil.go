// want: leak
// Fault: A goroutine hands out the GIL, and it never ends, for a GIL has no Close.

package gil

import "sync/atomic"

// Interval is how many ticks a turn has. Python 2 calls it the check interval.
const Interval = 100

// GIL is a global interpreter lock. A goroutine that has it is its holder. Those
// who wait for it get it in the order of arrival. Several goroutines may wait
// at once; Tick, Release and Blocking are for the holder. A GIL must not be
// copied.
type GIL struct {
	ask   chan request
	leave chan chan struct{} // the holder's; receives where it waits, or nil
	held  atomic.Bool
	ticks int // of this turn; only the holder touches it
}

// request is where somebody waits.
type request chan struct{}

// New returns a GIL that nobody holds.
func New() *GIL {
	g := &GIL{ask: make(chan request), leave: make(chan chan struct{})}
	go g.clerk()
	return g
}

// clerk lets in one after the other.
func (g *GIL) clerk() {
	var line []request
	held := false
	for {
		select {
		case r := <-g.ask:
			line = append(line, r)
		case again := <-g.leave:
			held = false
			if again != nil {
				line = append(line, again)
			}
		}
		if !held && len(line) > 0 {
			held = true
			close(line[0])
			line = line[1:]
		}
	}
}

// Acquire waits for the GIL.
func (g *GIL) Acquire() {
	turn := make(request)
	g.ask <- turn
	<-turn
	g.held.Store(true)
	g.ticks = 0
}

// Tick says that the holder has run one byte code.
func (g *GIL) Tick() {
	g.mustBeHeld()
	g.ticks++
	if g.ticks < Interval {
		return
	}
	turn := make(chan struct{})
	g.leave <- turn
	<-turn
	g.ticks = 0
}

// Release gives the GIL up.
func (g *GIL) Release() {
	g.mustBeHeld()
	g.held.Store(false)
	g.leave <- nil
}

// Blocking calls fn without the GIL.
func (g *GIL) Blocking(fn func()) {
	g.Release()
	defer g.Acquire()
	fn()
}

func (g *GIL) mustBeHeld() {
	if !g.held.Load() {
		panic("gil: nobody holds the GIL")
	}
}
