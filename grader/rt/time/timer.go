package time

import (
	"time"

	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/rt"
)

// Timer is the twin of time.Timer.
type Timer struct {
	C <-chan time.Time

	real *time.Timer
	c    chan time.Time
	t    sched.Timer
}

// NewTimer is the twin of time.NewTimer.
//
//go:norace
func NewTimer(d time.Duration) *Timer {
	r := sched.Active()
	if r == nil {
		t := time.NewTimer(d)
		return &Timer{real: t, C: t.C}
	}
	r.Point(sched.OpTimer)
	t := &Timer{c: make(chan time.Time)}
	t.C = t.c
	deliverTicks(&t.t, t.c, 0)
	r.Arm(&t.t, d)
	return t
}

// deliverTicks makes t put the time into c whenever it fires, and once more
// after every period that is not 0.
//
//go:norace
func deliverTicks(t *sched.Timer, c chan time.Time, period time.Duration) {
	t.Tick = func() { tick(t, c) }
	t.Period = period
	t.Wanted = func() bool { return rt.Awaited(c) }
}

//go:norace
func tick(t *sched.Timer, c chan time.Time) {
	r := sched.Active()
	rt.Deliver(c, epoch.Add(r.Now()), t.Sync())
}

// After is the twin of time.After.
func After(d time.Duration) <-chan time.Time { return NewTimer(d).C }

// AfterFunc is the twin of time.AfterFunc.
//
//go:norace
func AfterFunc(d time.Duration, f func()) *Timer {
	r := sched.Active()
	if r == nil {
		return &Timer{real: time.AfterFunc(d, sched.ToItsEnd(f))}
	}
	r.Point(sched.OpTimer)
	t := &Timer{}
	t.t.Func = f
	r.Arm(&t.t, d)
	return t
}

// Stop is the twin of (*time.Timer).Stop. After it returns, nothing from before
// is received from C.
//
//go:norace
func (t *Timer) Stop() bool {
	if t.real != nil {
		return t.real.Stop()
	}
	r := t.run("Stop")
	r.Point(sched.OpStop)
	drained := drain(t.c)
	return r.Disarm(&t.t) || drained
}

// Reset is the twin of (*time.Timer).Reset.
//
//go:norace
func (t *Timer) Reset(d time.Duration) bool {
	if t.real != nil {
		return t.real.Reset(d)
	}
	r := t.run("Reset")
	r.Point(sched.OpTimer)
	drained := drain(t.c)
	active := r.Disarm(&t.t)
	r.Arm(&t.t, d)
	return active || drained
}

//go:norace
func (t *Timer) run(method string) *sched.Run {
	r := sched.Active()
	if r == nil || t.c == nil && t.t.Func == nil {
		panic("time: " + method + " called on uninitialized Timer")
	}
	return r
}

// drain takes back a tick that nobody has received.
//
//go:norace
func drain(c chan time.Time) bool { return c != nil && rt.Retract(c) }

// Ticker is the twin of time.Ticker.
type Ticker struct {
	C <-chan time.Time

	real *time.Ticker
	c    chan time.Time
	t    sched.Timer
}

// NewTicker is the twin of time.NewTicker.
//
//go:norace
func NewTicker(d time.Duration) *Ticker {
	r := sched.Active()
	if r == nil || d <= 0 {
		t := time.NewTicker(d) // panics if d is not positive
		return &Ticker{real: t, C: t.C}
	}
	r.Point(sched.OpTimer)
	t := &Ticker{c: make(chan time.Time)}
	t.C = t.c
	deliverTicks(&t.t, t.c, d)
	r.Arm(&t.t, d)
	return t
}

// Tick is the twin of time.Tick.
func Tick(d time.Duration) <-chan time.Time {
	if d <= 0 {
		return nil
	}
	return NewTicker(d).C
}

// Stop is the twin of (*time.Ticker).Stop.
//
//go:norace
func (t *Ticker) Stop() {
	if t.real != nil {
		t.real.Stop()
		return
	}
	r := sched.Active()
	if r == nil || t.c == nil {
		return
	}
	r.Point(sched.OpStop)
	r.Disarm(&t.t)
	drain(t.c)
}

// Reset is the twin of (*time.Ticker).Reset.
//
//go:norace
func (t *Ticker) Reset(d time.Duration) {
	if t.real != nil {
		t.real.Reset(d)
		return
	}
	if d <= 0 {
		panic("non-positive interval for Ticker.Reset")
	}
	r := sched.Active()
	if r == nil || t.c == nil {
		panic("time: Reset called on uninitialized Ticker")
	}
	r.Point(sched.OpTimer)
	r.Disarm(&t.t)
	drain(t.c)
	deliverTicks(&t.t, t.c, d)
	r.Arm(&t.t, d)
}
