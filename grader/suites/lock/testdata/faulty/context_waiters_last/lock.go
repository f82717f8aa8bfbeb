// want: order
// Fault: LockContext has a line of its own, which is served when nobody waits in Lock.

package lock

import (
	"context"
	"slices"
)

// Lock is held by at most one goroutine at a time. Whoever waits for it gets
// it in the order of arrival. All methods may be called by several goroutines
// at once. A Lock must not be copied.
type Lock struct {
	// state holds one value, except while somebody works on it: to receive
	// that value and to send it back is what guards it.
	state chan state
}

type state struct {
	held bool
	// waiting has a channel for everybody in line, in the order of arrival.
	// When it is closed, the lock has been handed to the one who waits for it.
	waiting []chan struct{}
	patient int // how many at the front cannot give up
}

// New returns a lock that nobody holds.
func New() *Lock {
	l := &Lock{state: make(chan state, 1)}
	l.state <- state{}
	return l
}

// Lock waits for its turn, and returns when it has the lock.
func (l *Lock) Lock() {
	_ = l.LockContext(context.Background()) // which is never done
}

// LockContext is like Lock, but when ctx is done before it has the lock, it
// gives up its place in the line and returns ctx.Err() at once. It has the lock
// if and only if it returns nil. When ctx is done before the call, it returns
// ctx.Err() even if nobody holds the lock.
func (l *Lock) LockContext(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s := <-l.state
	if !s.held {
		s.held = true
		l.state <- s
		return nil
	}
	turn := make(chan struct{})
	if ctx.Done() == nil {
		s.waiting = slices.Insert(s.waiting, s.patient, turn)
		s.patient++
	} else {
		s.waiting = append(s.waiting, turn)
	}
	l.state <- s

	select {
	case <-turn:
		return nil
	case <-ctx.Done():
	}
	s = <-l.state
	defer func() { l.state <- s }()
	i := slices.Index(s.waiting, turn)
	if i < 0 {
		return nil // the lock was handed over in the last moment
	}
	s.waiting = slices.Delete(s.waiting, i, i+1)
	return ctx.Err()
}

// TryLock takes the lock if nobody holds it or waits for it, and tells whether
// it has. It does not wait.
func (l *Lock) TryLock() bool {
	s := <-l.state
	free := !s.held
	s.held = true
	l.state <- s
	return free
}

// Unlock gives the lock to the one who has waited for it the longest, or to
// nobody. It does not wait. Any goroutine may call it, not only the one that
// called Lock. If nobody holds the lock, Unlock panics and changes nothing.
func (l *Lock) Unlock() {
	s := <-l.state
	defer func() { l.state <- s }()
	switch {
	case !s.held:
		panic("lock: Unlock of a lock that nobody holds")
	case len(s.waiting) == 0:
		s.held = false
	default: // stays held, by somebody else
		close(s.waiting[0])
		s.waiting = slices.Delete(s.waiting, 0, 1)
		s.patient = max(0, s.patient-1)
	}
}

// With waits for its turn as Lock does, calls fn, and unlocks when fn has
// ended. When fn panics, With unlocks and panics with the same value.
func (l *Lock) With(fn func()) {
	l.Lock()
	defer l.Unlock()
	fn()
}
