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

// Armed tells whether the timer is going to fire.
//
//go:norace
func (t *Timer) Armed() bool { return t.index > 0 }

// Arm lets t fire after d. An armed timer is moved.
//
//go:norace
func (r *Run) Arm(t *Timer, d time.Duration) {
	Release(t.Sync())
	r.arm(t, r.now+int64(max(d, 0)))
}

// Rearm lets a timer that is firing fire again d after the time it was due.
//
//go:norace
func (r *Run) Rearm(t *Timer, d time.Duration) { r.arm(t, t.when+int64(d)) }

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

// advance lets time pass to the next timer and fires all that are due then.
// It reports false if no timer could make anybody run.
//
//go:norace
func (r *Run) advance() bool {
	if !r.timers.useful() {
		return false
	}
	when := r.timers.heap[0].when
	r.now = when
	for r.timers.n > 0 && r.timers.heap[0].when == when {
		t := r.timers.heap[0]
		r.timers.remove(t)
		r.steps++
		r.fire(t)
	}
	return true
}

//go:norace
func (r *Run) fire(t *Timer) {
	switch {
	case t.sleep != nil:
		r.Wake(t.sleep)
	case t.Func != nil:
		r.GoAfter(t.Sync(), t.Func)
	default:
		t.Tick()
	}
}

// timers is a binary heap by due time, then by order of arming.
type timers struct {
	heap []*Timer
	n    int
	seq  int
}

// useful tells whether the firing of some timer could make a goroutine ready.
//
//go:norace
func (h *timers) useful() bool {
	for i := range h.n {
		if t := h.heap[i]; t.Wanted == nil || t.Wanted() {
			return true
		}
	}
	return false
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
