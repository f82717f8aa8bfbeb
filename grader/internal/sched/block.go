package sched

import "runtime"

// Block parks the current goroutine until one of its waiters is woken, and
// returns that waiter. The caller has put the waiters into their queues.
//
//go:norace
func (r *Run) Block(op Op) *Waiter {
	g := r.cur
	if r.killing {
		runtime.Goexit()
	}
	r.unready(g)
	g.woken = nil
	g.op = op
	if r.opt.Explain {
		r.noteBlock(g, op)
	}
	next := r.nextReady(g)
	if next == nil {
		r.end()
	}
	if next != g {
		r.handOver(g, next)
	}
	g.holder = nil
	return g.woken
}

// Wait is Block on a single queue.
//
//go:norace
func (r *Run) Wait(q *Queue, op Op) *Waiter {
	w := r.cur.Waiter()
	q.Push(w)
	return r.Block(op)
}

// BlockAny is Block on several waiters, as a select does it.
//
//go:norace
func (r *Run) BlockAny(op Op, ws []Waiter) *Waiter {
	r.cur.waiting = ws
	w := r.Block(op)
	return w
}

// Wake makes the goroutine of w ready and takes it out of all its queues.
//
//go:norace
func (r *Run) Wake(w *Waiter) {
	g := w.G
	g.single.Remove()
	for i := range g.waiting {
		g.waiting[i].Remove()
	}
	g.waiting = nil
	g.woken = w
	r.makeReady(g)
	if r.opt.Explain {
		r.noteWake(g)
	}
}

// WakeAll wakes everybody in q.
//
//go:norace
func (r *Run) WakeAll(q *Queue) {
	for w := q.First(); w != nil; w = q.First() {
		w.Remove()
		r.Wake(w)
	}
}

// Settle parks the current goroutine until nobody else can run at the present
// time.
//
//go:norace
func (r *Run) Settle() {
	r.step(r.cur, OpSettle)
	if r.opt.Explain {
		r.note(r.cur, OpSettle)
	}
	r.Wait(&r.settling, OpSettle)
}

// WaitOrStuck is Wait, but returns with OK false when nobody in the program
// can ever run again.
//
//go:norace
func (r *Run) WaitOrStuck(q *Queue, op Op) bool {
	g := r.cur
	g.waiting = make([]Waiter, 2)
	ws := g.waiting
	ws[0] = Waiter{G: g, OK: true}
	ws[1] = Waiter{G: g}
	q.Push(&ws[0])
	r.stuck.Push(&ws[1])
	return r.Block(op).OK
}

// handOver passes the baton from g to next and returns when g has it again.
//
//go:norace
func (r *Run) handOver(g, next *G) {
	r.cur = next
	r.streak = 0
	g.give(next)
	if r.killing {
		r.die(g)
	}
}

// nextReady returns who runs now that g cannot. When nobody is ready it lets
// time pass, and when that does not help either it sets the outcome and
// returns nil.
//
//go:norace
func (r *Run) nextReady(g *G) *G {
	for r.nready == 0 {
		if w := r.settling.First(); w != nil {
			r.Wake(w)
		} else if r.advance(1<<63 - 1) {
			if r.steps >= r.limit {
				r.setExhausted(g)
				return nil
			}
		} else if w := r.stuck.First(); w != nil {
			r.Wake(w)
		} else {
			r.outcome = Deadlock
			if r.mainDone {
				r.outcome = Leak
			}
			return nil
		}
	}
	return r.decide(g, false, true)
}

//go:norace
func (r *Run) makeReady(g *G) {
	if g.ready >= 0 {
		return
	}
	if r.nready == len(r.ready) {
		r.ready = grow(r.ready)
	}
	r.ready[r.nready] = g
	g.ready = r.nready
	r.nready++
}

//go:norace
func (r *Run) unready(g *G) {
	if g.ready < 0 {
		return
	}
	r.nready--
	last := r.ready[r.nready]
	r.ready[g.ready] = last
	last.ready = g.ready
	r.ready[r.nready] = nil
	g.ready = -1
}

// grow returns a copy of s with twice the length. The built-in append would
// tell the race detector.
//
//go:norace
func grow[T any](s []T) []T {
	out := make([]T, max(8, 2*len(s)))
	//lint:ignore S1001 the race detector would see copy
	for i := range s {
		out[i] = s[i]
	}
	return out
}
