// Package gil is a global interpreter lock: of all the threads of an
// interpreter, one at a time runs byte code.
package gil

// Interval is how many ticks a turn has. Python 2 calls it the check interval.
const Interval = 100

// GIL is a global interpreter lock. A goroutine that has it is its holder. Those
// who wait for it get it in the order of arrival. Several goroutines may wait
// at once; Tick, Release and Blocking are for the holder. A GIL must not be
// copied.
type GIL struct {
	// TODO: what does a GIL have to remember, and where does one wait for it?
}

// New returns a GIL that nobody holds.
func New() *GIL {
	panic("TODO: implement New")
}

// Acquire waits in line for the GIL, and returns when the caller holds it. A
// turn of Interval ticks begins.
func (g *GIL) Acquire() {
	panic("TODO: implement Acquire")
}

// Tick says that the holder has run one byte code. The last of the Interval
// ticks of a turn ends the turn: if others wait, the first of them gets the GIL,
// and the caller waits at the end of the line. In any case the caller holds the
// GIL when Tick returns, and if a turn has ended, a new one begins. If nobody
// holds the GIL, Tick panics and changes nothing.
func (g *GIL) Tick() {
	panic("TODO: implement Tick")
}

// Release gives the GIL to the first in line, or to nobody if there is no line.
// If nobody holds the GIL, Release panics and changes nothing.
func (g *GIL) Release() {
	panic("TODO: implement Release")
}

// Blocking gives the GIL up as Release does, calls fn, and waits in line for the
// GIL again as Acquire does. The caller holds it when Blocking returns, and also
// when fn panics and the panic reaches the caller. If nobody holds the GIL,
// Blocking panics, does not call fn, and changes nothing.
func (g *GIL) Blocking(fn func()) {
	panic("TODO: implement Blocking")
}
