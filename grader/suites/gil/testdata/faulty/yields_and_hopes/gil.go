// want: order
// Fault: The GIL is a sync.Mutex with a runtime.Gosched after every 100 ticks, so others get it, but nobody knows which of them.

package gil

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// Interval is how many ticks a turn has. Python 2 calls it the check interval.
const Interval = 100

// GIL is a global interpreter lock. A goroutine that has it is its holder. Those
// who wait for it get it in the order of arrival. Several goroutines may wait
// at once; Tick, Release and Blocking are for the holder. A GIL must not be
// copied.
type GIL struct {
	mu    sync.Mutex
	held  atomic.Bool
	ticks int // of this turn; guarded by mu
}

// New returns a GIL that nobody holds.
func New() *GIL { return &GIL{} }

// Acquire waits for the GIL.
func (g *GIL) Acquire() {
	g.mu.Lock()
	g.held.Store(true)
	g.ticks = 0
}

// Tick says that the holder has run one byte code.
func (g *GIL) Tick() {
	g.mustBeHeld()
	g.ticks++
	if g.ticks == Interval {
		g.Release()
		runtime.Gosched()
		g.Acquire()
	}
}

// Release gives the GIL up.
func (g *GIL) Release() {
	g.mustBeHeld()
	g.held.Store(false)
	g.mu.Unlock()
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
