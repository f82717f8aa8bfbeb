package sched

import "runtime"

// Point stands before every synchronisation operation: the strategy may let
// somebody else run first.
//
//go:norace
func (r *Run) Point(op Op) {
	g := r.cur
	r.step(g, op)
	if r.opt.BusyWaits {
		r.look(op)
	}
	if r.opt.Clock == Adversarial && !r.mainDone && r.timers.n > 0 && r.timers.heap[0].when-r.now <= never && r.decideAdvance(g) {
		r.advance(r.now + never)
	}
	yields := op == OpYield || op == OpSpin
	if r.opt.Explain && yields {
		r.note(g, op)
	}
	if next := r.decide(g, yields || r.streak > fairness, false); next != g {
		r.handOver(g, next)
	}
	if r.opt.Explain && !yields {
		r.note(g, op) // this is when the operation happens
	}
}

// never is the time, in nanoseconds, that passes in no program that is still
// busy: who sets a timer further ahead wants it not to fire. A day.
const never = 24 * 60 * 60 * 1_000_000_000

// fairness is how many steps a goroutine may make in a row, while others are
// ready, before the strategy has to consider it as spinning.
const fairness = 100

// spinsPerPoint is how many loop iterations without a synchronisation
// operation make a point. It keeps a loop that waits for an ordinary
// variable to change from running for ever, and it bounds all others.
const spinsPerPoint = 1000

// Spin stands at the head of every loop body. Once in a while it is a point.
//
//go:norace
func (r *Run) Spin() {
	r.spins++
	progress++
	if r.spins >= spinsPerPoint {
		r.spins = 0
		r.steps += r.opt.Rounds - 1
		r.Point(OpSpin)
	}
}

// step counts one step.
//
//go:norace
func (r *Run) step(g *G, op Op) {
	if r.killing {
		runtime.Goexit()
	}
	r.steps++
	progress++
	r.streak++
	g.steps++
	g.op = op
	if r.opt.Explain {
		r.noteRace(g)
		g.stack = callers(3)
	}
	if r.steps >= r.limit {
		r.exhausted(g)
	}
}
