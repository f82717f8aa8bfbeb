package rt

import (
	"unsafe"

	"example.com/gokata/grader/internal/sched"
)

// Sender is the sending end of a channel.
type Sender[T any] struct{ c chan<- T }

// To returns the sending end of c. It is a type of its own, and Send a method,
// so that the value is converted as in a send statement.
//
//go:norace
func To[T any](c chan<- T) Sender[T] { return Sender[T]{c} }

// Send stands for c <- v. Unlike most functions here it is seen by the race
// detector, and a function of its own: so the detector knows the line from
// which it was called, should the send race with a close.
//
//go:noinline
func (s Sender[T]) Send(v T) { s.send(v) }

//go:norace
func (s Sender[T]) send(v T) {
	r := sched.Active()
	if r == nil {
		s.c <- v
		return
	}
	r.Point(sched.OpSend)
	if s.c == nil {
		forever(r, sched.OpSend)
	}
	st := state(r, s.c)
	if !trySend(r, st, s.c, v) {
		blockSend(r, st, s.c, v)
	}
}

// Recv stands for <-c.
//
//go:norace
func Recv[T any](c <-chan T) T {
	v, _ := Recv2(c)
	return v
}

// Recv2 stands for v, ok := <-c.
//
//go:norace
func Recv2[T any](c <-chan T) (T, bool) {
	r := sched.Active()
	if r == nil {
		v, ok := <-c
		return v, ok
	}
	r.Point(sched.OpRecv)
	if c == nil {
		forever(r, sched.OpRecv)
	}
	st := stateOf(r, c)
	if v, ok, done := tryRecv(r, st, c); done {
		return v, ok
	}
	return blockRecv(r, st, c)
}

// Close stands for close(c). The race detector sees it, as it sees Send.
//
//go:noinline
func Close[T any](c chan<- T) { shut(c) }

//go:norace
func shut[T any](c chan<- T) {
	r := sched.Active()
	if r == nil {
		close(c)
		return
	}
	r.Point(sched.OpClose)
	CloseNow(c)
}

// CloseNow is Close without a point. For twins only, and only within a run.
//
//go:norace
func CloseNow[T any](c chan<- T) {
	if c == nil {
		close(c) // panics
	}
	r := sched.Active()
	st := state(r, c)
	st.NoteClose()
	sched.Release(st.CloseSync())
	close(c)
	st.Closed = true
	for w := st.Receivers.First(); w != nil; w = st.Receivers.First() {
		sched.Release(w.To)
		r.Wake(w)
	}
	for w := st.Senders.First(); w != nil; w = st.Senders.First() {
		sched.Release(w.To)
		r.Wake(w)
	}
}

// Forever stands for select {}.
//
//go:norace
func Forever() {
	if r := sched.Active(); r != nil {
		r.Point(sched.OpForever)
		forever(r, sched.OpForever)
	}
	select {}
}

//go:norace
func forever(r *sched.Run, op sched.Op) {
	var nobody sched.Queue
	for {
		r.Wait(&nobody, op)
	}
}

//go:norace
func state[T any](r *sched.Run, c chan<- T) *sched.Chan {
	return r.Chan(*(*unsafe.Pointer)(unsafe.Pointer(&c)), cap(c))
}

//go:norace
func stateOf[T any](r *sched.Run, c <-chan T) *sched.Chan {
	return r.Chan(*(*unsafe.Pointer)(unsafe.Pointer(&c)), cap(c))
}

// trySend sends if that is possible at once.
//
//go:norace
func trySend[T any](r *sched.Run, st *sched.Chan, c chan<- T, v T) bool {
	st.NoteSend()
	if st.Closed {
		c <- v // panics
	}
	if w := st.Receivers.First(); w != nil {
		*(*T)(w.Value) = v
		w.OK = true
		if st.Cap() == 0 {
			sched.Release(w.To)
			sched.Acquire(w.From)
		} else {
			st.SendSlot()
			sched.Release(w.To)
			st.RecvFrom(w.From)
		}
		r.Wake(w)
		return true
	}
	if st.Cap() == 0 {
		return false
	}
	return put(st, c, v)
}

// put sends into the buffer if there is room.
//
//go:norace
func put[T any](st *sched.Chan, c chan<- T, v T) bool {
	done := false
	sched.Hide()
	select {
	case c <- v:
		done = true
	default:
	}
	sched.Show()
	if done {
		st.SendSlot()
	}
	return done
}

//go:norace
func blockSend[T any](r *sched.Run, st *sched.Chan, c chan<- T, v T) {
	w := r.Current().Waiter()
	w.Value = unsafe.Pointer(&v)
	st.Senders.Enlist(w, st.Cap() > 0)
	finishSend(c, v, r.Block(sched.OpSend))
}

// finishSend ends a send that somebody else has completed.
//
//go:norace
func finishSend[T any](c chan<- T, v T, w *sched.Waiter) {
	sched.Acquire(w.To)
	if !w.OK {
		c <- v // the channel was closed: panics
	}
}

// tryRecv receives if that is possible at once; done tells whether it was.
//
//go:norace
func tryRecv[T any](r *sched.Run, st *sched.Chan, c <-chan T) (v T, ok, done bool) {
	if st.Cap() == 0 {
		return tryMeet(r, st, c)
	}
	sched.Hide()
	select {
	case v, ok = <-c:
		done = true
	default:
	}
	sched.Show()
	switch {
	case ok:
		st.RecvSlot()
		if w := st.Senders.First(); w != nil {
			refill(r, st, c, w)
		}
	case done:
		sched.Acquire(st.CloseSync())
	}
	return v, ok, done
}

// refill moves the value of a goroutine that waits to send into the slot that
// has just become free.
//
//go:norace
func refill[T any](r *sched.Run, st *sched.Chan, c <-chan T, w *sched.Waiter) {
	both := *(*chan T)(unsafe.Pointer(&c))
	sched.Hide()
	both <- *(*T)(w.Value)
	sched.Show()
	st.SendFrom(w.From)
	sched.Release(w.To)
	w.OK = true
	r.Wake(w)
}

// tryMeet receives from a channel without a buffer.
//
//go:norace
func tryMeet[T any](r *sched.Run, st *sched.Chan, c <-chan T) (v T, ok, done bool) {
	if w := st.Senders.First(); w != nil {
		v = *(*T)(w.Value)
		sched.Release(w.To)
		sched.Acquire(w.From)
		w.OK = true
		if w.G == nil { // a tick
			w.Remove()
		} else {
			r.Wake(w)
		}
		return v, true, true
	}
	select {
	case v, ok = <-c: // closed, or somebody outside the run's control sends
		return v, ok, true
	default:
		return v, false, false
	}
}

//go:norace
func blockRecv[T any](r *sched.Run, st *sched.Chan, c <-chan T) (T, bool) {
	v := new(T)
	w := r.Current().Waiter()
	w.Value = unsafe.Pointer(v)
	st.Receivers.Enlist(w, st.Cap() > 0)
	w = r.Block(sched.OpRecv)
	sched.Acquire(w.To)
	if !w.OK {
		sched.Acquire(st.CloseSync())
	}
	return *v, w.OK
}
