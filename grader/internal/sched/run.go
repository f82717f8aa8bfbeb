package sched

import (
	"runtime"
	"time"
	"unsafe"
)

// Clock says when virtual time passes.
type Clock uint8

// The clocks.
const (
	Fair        Clock = iota // only when nobody can run: elapsed time is exact
	Adversarial              // also, as one more choice, while somebody can
)

// Outcome says how a run ended.
type Outcome uint8

// The outcomes.
const (
	Running  Outcome = iota
	Finished         // every goroutine came to its end
	Deadlock         // nobody can run, and the main goroutine is not done
	Leak             // the main goroutine is done, but others cannot come to an end
	Livelock         // the step bound or the bound on live goroutines was hit
	Panicked         // a panic nobody recovered
	Misuse           // a primitive was used against its rules
	Stopped          // the program asked for the end, by Stop
	Lost             // a goroutine blocks in code that is not under control
)

// Options configures a run. The zero value runs the default schedule.
type Options struct {
	Strategy Strategy // nil: Default
	Clock    Clock
	MaxSteps int              // bound on steps; 0 means 20,000
	MaxLive  int              // bound on goroutines alive at once; 0 means 2,000
	Drain    int              // steps granted to the others after main has returned; 0 means 2,000
	Explain  bool             // note every step with its program counters; about ten times slower
	Lost     <-chan time.Time // delivers when the process is stuck outside of the run's control
}

// Result is what a run came to.
type Result struct {
	Outcome  Outcome
	Message  string // for Misuse and Livelock: what happened
	Panic    any    // for Panicked: the value
	Stack    []uintptr
	Culprit  int  // the goroutine that panicked, looped or misused; 0 if none
	Goexit   bool // the main goroutine ended by runtime.Goexit
	Steps    int
	Races    int           // race reports during the run
	Elapsed  time.Duration // virtual time
	Schedule Schedule      // the choices made
	Diverged bool          // replay: a deviation asked for something impossible
	Left     []Left        // goroutines that had not come to their end
	Events   []Event       // explained runs: every step
	Origins  [][]uintptr   // explained runs: where goroutine i+1 was started
	RaceAt   int           // explained runs: how many events there were when the first race was reported
	Racer    int           // explained runs: the goroutine that was running then
}

// Left is a goroutine that had not come to its end when the run did.
type Left struct {
	G      int
	Op     Op // what it was doing
	Waits  bool
	Holder int // the goroutine it waits for, where that is known; else 0
	Event  int // index into Events of the last thing it did, or -1
}

// Run is one schedule of one program. Its methods are for the goroutines of
// the run; only the one that holds the baton may call them.
type Run struct {
	opt    Options
	cur    *G
	ready  []*G
	nready int

	firstG, lastG *G
	started, live int

	steps, limit int
	streak       int // steps the current goroutine has made in a row
	spins        int
	now          int64 // virtual nanoseconds
	timers       timers
	firing       bool // timers are being fired
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

// Active returns the run in progress, or nil.
//
//go:norace
func Active() *Run { return active }

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

	r := &Run{opt: opt, limit: opt.MaxSteps, host: make(chan struct{}, 1), procs: 4, races: Races()}
	r.result.Schedule.Clock = opt.Clock
	opt.Strategy.begin(r)
	g := r.start()
	active = r
	r.cur = g
	go g.main(main)
	Hide()
	g.gate <- struct{}{}
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
func (r *Run) Now() time.Duration { return time.Duration(r.now) }

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

// Point stands before every synchronisation operation: the strategy may let
// somebody else run first.
//
//go:norace
func (r *Run) Point(op Op) {
	g := r.cur
	r.step(g, op)
	if r.opt.Clock == Adversarial && !r.mainDone && r.timers.n > 0 && r.decideAdvance(g) {
		r.advance()
	}
	if next := r.decide(g, op == OpYield || op == OpSpin || r.streak > fairness, false); next != g {
		r.handOver(g, next)
	}
}

// fairness is how many steps a goroutine may make in a row, while others are
// ready, before the strategy has to consider it as spinning.
const fairness = 100

// spinsPerPoint is how many loop iterations without a synchronisation
// operation make a point. It keeps a loop that waits for an ordinary
// variable to change from running for ever, and it bounds all others.
const spinsPerPoint = 1000

// spinSteps is how many steps of the bound such a point uses up, since it took
// so much longer than others.
const spinSteps = 5

// Spin stands at the head of every loop body. Once in a while it is a point.
//
//go:norace
func (r *Run) Spin() {
	r.spins++
	progress++
	if r.spins >= spinsPerPoint {
		r.spins = 0
		r.steps += spinSteps - 1
		r.Point(OpSpin)
	}
}

// step counts and, in an explained run, notes one step.
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
		r.note(g, op, 4)
	}
	if r.steps >= r.limit {
		r.exhausted(g)
	}
}

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

// checkLive ends the run when too many goroutines are alive.
//
//go:norace
func (r *Run) checkLive() {
	if r.live >= r.opt.MaxLive {
		r.result.Message = "too many goroutines"
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
	g.await()
	r.die(g)
}

//go:norace
func (r *Run) panicked(g *G, v any) {
	r.outcome = Panicked
	r.result.Panic = v
	r.result.Culprit = g.ID
	r.result.Stack = callers(2)
}

//go:norace
func (r *Run) mainReturned(finished bool) {
	r.mainDone = true
	r.result.Goexit = !finished
	r.limit = r.steps + r.opt.Drain
}

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
	g.self.Remove()
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
	Hide()
	next.gate <- struct{}{}
	<-g.gate
	Show()
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
		} else if r.advance() {
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
		l := Left{G: g.ID, Op: g.op, Waits: g.ready < 0, Event: g.last}
		if g.holder != nil {
			l.Holder = g.holder.ID
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
				g.gate <- struct{}{}
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
	g.await()
	Acquire(unsafe.Pointer(&r.ended))
	runtime.Goexit()
}
