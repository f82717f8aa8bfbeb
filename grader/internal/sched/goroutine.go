package sched

import (
	"runtime"
	"unsafe"
)

// G is one goroutine of a run.
type G struct {
	ID int // 1 is the program's main goroutine; the others are numbered as they start

	run  *Run
	gate gate
	// waits is what waits for the baton, not at the gate: the goroutine as the
	// runtime knows it, or the coroutine of an iterator that it has gone into.
	waits    unsafe.Pointer
	ready    int  // its place in run.ready, or -1
	begun    bool // it has had the baton
	done     bool
	finished bool // its function returned, as opposed to Goexit or panic

	single  Waiter   // for waits on one thing
	waiting []Waiter // for waits on several
	woken   *Waiter
	holder  *G   // whom it waits for, where that is known
	behind  bool // the holder holds nothing yet, but comes first
	op      Op   // what it did last, or is doing

	steps     int    // points passed
	decisions int    // choices made while it was current; half the key of a deviation
	cursor    int    // replay: its next deviation
	priority  uint64 // PCT

	last   int       // explained runs: index of its last event, or -1
	stack  []uintptr // explained runs: where it is, or was at its latest operation
	origin []uintptr
	entry  uintptr // the function that it runs
	fn     func()
	from   unsafe.Pointer // what fn comes after for the race detector, besides what started it
	next   *G
}

// Waiter returns the goroutine's own waiter, cleared, for a wait on one thing.
//
//go:norace
func (g *G) Waiter() *Waiter {
	g.single = Waiter{G: g}
	return &g.single
}

// Forget drops what the current goroutine still knows of its latest wait, such
// as the value that it received, which the garbage collector may find nowhere
// else.
//
//go:norace
func (g *G) Forget() { g.single, g.woken = Waiter{}, nil }

// WaitsFor notes whom the goroutine is about to wait for, so that a deadlock
// can be told as a story. A nil holder is fine.
//
//go:norace
func (g *G) WaitsFor(holder *G) { g.holder, g.behind = holder, false }

// WaitsBehind is WaitsFor for a goroutine that waits itself, and comes first.
//
//go:norace
func (g *G) WaitsBehind(first *G) { g.holder, g.behind = first, true }

// start makes the record of a goroutine, ready to run.
//
//go:norace
func (r *Run) start() *G {
	r.started++
	g := kept.take()
	g.ID, g.run, g.ready, g.last = r.started, r, -1, -1
	if r.lastG == nil {
		r.firstG = g
	} else {
		r.lastG.next = g
	}
	r.lastG = g
	r.live++
	r.makeReady(g)
	if s, ok := r.opt.Strategy.(interface{ started(*Run, *G) }); ok {
		s.started(r, g)
	}
	if r.opt.Explain || KeepOrigins {
		g.origin = callers(3)
	}
	return g
}

// KeepOrigins makes every run note where its goroutines were started, and not
// only those that are explained. It is set before the first run.
var KeepOrigins bool

// Alive returns the goroutines that have not come to their end, in the order
// of their numbers.
//
//go:norace
func (r *Run) Alive() []*G {
	all := make([]*G, r.live)
	n := 0
	for g := r.firstG; g != nil && n < len(all); g = g.next {
		if !g.done {
			all[n] = g
			n++
		}
	}
	return all[:n]
}

// Doing returns what the goroutine did last, or is doing, and whether it waits
// for somebody.
//
//go:norace
func (g *G) Doing() (op Op, waits bool) { return g.op, g.ready < 0 && !g.done }

// Entry returns the program counter of the function that the goroutine runs,
// and whether it has begun to.
//
//go:norace
func (g *G) Entry() (pc uintptr, begun bool) { return g.entry, g.begun }

// entry returns where the code of a function is.
//
//go:norace
func entry(fn func()) uintptr { return **(**uintptr)(unsafe.Pointer(&fn)) }

// Origin returns where the goroutine was started, innermost first, if that was
// noted.
//
//go:norace
func (g *G) Origin() []uintptr { return g.origin }

// Go starts fn in a new goroutine of the run.
//
//go:norace
func (r *Run) Go(fn func()) {
	r.Point(OpGo)
	r.checkLive()
	g := r.start()
	g.fn, g.entry = fn, entry(fn)
	r.noteChild(g)
	g.begin()
}

// GoAfter starts fn in a new goroutine, without a point. For the race detector
// it comes after what was released at from, not after what the goroutine did
// that happens to hold the baton.
//
//go:norace
func (r *Run) GoAfter(from unsafe.Pointer, fn func()) {
	g := r.start()
	g.fn, g.from, g.entry = fn, from, entry(fn)
	Hide()
	g.begin()
	Show()
}

// main is what every goroutine of the run executes.
//
//go:norace
func (g *G) main() {
	if g.from != nil {
		Acquire(g.from)
	}
	g.begun = true
	defer g.exit()
	if g.run.killing {
		return
	}
	if g.run.opt.Explain {
		g.run.note(g, OpStart)
	}
	fn := g.fn
	g.fn, g.from = nil, nil // what they hold on to may have a finalizer
	fn()
	g.finished = true
}

// exit is the last thing a goroutine does, deferred by main.
//
//go:norace
func (g *G) exit() {
	r := g.run
	if !g.finished {
		switch v := recover(); {
		case r.killing: // its end is the run's doing
		case v != nil:
			r.panicked(g, v)
		default:
			r.quit(g)
		}
	}
	ReleaseMerge(unsafe.Pointer(&r.ended))
	g.done = true
	g.Forget()
	r.live--
	if r.killing || r.outcome != Running {
		r.toHost()
		return
	}
	r.unready(g)
	if g.ID == 1 {
		r.mainReturned(g.finished)
	}
	if r.opt.Explain {
		r.noteRace(g)
		g.stack = nil
		r.note(g, OpExit)
	}
	if r.live == 0 {
		r.outcome = Finished
		r.toHost()
		return
	}
	next := r.nextReady(g)
	if next == nil {
		r.toHost()
		return
	}
	r.cur = next
	r.streak = 0
	g.leave(next)
}

// toHost gives the baton back to the goroutine that called Do.
//
//go:norace
func (r *Run) toHost() {
	Hide()
	r.host <- struct{}{}
	Show()
}

// callers returns the program counters of the calling goroutine, innermost
// first, without the skip innermost ones.
//
//go:norace
func callers(skip int) []uintptr {
	var pcs [48]uintptr
	n := runtime.Callers(skip+1, pcs[:])
	out := make([]uintptr, n)
	for i := range out {
		out[i] = pcs[i]
	}
	return out
}
