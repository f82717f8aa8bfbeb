package sched

import (
	"time"
	"unsafe"
)

// Clock says when virtual time passes.
type Clock uint8

// The clocks.
const (
	Fair        Clock = iota // only when nobody can run: elapsed time is exact
	Adversarial              // also, as one more choice, while somebody can, up to a day ahead
)

// Run is one schedule of one program. Its methods are for the goroutines of
// the run; only the one that holds the baton may call them.
type Run struct {
	opt    Options
	cur    *G
	ready  []*G
	nready int
	few    [8]*G // for ready, to begin with

	firstG, lastG *G
	started, live int

	steps, limit int
	streak       int // steps the current goroutine has made in a row
	spins        int
	now          int64 // virtual nanoseconds
	timers       timers
	once         int64 // when a timer that is no ticker fired last
	firing       bool  // timers are being fired
	looks        int   // how often somebody has looked, since anybody did anything else
	glimpse      int64 // what passed when there were too many looks
	settling     Queue
	stuck        Queue
	chans        chanTable
	procs        int
	races        int // reports before the run

	host     chan struct{}
	outcome  Outcome
	mainDone bool
	killing  bool
	result   Result
	ended    byte // address for the edge from every goroutine's end to Do's return
}

var active *Run

// Active returns the run in progress, or nil. Every operation that would be a
// point asks for it first. So if there is none, it is here that others come in
// between, see [Jostle].
//
//go:norace
func Active() *Run {
	if active == nil && disturbed {
		Jostle()
	}
	return active
}

// progress counts runs and spins, roughly; it only has to change.
var progress int

// Progress returns a number that changes for as long as programs reach points
// or loop heads. It may be called from anywhere.
//
//go:norace
func Progress() int { return progress }

// Do runs main and all goroutines it starts to their end, one at a time.
// It must not be called while another run is active.
//
//go:norace
func Do(opt Options, main func()) Result {
	if active != nil {
		panic("sched: a run is active already")
	}
	if opt.Strategy == nil {
		opt.Strategy = Default{}
	}
	opt.MaxSteps = orDefault(opt.MaxSteps, 20_000)
	opt.MaxLive = orDefault(opt.MaxLive, 2_000)
	opt.Drain = orDefault(opt.Drain, 2_000)
	// So many rounds take much longer than what lies between two other points:
	// about as long as five of these if nothing happens in them.
	opt.Rounds = orDefault(opt.Rounds, 5)

	r := &Run{opt: opt, limit: opt.MaxSteps, host: make(chan struct{}, 1), procs: 4, races: Races()}
	r.ready = r.few[:]
	r.result.Schedule.Clock, r.result.Schedule.Chance = opt.Clock, opt.Chance
	opt.Chance.set()
	opt.Strategy.begin(r)
	g := r.start()
	active = r
	r.cur = g
	g.fn = main
	g.begin()
	g.wake()
	Hide()
	select {
	case <-r.host:
	case <-opt.Lost:
		r.outcome = Lost
	}
	Show()

	r.result.Outcome = r.outcome
	r.result.Steps = r.steps
	r.result.Elapsed = time.Duration(r.now)
	r.result.Races = Races() - r.races
	r.collectLeft()
	if r.outcome != Lost {
		r.kill()
		kept.put(r)
	}
	Acquire(unsafe.Pointer(&r.ended))
	active = nil
	return r.result
}

//go:norace
func orDefault(n, def int) int {
	if n == 0 {
		return def
	}
	return n
}

// Current returns the goroutine that holds the baton.
//
//go:norace
func (r *Run) Current() *G { return r.cur }

// Now returns the virtual time since the run began.
//
//go:norace
func (r *Run) Now() time.Duration {
	r.looks++
	return time.Duration(r.now)
}

// Steps returns how many steps the run has made so far.
//
//go:norace
func (r *Run) Steps() int { return r.steps }

// Live returns how many goroutines have not come to their end.
//
//go:norace
func (r *Run) Live() int { return r.live }

// Procs returns what the program is told of the number of processors, and
// replaces it if n is positive. It begins at 4 in every run, whatever the
// machine has.
//
//go:norace
func (r *Run) Procs(n int) int {
	old := r.procs
	if n > 0 {
		r.procs = n
	}
	return old
}
