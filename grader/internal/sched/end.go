package sched

import (
	"runtime"
	"unsafe"
)

// exhausted ends the run because a bound was hit.
//
//go:norace
func (r *Run) exhausted(g *G) {
	r.setExhausted(g)
	r.end()
}

//go:norace
func (r *Run) setExhausted(g *G) {
	if r.mainDone {
		r.outcome = Leak
		return
	}
	r.outcome = Livelock
	r.result.Culprit = g.ID
}

const tooMany = "too many goroutines"

// checkLive ends the run when too many goroutines are alive.
//
//go:norace
func (r *Run) checkLive() {
	if r.live >= r.opt.MaxLive {
		r.result.Message = tooMany
		r.setExhausted(r.cur)
		r.end()
	}
}

// Stop ends the run. It does not return.
//
//go:norace
func (r *Run) Stop() {
	if r.killing {
		runtime.Goexit()
	}
	r.outcome = Stopped
	r.end()
}

// Fail ends the run because a primitive was used against its rules. It does
// not return.
//
//go:norace
func (r *Run) Fail(message string) {
	if r.killing {
		runtime.Goexit()
	}
	r.outcome = Misuse
	r.result.Message = message
	r.result.Culprit = r.cur.ID
	r.result.Stack = callers(2)
	r.end()
}

// end gives the baton back to the host and parks; when the goroutine is woken
// again it is to die.
//
//go:norace
func (r *Run) end() {
	g := r.cur
	r.toHost()
	g.gate.pass()
	r.die(g)
}

//go:norace
func (r *Run) panicked(g *G, v any) {
	r.outcome = Panicked
	r.result.Panic = v
	r.result.Culprit = g.ID
	r.result.Stack = callers(2)
}

// quit notes that a goroutine has ended by runtime.Goexit. The stack is still
// there.
//
//go:norace
func (r *Run) quit(g *G) {
	q := Quit{G: g.ID, Entry: g.entry, Origin: g.origin, Stack: callers(2)}
	old := r.result.Quits
	if len(old) == cap(old) {
		old = make([]Quit, len(old), max(4, 2*len(old)))
		//lint:ignore S1001 the race detector would see copy
		for i := range r.result.Quits {
			old[i] = r.result.Quits[i]
		}
	}
	old = old[:len(old)+1]
	old[len(old)-1] = q
	r.result.Quits = old
}

//go:norace
func (r *Run) mainReturned(finished bool) {
	r.mainDone = true
	r.result.Goexit = !finished
	r.limit = r.steps + r.opt.Drain
}

// collectLeft notes the goroutines that are not done.
//
//go:norace
func (r *Run) collectLeft() {
	left := make([]Left, r.live)
	n := 0
	for g := r.firstG; g != nil; g = g.next {
		if r.opt.Explain {
			r.result.Origins = append(r.result.Origins, g.origin)
		}
		if g.done {
			continue
		}
		l := Left{G: g.ID, Op: g.op, Waits: g.ready < 0, Stack: g.stack}
		if g.holder != nil {
			l.Holder, l.Behind = g.holder.ID, g.behind
		}
		left[n] = l
		n++
	}
	r.result.Left = left[:n]
}

// kill ends every goroutine that is left, in the order of their start. Each
// one runs its deferred calls; whatever operation they attempt ends them at
// once. That they die in the middle of what they did is not the program's
// doing, so for the race detector everything it did comes before: first all of
// them release what they did so far, then one after the other dies.
//
//go:norace
func (r *Run) kill() {
	r.killing = true
	Hide()
	for range 2 {
		for g := r.firstG; g != nil; g = g.next {
			if !g.done {
				r.cur = g
				g.wake()
				<-r.host
			}
		}
	}
	Show()
}

// die ends the current goroutine, which has been woken by kill.
//
//go:norace
func (r *Run) die(g *G) {
	ReleaseMerge(unsafe.Pointer(&r.ended))
	r.toHost()
	g.gate.pass()
	Acquire(unsafe.Pointer(&r.ended))
	runtime.Goexit()
}
