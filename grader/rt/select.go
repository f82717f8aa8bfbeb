package rt

import (
	"reflect"
	"unsafe"

	"example.com/gokata/grader/internal/sched"
)

// Case is one case of a select: a [RecvOf] or a [SendOf].
type Case interface {
	ready(r *sched.Run) readiness
	fire(r *sched.Run)
	enlist(r *sched.Run, w *sched.Waiter)
	finish(r *sched.Run, w *sched.Waiter)
	plain() plainCase
	received(ok bool)
}

// plainCase is a case for reflect.Select. It names no type of package reflect, as
// generic functions are compiled together with the submission: with such a type
// in one of them, that took half as long again.
type plainCase struct {
	send    bool
	channel any
	value   any // pointer to what is sent, or to where to put what is received
}

// readiness tells whether a case can happen.
type readiness int

const (
	blocked  readiness = iota
	possible           // at once
	happened           // it already has: somebody outside of the run's control sent a value
)

// possibly returns possible if the case can happen.
//
//go:norace
func possibly(can bool) readiness {
	if can {
		return possible
	}
	return blocked
}

// RecvOf is a receive in a select.
type RecvOf[T any] struct {
	c  <-chan T
	v  T
	ok bool
}

// RecvCase stands for case … <-c.
//
//go:norace
func RecvCase[T any](c <-chan T) *RecvOf[T] { return &RecvOf[T]{c: c} }

// Value returns what was received.
//
//go:norace
func (c *RecvOf[T]) Value() T { return c.v }

// Value2 returns what was received, and whether anything was.
//
//go:norace
func (c *RecvOf[T]) Value2() (T, bool) { return c.v, c.ok }

// SendOf is a send in a select.
type SendOf[T any] struct {
	c chan<- T
	v T
}

// Case stands for case c <- v.
//
//go:norace
func (s Sender[T]) Case(v T) *SendOf[T] { return &SendOf[T]{s.c, v} }

// Select stands for a select statement with the given cases, in source order.
// block tells that there is no default. It returns the index of the case that
// was chosen, or -1 for the default.
//
//go:norace
func Select(block bool, cases ...Case) int {
	r := sched.Active()
	if r == nil {
		return plainSelect(block, cases)
	}
	r.Point(sched.OpSelect)
	n := 0
	for i, c := range cases {
		switch c.ready(r) {
		case possible:
			n++
		case happened:
			return i
		}
	}
	if n > 0 {
		return fire(r, cases, r.Choose(n))
	}
	if !block {
		return -1
	}
	ws := make([]sched.Waiter, len(cases))
	for i, c := range cases {
		ws[i] = sched.Waiter{G: r.Current(), Index: i}
		c.enlist(r, &ws[i])
	}
	w := r.BlockAny(sched.OpSelect, ws)
	cases[w.Index].finish(r, w)
	return w.Index
}

// fire lets the n-th of the cases that can happen do so, and returns its index.
//
//go:norace
func fire(r *sched.Run, cases []Case, n int) int {
	for i, c := range cases {
		switch c.ready(r) {
		case possible:
			if n == 0 {
				c.fire(r)
				return i
			}
			n--
		case happened:
			return i
		}
	}
	panic("unreachable: fewer cases are ready than a moment ago")
}

//go:norace
func (c *RecvOf[T]) ready(r *sched.Run) readiness {
	if c.c == nil {
		return blocked
	}
	st := stateOf(r, c.c)
	if len(c.c) > 0 || st.Closed || !st.Senders.Empty() {
		return possible
	}
	select {
	case c.v, c.ok = <-c.c: // closed, or sent, by somebody outside of the run's control
		if c.ok {
			return happened
		}
		return possible
	default:
		return blocked
	}
}

//go:norace
func (c *RecvOf[T]) fire(r *sched.Run) {
	c.v, c.ok, _ = tryRecv(r, stateOf(r, c.c), c.c)
}

//go:norace
func (c *RecvOf[T]) enlist(r *sched.Run, w *sched.Waiter) {
	if c.c != nil {
		st := stateOf(r, c.c)
		w.Value = unsafe.Pointer(&c.v)
		st.Receivers.Enlist(w, st.Cap() > 0)
	}
}

//go:norace
func (c *RecvOf[T]) finish(r *sched.Run, w *sched.Waiter) {
	sched.Acquire(w.To)
	if c.ok = w.OK; !c.ok {
		sched.Acquire(stateOf(r, c.c).CloseSync())
	}
}

//go:norace
func (c *SendOf[T]) ready(r *sched.Run) readiness {
	if c.c == nil {
		return blocked
	}
	st := state(r, c.c)
	return possibly(st.Closed || len(c.c) < st.Cap() || !st.Receivers.Empty())
}

//go:norace
func (c *SendOf[T]) fire(r *sched.Run) { trySend(r, state(r, c.c), c.c, c.v) }

//go:norace
func (c *SendOf[T]) enlist(r *sched.Run, w *sched.Waiter) {
	if c.c != nil {
		st := state(r, c.c)
		w.Value = unsafe.Pointer(&c.v)
		st.Senders.Enlist(w, st.Cap() > 0)
	}
}

//go:norace
func (c *SendOf[T]) finish(_ *sched.Run, w *sched.Waiter) { finishSend(c.c, c.v, w) }

func plainSelect(block bool, cases []Case) int {
	rs := make([]reflect.SelectCase, len(cases), len(cases)+1)
	values := make([]reflect.Value, len(cases))
	for i, c := range cases {
		p := c.plain()
		values[i] = reflect.ValueOf(p.value).Elem()
		rs[i] = reflect.SelectCase{Dir: reflect.SelectRecv, Chan: reflect.ValueOf(p.channel)}
		if p.send {
			rs[i].Dir, rs[i].Send = reflect.SelectSend, values[i]
		}
	}
	if !block {
		rs = append(rs, reflect.SelectCase{Dir: reflect.SelectDefault})
	}
	i, v, ok := reflect.Select(rs)
	if i == len(cases) {
		return -1
	}
	if ok {
		values[i].Set(v)
	}
	cases[i].received(ok)
	return i
}

func (c *RecvOf[T]) plain() plainCase { return plainCase{channel: c.c, value: &c.v} }

func (c *RecvOf[T]) received(ok bool) { c.ok = ok }

func (c *SendOf[T]) plain() plainCase { return plainCase{send: true, channel: c.c, value: &c.v} }

func (c *SendOf[T]) received(bool) {}
