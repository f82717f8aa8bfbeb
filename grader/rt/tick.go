package rt

import (
	"unsafe"

	"example.com/gokata/grader/internal/sched"
)

// The channel of a timer has no buffer, so that len and cap are 0 as in the
// original. A tick that nobody waits for waits itself, in the place of a
// goroutine that wants to send.

// Deliver sends v on c on behalf of a timer, unless an earlier tick still
// waits. For the race detector it comes after what was released at from. For
// twins only.
//
//go:norace
func Deliver[T any](c chan T, v T, from unsafe.Pointer) {
	r := sched.Active()
	st := state(r, c)
	if w := st.Receivers.First(); w != nil {
		*(*T)(w.Value) = v
		w.To, w.OK = from, true
		r.Wake(w)
		return
	}
	if st.Senders.Empty() {
		st.Senders.Push(&sched.Waiter{Value: unsafe.Pointer(&v), From: from, To: unsafe.Pointer(new(uint64))})
	}
}

// Retract takes back the tick that waits to be received from c, and tells
// whether there was one. For twins only.
//
//go:norace
func Retract[T any](c chan T) bool {
	w := state(sched.Active(), c).Senders.First()
	if w == nil {
		return false
	}
	w.Remove()
	return true
}

// Awaited tells whether a goroutine waits to receive from c. For twins only.
//
//go:norace
func Awaited[T any](c chan T) bool {
	st := state(sched.Active(), c)
	return !st.Receivers.Empty()
}
