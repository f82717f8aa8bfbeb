package sched

import (
	"time"
	"unsafe"
)

// Timer fires once at a virtual time: it wakes a sleeper, starts a function in
// a goroutine of its own, or calls Tick. Its fields are set before Arm.
type Timer struct {
	Func func() // started in a new goroutine
	Tick func() // called by whoever holds the baton; must not block
	// Wanted tells whether anybody waits for Tick; time does not pass for a
	// timer that nobody waits for.
	Wanted func() bool
	Period time.Duration // if not 0, the timer fires again after that

	armed int64 // when Arm was called
	when  int64
	seq   int
	index int // place in the heap plus 1; 0 if not armed
	sleep *Waiter
	sync  byte // released when armed: arming happens before firing
}

// Sync is the address at which arming releases, for the race detector.
//
//go:norace
func (t *Timer) Sync() unsafe.Pointer { return unsafe.Pointer(&t.sync) }

// Arm lets t fire after d. An armed timer is moved. One with a Tick that is due
// fires at once: whoever looks finds it over.
//
//go:norace
func (r *Run) Arm(t *Timer, d time.Duration) {
	Release(t.Sync())
	t.armed = r.now
	r.arm(t, r.now+int64(max(d, 0)))
	if d <= 0 && t.Tick != nil {
		r.pass(r.now)
	}
}

//go:norace
func (r *Run) arm(t *Timer, when int64) {
	r.Disarm(t)
	if when < r.now { // the sum overflowed
		when = 1<<63 - 1
	}
	t.when = when
	r.timers.seq++
	t.seq = r.timers.seq
	r.timers.push(t)
}

// Disarm keeps t from firing and tells whether it would have.
//
//go:norace
func (r *Run) Disarm(t *Timer) bool {
	if t.index == 0 {
		return false
	}
	r.timers.remove(t)
	return true
}

// Sleep parks the current goroutine for d.
//
//go:norace
func (r *Run) Sleep(d time.Duration, op Op) {
	r.Point(op)
	if d <= 0 {
		return
	}
	t := &Timer{sleep: r.cur.Waiter()}
	r.arm(t, r.now+int64(d))
	r.Block(op)
}

// advance lets time pass to the next timer that somebody waits for, and fires
// all that are due by then. It reports false if there is none up to latest.
//
//go:norace
func (r *Run) advance(latest int64) bool {
	when, ok := r.timers.nextWanted()
	if !ok || when > latest {
		return false
	}
	r.pass(when)
	return true
}

// pass lets time pass and fires all timers that are due by then.
//
//go:norace
func (r *Run) pass(when int64) {
	r.firing = true
	for r.timers.n > 0 && r.timers.heap[0].when <= when {
		t := r.timers.heap[0]
		r.timers.remove(t)
		r.now = max(r.now, t.when)
		r.fire(t, when)
	}
	r.now = when
	r.firing = false
}

// Who waits for a time by looking at the clock, or at something that a timer
// changes, again and again, never lets time pass by waiting. Real time passes all
// the same. So with Options.BusyWaits, when there was nothing but enough looks,
// it does here, too: at first a little, then ever more, but not beyond the next
// timer.
const (
	manyLooks    = 10_000
	firstGlimpse = int64(time.Millisecond)
)

// look takes notice of an operation. Loops are no looks: who computes for long
// does not wait for time to pass.
//
//go:norace
func (r *Run) look(op Op) {
	switch op {
	case OpSpin:
	case OpSelect, OpTryLock, OpLoad, OpContext, OpYield:
		r.looks++
	default:
		r.looks, r.glimpse = 0, 0
	}
	if r.looks < manyLooks || r.mainDone {
		return
	}
	r.looks, r.glimpse = 0, max(2*r.glimpse, firstGlimpse)
	when := r.now + r.glimpse
	if r.timers.n > 0 {
		when = min(when, r.timers.heap[0].when)
	}
	r.pass(when)
}

//go:norace
func (r *Run) fire(t *Timer, until int64) {
	// Ticks that nobody waits for cost no steps, and are not gone through one
	// by one: a minute's sleep beside a ticker of a millisecond is one step.
	wanted := t.wanted()
	if t.Func != nil && r.live >= r.opt.MaxLive {
		// There is nobody to end the run here; the next step does.
		r.result.Message = tooMany
		r.steps = max(r.steps, r.limit)
		return
	}
	if wanted {
		r.steps++
	}
	switch {
	case t.sleep != nil:
		r.Wake(t.sleep)
	case t.Func != nil:
		r.GoAfter(t.Sync(), t.Func)
	default:
		t.Tick()
	}
	if t.Period > 0 {
		next := t.when + int64(t.Period)
		if !wanted && next < until {
			next += (until - next) / int64(t.Period) * int64(t.Period)
		}
		r.arm(t, next+r.dropped(t, next))
	} else {
		r.once = t.when
	}
}

// Real code cannot follow a ticker of a few nanoseconds: each of its steps takes
// time, and what ticks meanwhile is dropped. Here steps take none, and somebody
// who waits a second with such a ticker beside him would be woken a thousand
// million times. So where the period is less than tooFast, and nothing fires but
// tickers, the time from one tick to the next grows with the time that this has
// been so, of which it is one part in patience, up to longest. Ticks still come
// at multiples of the period, and the first hundred all come, but in a second
// fewer than 2,500 do. Slower tickers are exact for ever.
const (
	tooFast  = 10 * time.Microsecond // about what it takes to wake a goroutine up
	patience = 100
	longest  = time.Millisecond
)

// dropped returns for how long a ticker that would tick at next drops its ticks.
//
//go:norace
func (r *Run) dropped(t *Timer, next int64) int64 {
	if t.Period >= tooFast {
		return 0
	}
	period := int64(t.Period)
	return min((next-max(t.armed, r.once))/patience, int64(longest)) / period * period
}

//go:norace
func (t *Timer) wanted() bool { return t.Wanted == nil || t.Wanted() }

// timers is a binary heap by due time, then by order of arming.
type timers struct {
	heap []*Timer
	n    int
	seq  int
}

// nextWanted returns when the first timer is due that could make a goroutine
// ready.
//
//go:norace
func (h *timers) nextWanted() (when int64, ok bool) {
	if h.n > 0 && h.heap[0].wanted() {
		return h.heap[0].when, true // as nearly always
	}
	for i := range h.n {
		if t := h.heap[i]; (!ok || t.when < when) && t.wanted() {
			when, ok = t.when, true
		}
	}
	return when, ok
}

//go:norace
func (h *timers) push(t *Timer) {
	if h.n == len(h.heap) {
		h.heap = grow(h.heap)
	}
	h.n++
	h.set(h.n-1, t)
	h.up(h.n - 1)
}

//go:norace
func (h *timers) remove(t *Timer) {
	i := t.index - 1
	t.index = 0
	h.n--
	last := h.heap[h.n]
	h.heap[h.n] = nil
	if last == t {
		return
	}
	h.set(i, last)
	h.up(i)
	h.down(last.index - 1)
}

//go:norace
func (h *timers) set(i int, t *Timer) {
	h.heap[i] = t
	t.index = i + 1
}

//go:norace
func (h *timers) less(i, j int) bool {
	a, b := h.heap[i], h.heap[j]
	return a.when < b.when || a.when == b.when && a.seq < b.seq
}

//go:norace
func (h *timers) swap(i, j int) {
	a, b := h.heap[i], h.heap[j]
	h.set(i, b)
	h.set(j, a)
}

//go:norace
func (h *timers) up(i int) {
	for i > 0 && h.less(i, (i-1)/2) {
		h.swap(i, (i-1)/2)
		i = (i - 1) / 2
	}
}

//go:norace
func (h *timers) down(i int) {
	for {
		least := i
		for c := 2*i + 1; c <= 2*i+2 && c < h.n; c++ {
			if h.less(c, least) {
				least = c
			}
		}
		if least == i {
			return
		}
		h.swap(i, least)
		i = least
	}
}
