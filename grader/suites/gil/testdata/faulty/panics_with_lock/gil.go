// want: panic
// Fault: Release panics with its mutex locked, and the next call waits for that mutex for ever.

package gil

import "sync"

// Interval is how many ticks a turn has. Python 2 calls it the check interval.
const Interval = 100

// GIL is a global interpreter lock. A goroutine that has it is its holder. Those
// who wait for it get it in the order of arrival. Several goroutines may wait
// at once; Tick, Release and Blocking are for the holder. A GIL must not be
// copied.
type GIL struct {
	// left is how many ticks the turn still has; 0 means that nobody holds the
	// GIL. Nobody but the holder looks at it, so Tick needs no lock.
	left int

	mu   sync.Mutex
	held bool
	// line has a channel for everybody who waits, in the order of arrival. When
	// it is closed, the GIL is theirs.
	line []chan struct{}
}

// New returns a GIL that nobody holds.
func New() *GIL { return &GIL{} }

// Acquire waits in line for the GIL, and returns when the caller holds it. A
// turn of Interval ticks begins.
func (g *GIL) Acquire() {
	g.mu.Lock()
	turn := g.queue()
	if !g.held { // then there is nobody else in the line
		g.next()
	}
	g.mu.Unlock()
	<-turn
}

// Tick says that the holder has run one byte code. The last of the Interval
// ticks of a turn ends the turn: if others wait, the first of them gets the GIL,
// and the caller waits at the end of the line. In any case the caller holds the
// GIL when Tick returns, and if a turn has ended, a new one begins. If nobody
// holds the GIL, Tick panics and changes nothing.
func (g *GIL) Tick() {
	g.mustBeHeld("Tick")
	if g.left > 1 {
		g.left--
		return
	}
	g.mu.Lock()
	turn := g.queue()
	g.next() // which is the caller itself if nobody else waits
	g.mu.Unlock()
	<-turn
}

// Release gives the GIL to the first in line, or to nobody if there is no line.
// If nobody holds the GIL, Release panics and changes nothing.
func (g *GIL) Release() {
	g.mu.Lock()
	g.mustBeHeld("Release")
	g.next()
	g.mu.Unlock()
}

// Blocking gives the GIL up as Release does, calls fn, and waits in line for the
// GIL again as Acquire does. The caller holds it when Blocking returns, and also
// when fn panics and the panic reaches the caller. If nobody holds the GIL,
// Blocking panics, does not call fn, and changes nothing.
func (g *GIL) Blocking(fn func()) {
	g.Release()
	defer g.Acquire()
	fn()
}

// queue puts the caller at the end of the line.
func (g *GIL) queue() (turn chan struct{}) {
	turn = make(chan struct{})
	g.line = append(g.line, turn)
	return turn
}

// next lets the first in line have the GIL, without it being free in between.
func (g *GIL) next() {
	if len(g.line) == 0 {
		g.held, g.left = false, 0
		return
	}
	g.held, g.left = true, Interval
	close(g.line[0])
	g.line[0] = nil // or the slice would keep it in memory
	g.line = g.line[1:]
}

// mustBeHeld panics if nobody holds the GIL.
func (g *GIL) mustBeHeld(method string) {
	if g.left == 0 {
		panic("gil: " + method + " of a GIL that nobody holds")
	}
}
