package sched

// Strategy makes the choices of a run. Its methods are called by whichever
// goroutine holds the baton, and so are not visible to the race detector.
// A strategy serves one run at a time.
type Strategy interface {
	// String names the strategy in reports.
	String() string
	// begin is called before the run starts.
	begin(r *Run)
	// pick returns one of the ready goroutines, of which there are at least
	// two. def is what the default schedule would do; cur is current, and
	// relieved tells that it cannot or should not go on.
	pick(r *Run, cur, def *G, relieved bool) *G
	// choose returns a number below n: which of n equal things happens.
	choose(r *Run, cur *G, n int) int
	// advance tells whether time passes although somebody can run.
	advance(r *Run, cur *G) bool
}

// decide returns the ready goroutine that runs next. yielding tells that cur
// wants, or has, to give way; blocked that it cannot go on.
//
//go:norace
func (r *Run) decide(cur *G, yielding, blocked bool) *G {
	cur.decisions++
	if r.nready == 1 {
		return r.ready[0]
	}
	def := cur
	if yielding || blocked {
		def = r.nextInTurn(cur)
	}
	next := r.opt.Strategy.pick(r, cur, def, yielding || blocked)
	if next != def {
		r.deviate(cur, next.ID)
	}
	return next
}

// nextInTurn returns the ready goroutine that comes after cur in the order of
// their numbers, beginning again at the lowest.
//
//go:norace
func (r *Run) nextInTurn(cur *G) *G {
	var above, lowest *G
	for i := range r.nready {
		g := r.ready[i]
		if g.ID > cur.ID && (above == nil || g.ID < above.ID) {
			above = g
		}
		if lowest == nil || g.ID < lowest.ID {
			lowest = g
		}
	}
	if above != nil {
		return above
	}
	return lowest
}

// Choose returns a number below n: which of n things that could all happen
// does happen. 0 is the default.
//
//go:norace
func (r *Run) Choose(n int) int {
	cur := r.cur
	cur.decisions++
	if n <= 1 {
		return 0
	}
	c := r.opt.Strategy.choose(r, cur, n)
	if c != 0 {
		r.deviate(cur, c)
	}
	return c
}

//go:norace
func (r *Run) decideAdvance(cur *G) bool {
	cur.decisions++
	if !r.opt.Strategy.advance(r, cur) {
		return false
	}
	r.deviate(cur, 1)
	return true
}

// deviate writes down that cur's latest decision was not the default.
//
//go:norace
func (r *Run) deviate(cur *G, to int) {
	s := &r.result.Schedule
	if s.n == len(s.list) {
		s.list = grow(s.list)
	}
	s.list[s.n] = Deviation{G: cur.ID, At: cur.decisions, To: to}
	s.n++
}

// Default is the schedule that everybody thinks of first: a goroutine runs
// until it blocks, yields or spins, then the next one in the order of their
// numbers has its turn.
type Default struct{}

// String returns "default".
func (Default) String() string { return "default" }

//go:norace
func (Default) begin(*Run) {}

//go:norace
func (Default) pick(_ *Run, _, def *G, _ bool) *G { return def }

//go:norace
func (Default) choose(*Run, *G, int) int { return 0 }

//go:norace
func (Default) advance(*Run, *G) bool { return false }
