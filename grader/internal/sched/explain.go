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

// note appends what g does now.
//
//go:norace
func (r *Run) note(g *G, op Op) {
	e := Event{G: g.ID, Op: op, At: r.now, Stack: g.stack}
	if len(r.result.Events) >= maxEvents {
		r.forget()
	}
	g.last = len(r.result.Events)
	Hide()
	r.result.Events = appendEvent(r.result.Events, e)
	Show()
}

// KeptFirst is how many events at the beginning of an explained run are never
// forgotten.
const KeptFirst = 1_000

// An explained run remembers at most maxEvents events. When there are more it
// forgets those behind the first KeptFirst, up to the last keepLast.
const (
	maxEvents = 100_000
	keepLast  = 50_000
)

//go:norace
func (r *Run) forget() {
	events := r.result.Events
	gone := len(events) - KeptFirst - keepLast
	//lint:ignore S1001 the race detector would see copy
	for i := KeptFirst; i < KeptFirst+keepLast; i++ {
		events[i] = events[i+gone]
	}
	for i := KeptFirst + keepLast; i < len(events); i++ {
		events[i] = Event{}
	}
	r.result.Events = events[:KeptFirst+keepLast]
	r.result.Forgotten += gone
	for g := r.firstG; g != nil; g = g.next {
		if g.last >= KeptFirst+gone {
			g.last -= gone
		} else if g.last >= KeptFirst {
			g.last = -1
		}
	}
}

// Noted returns how many events an explained run has had so far.
//
//go:norace
func (r *Run) Noted() int { return len(r.result.Events) + r.result.Forgotten }

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
		r.result.RaceAt = r.Noted()
		r.result.Racer = g.ID
	}
}
