// want: limit
// Fault: Whoever was woken does not look again whether the GIL is still free.

package gil

import "sync"

// Interval is how many ticks a turn has. Python 2 calls it the check interval.
const Interval = 100

// GIL is a global interpreter lock. A goroutine that has it is its holder. Those
// who wait for it get it in the order of arrival. Several goroutines may wait
// at once; Tick, Release and Blocking are for the holder. A GIL must not be
// copied.
type GIL struct {
	mu      sync.Mutex
	free    *sync.Cond
	held    bool
	waiting int
	ticks   int // of this turn
}

// New returns a GIL that nobody holds.
func New() *GIL {
	g := &GIL{}
	g.free = sync.NewCond(&g.mu)
	return g
}

// Acquire waits for the GIL.
func (g *GIL) Acquire() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.take()
}

func (g *GIL) take() {
	if g.held {
		g.waiting++
		g.free.Wait()
		g.waiting--
	}
	g.held = true
	g.ticks = 0
}

func (g *GIL) giveUp() {
	if !g.held {
		panic("gil: nobody holds the GIL")
	}
	g.held = false
	g.free.Signal()
}

// Tick says that the holder has run one byte code.
func (g *GIL) Tick() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.held {
		panic("gil: nobody holds the GIL")
	}
	g.ticks++
	if g.ticks < Interval {
		return
	}
	g.ticks = 0
	if g.waiting > 0 {
		g.giveUp()
		g.free.Wait()
		g.held = true
		g.ticks = 0
	}
}

// Release gives the GIL up.
func (g *GIL) Release() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.giveUp()
}

// Blocking calls fn without the GIL.
func (g *GIL) Blocking(fn func()) {
	g.Release()
	defer g.Acquire()
	fn()
}
