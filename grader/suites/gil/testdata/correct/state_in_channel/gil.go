// Package gil passes its state around in a channel, and the GIL itself in a
// channel of each thread that waits.
package gil

// Interval is how many ticks a turn has.
const Interval = 100

// GIL is a global interpreter lock.
type GIL struct {
	state chan state // has room for one, which is there unless somebody uses it
}

type state struct {
	held  bool
	ticks int             // of this turn
	line  []chan struct{} // where those wait who want the GIL
}

// New returns a GIL that nobody holds.
func New() *GIL {
	g := &GIL{make(chan state, 1)}
	g.state <- state{}
	return g
}

// Acquire takes the GIL if it is free, and else waits for it.
func (g *GIL) Acquire() {
	s := <-g.state
	if !s.held {
		g.state <- state{held: true}
		return
	}
	g.wait(s)
}

// wait goes to the end of the line, gives the state back, and waits.
func (g *GIL) wait(s state) {
	mine := make(chan struct{}, 1)
	s.line = append(s.line, mine)
	g.state <- s
	<-mine
}

// leave is the state after the holder has given up the GIL.
func (s state) leave() state {
	if len(s.line) == 0 {
		return state{}
	}
	s.line[0] <- struct{}{}
	return state{held: true, line: s.line[1:]}
}

// Tick counts, and at the end of a turn lets others in.
func (g *GIL) Tick() {
	s := <-g.state
	if !s.held {
		g.state <- s
		panic("gil: Tick without the GIL")
	}
	s.ticks++
	switch {
	case s.ticks < Interval:
		g.state <- s
	case len(s.line) == 0:
		s.ticks = 0
		g.state <- s
	default:
		g.wait(s.leave())
	}
}

// Release gives the GIL to the next in line.
func (g *GIL) Release() {
	s := <-g.state
	if !s.held {
		g.state <- s
		panic("gil: Release without the GIL")
	}
	g.state <- s.leave()
}

// Blocking calls fn without the GIL.
func (g *GIL) Blocking(fn func()) {
	g.Release()
	defer g.Acquire()
	fn()
}
