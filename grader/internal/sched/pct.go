package sched

import "strconv"

// PCT gives every goroutine a random priority and always runs the ready one
// with the highest; at depth-1 random steps the running goroutine falls to the
// bottom. A bug that needs depth orderings to be met is found with a
// probability of at least 1/(n·k^(depth-1)) for n goroutines and k steps
// (Burckhardt, Kothari, Musuvathi, Nagarakatte: A Randomized Scheduler with
// Probabilistic Guarantees of Finding Bugs, ASPLOS 2010).
//
// One rule is added: a goroutine that yields or spins falls to the bottom as
// well, for otherwise it would keep the one it waits for from running.
type PCT struct {
	rng    rng
	depth  int
	length int
	change [maxDepth]int // steps at which the current goroutine falls; 0 when it has
	floor  uint64        // priority for the next one that falls
}

const maxDepth = 8

// NewPCT returns the strategy for one seed. depth is at least 1; length is
// the number of steps the program is expected to make.
func NewPCT(seed uint64, depth, length int) *PCT {
	return &PCT{rng: newRNG(seed), depth: min(depth, maxDepth), length: max(length, 1)}
}

// String returns "pct" and the depth.
func (s *PCT) String() string { return "pct" + strconv.Itoa(s.depth) }

//go:norace
func (s *PCT) begin(*Run) {
	s.floor = 1 << 32
	for i := range s.depth - 1 {
		s.change[i] = 1 + s.rng.below(s.length)
	}
}

// started gives a new goroutine its priority.
//
//go:norace
func (s *PCT) started(_ *Run, g *G) { g.priority = s.rng.next() | 1<<62 }

//go:norace
func (s *PCT) pick(r *Run, cur, _ *G, relieved bool) *G {
	if relieved {
		s.fall(cur)
	} else {
		for i := range s.depth - 1 {
			if s.change[i] > 0 && s.change[i] <= r.steps {
				s.change[i] = 0
				s.fall(cur)
			}
		}
	}
	best := r.ready[0]
	for i := 1; i < r.nready; i++ {
		if g := r.ready[i]; g.priority > best.priority {
			best = g
		}
	}
	return best
}

//go:norace
func (s *PCT) fall(g *G) {
	if g.ready < 0 {
		return // it blocks, which is no reason to lose its place
	}
	s.floor--
	g.priority = s.floor
}

//go:norace
func (s *PCT) choose(_ *Run, _ *G, n int) int { return s.rng.below(n) }

//go:norace
func (s *PCT) advance(*Run, *G) bool { return s.rng.below(2*advanceOneIn) == 0 }
