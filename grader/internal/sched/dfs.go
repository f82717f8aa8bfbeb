package sched

import "strconv"

// DFS runs all interleavings with at most so many preemptions, one after the
// other, deepest choice first (the bound is that of Musuvathi, Qadeer:
// Iterative Context Bounding for Systematic Testing of Multithreaded Programs,
// PLDI 2007). One object serves many runs of the same program:
//
//	s := NewDFS(2)
//	for s.Next() {
//		res := Do(Options{Strategy: s}, main)
//		…
//	}
//	// s.Complete(): all s.Count() interleavings with at most 2 preemptions
//
// A preemption takes the baton from a goroutine that could go on and neither
// yields nor spins. Letting time pass while somebody can run, on the
// adversarial clock, counts as one too. Everything else is free: who is next
// when a goroutine blocks, ends or gives way, and which of several equal things
// happens. As under every strategy, a goroutine that yields, spins or has made
// too many steps in a row gives way to another one; that it goes on at once is
// no interleaving of its own.
//
// A program that waits in loops has an endless tree all the same: two who wait
// can give way to each other for ever, and starve the one they wait for. So a
// run that has used up half of its steps, or made 10,000 choices, goes on as
// the default schedule does, which starves nobody: a livelock is then the
// program's own. Complete stays false.
//
// The paper runs all interleavings without a preemption first, then those with
// one, and so on. To have that order, use a DFS of bound 0, then one of bound
// 1; each repeats the runs of the one before.
type DFS struct {
	bound    int
	count    int
	stack    []choice // the choices of the latest run, and what is tried next
	n        int
	depth    int  // how many of them the run has come to
	spent    int  // preemptions in the run so far
	ran      bool // the prepared schedule has been run
	diverged bool // some run went another way than the stack says
	cut      bool // some run had choices beyond those that are tried
	done     bool
}

// choice is a decision that has more than one alternative within the bound.
// Its alternatives are numbered from 0, the default.
type choice struct {
	g, at int // which one: as in a Deviation
	n     int // how many alternatives
	try   int // the one that is tried
}

// maxChoices bounds the memory: what is decided after so many choices in one
// run comes out as the default.
const maxChoices = 10_000

// NewDFS returns the strategy for a bound on the preemptions of a run; there
// is no bound if it is negative.
func NewDFS(preemptions int) *DFS { return &DFS{bound: max(preemptions, -1)} }

// String returns "dfs" and the bound, if there is one.
func (s *DFS) String() string {
	if s.bound < 0 {
		return "dfs"
	}
	return "dfs" + strconv.Itoa(s.bound)
}

// Next prepares the next schedule and tells whether there is one. It is to be
// called before each run, also before the first. A schedule that was prepared
// but not run stays the next one.
func (s *DFS) Next() bool {
	if s.done || !s.ran {
		return !s.done
	}
	s.ran = false
	if s.depth < s.n {
		s.diverged = true // it ended before it came to what was to be tried
	}
	for ; s.n > 0; s.n-- {
		if c := &s.stack[s.n-1]; c.try+1 < c.n {
			c.try++
			return true
		}
	}
	s.done = true
	return false
}

// Complete tells whether every interleaving within the bound has been run. It
// becomes true when Next finds no more, unless a run diverged, or was so long
// that it had to go on as the default schedule does. Runs that end early, in a
// deadlock or a panic, count as run.
func (s *DFS) Complete() bool { return s.done && !s.diverged && !s.cut }

// Diverged tells whether in some run the program, after the same choices as in
// the run before, came to another choice than then, or to its end: it depends
// on something that the schedule does not decide. Where such a run does not
// fit it takes the default, and what it was to try counts as tried, so that
// Next comes to an end all the same.
func (s *DFS) Diverged() bool { return s.diverged }

// Count returns how many runs were made so far.
func (s *DFS) Count() int { return s.count }

//go:norace
func (s *DFS) begin(*Run) {
	s.count++
	s.depth, s.spent, s.ran = 0, 0, true
}

//go:norace
func (s *DFS) pick(r *Run, cur, def *G, relieved bool) *G {
	n := r.nready
	if relieved && cur.ready >= 0 {
		n-- // cur gives way: anybody but it
	}
	next := def
	for i := s.alternative(r, cur, n, !relieved); i > 0; i-- {
		next = r.following(next, cur, def)
	}
	return next
}

// following returns the ready goroutine with the next higher number than g,
// leaving out cur and def; after def comes the lowest. So the order does not
// depend on how the goroutines became ready.
//
//go:norace
func (r *Run) following(g, cur, def *G) *G {
	above := 0
	if g != def {
		above = g.ID
	}
	var next *G
	for i := range r.nready {
		c := r.ready[i]
		if c != cur && c != def && c.ID > above && (next == nil || c.ID < next.ID) {
			next = c
		}
	}
	return next
}

//go:norace
func (s *DFS) choose(r *Run, cur *G, n int) int { return s.alternative(r, cur, n, false) }

//go:norace
func (s *DFS) advance(r *Run, cur *G) bool {
	if _, ok := r.timers.nextWanted(); !ok {
		return false // no time would pass
	}
	return s.alternative(r, cur, 2, true) == 1
}

// alternative returns which of the n alternatives of cur's latest decision is
// to be tried now. costs tells that all but the first are preemptions.
//
//go:norace
func (s *DFS) alternative(r *Run, cur *G, n int, costs bool) int {
	// What the bound forbids is no choice. It does not get onto the stack, so
	// all that is on it may be tried.
	if n == 1 || costs && s.spent == s.bound {
		return 0
	}
	if s.depth == maxChoices || r.pastHalf() {
		s.cut = true
		return 0
	}
	if s.depth == s.n {
		s.push(choice{g: cur.ID, at: cur.decisions, n: n})
	}
	c := &s.stack[s.depth]
	if c.g != cur.ID || c.at != cur.decisions || c.n != n {
		s.diverged = true
		return 0
	}
	s.depth++
	if costs && c.try > 0 {
		s.spent++
	}
	return c.try
}

// pastHalf tells whether less than half of the steps are left that were granted
// to the run, or to those whom the main goroutine left behind.
//
//go:norace
func (r *Run) pastHalf() bool {
	granted := r.opt.MaxSteps
	if r.mainDone {
		granted = r.opt.Drain
	}
	return 2*(r.limit-r.steps) < granted
}

//go:norace
func (s *DFS) push(c choice) {
	if s.n == len(s.stack) {
		s.stack = grow(s.stack)
	}
	s.stack[s.n] = c
	s.n++
}
