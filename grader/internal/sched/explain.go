package sched

// Event is one step of an explained run.
type Event struct {
	G      int
	Op     Op
	At     int64     // virtual nanoseconds
	Stack  []uintptr // where; innermost first
	Blocks bool      // the operation had to wait
	Wakes  []int     // goroutines it made ready
	Child  int       // OpGo: the goroutine it started
}

// note appends an event; skip is the number of frames between the program and
// here, 0 for no stack.
//
//go:norace
func (r *Run) note(g *G, op Op, skip int) {
	r.noteRace(g)
	e := Event{G: g.ID, Op: op, At: r.now}
	if skip > 0 {
		e.Stack = callers(skip)
	}
	g.last = len(r.result.Events)
	Hide()
	r.result.Events = appendEvent(r.result.Events, e)
	Show()
}

// Noted returns how many events an explained run has so far.
//
//go:norace
func (r *Run) Noted() int { return len(r.result.Events) }

//go:norace
func appendEvent(s []Event, e Event) []Event {
	if len(s) == cap(s) {
		bigger := make([]Event, len(s), max(64, 2*len(s)))
		//lint:ignore S1001 the race detector would see copy
		for i := range s {
			bigger[i] = s[i]
		}
		s = bigger
	}
	s = s[:len(s)+1]
	s[len(s)-1] = e
	return s
}

//go:norace
func (r *Run) noteBlock(g *G, op Op) {
	if g.last >= 0 {
		r.result.Events[g.last].Blocks = true
	}
}

//go:norace
func (r *Run) noteWake(g *G) {
	if r.firing || r.cur.last < 0 {
		return
	}
	e := &r.result.Events[r.cur.last]
	wakes := make([]int, len(e.Wakes)+1)
	//lint:ignore S1001 the race detector would see copy
	for i := range e.Wakes {
		wakes[i] = e.Wakes[i]
	}
	wakes[len(e.Wakes)] = g.ID
	e.Wakes = wakes
}

//go:norace
func (r *Run) noteChild(g *G) {
	if r.opt.Explain && r.cur.last >= 0 {
		r.result.Events[r.cur.last].Child = g.ID
	}
}

// noteRace notes where the run stood when the first race was reported.
//
//go:norace
func (r *Run) noteRace(g *G) {
	if r.result.RaceAt == 0 && Races() > r.races {
		r.result.RaceAt = len(r.result.Events)
		r.result.Racer = g.ID
	}
}
