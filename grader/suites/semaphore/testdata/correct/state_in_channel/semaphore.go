// Package semaphore hands out a limited number of units: the state lies in a
// channel of capacity 1, and who has taken it out is the only one to change it.
// A waiter that was let in and has given up at the same time gives its units
// back.
package semaphore

import (
	"context"
	"errors"
)

// ErrTooLarge is the error of a request for more units than there are at all.
var ErrTooLarge = errors.New("semaphore: request exceeds capacity")

// Semaphore hands out units.
type Semaphore struct {
	capacity int
	state    chan state
}

type state struct {
	used  int
	first *waiter // a linked list
}

type waiter struct {
	n       int
	granted chan bool // of capacity 1: who lets in does not wait
	next    *waiter
}

// New returns a semaphore with capacity units.
func New(capacity int) *Semaphore {
	if capacity < 1 {
		panic(errors.New("semaphore: capacity must be positive"))
	}
	s := &Semaphore{capacity, make(chan state, 1)}
	s.state <- state{}
	return s
}

// Acquire takes n units, in the order of the calls.
func (s *Semaphore) Acquire(ctx context.Context, n int) error {
	if n < 1 {
		panic(errors.New("semaphore: n must be positive"))
	}
	if n > s.capacity {
		return ErrTooLarge
	}
	var st state
	select {
	case st = <-s.state:
	case <-ctx.Done():
		return ctx.Err()
	}
	if err := ctx.Err(); err != nil {
		s.state <- st
		return err
	}
	if st.first == nil && n <= s.capacity-st.used {
		st.used += n
		s.state <- st
		return nil
	}
	w := &waiter{n: n, granted: make(chan bool, 1)}
	end := &st.first
	for *end != nil {
		end = &(*end).next
	}
	*end = w
	s.state <- st

	select {
	case <-w.granted:
		return nil
	case <-ctx.Done():
	}
	st = <-s.state
	for at := &st.first; *at != nil; at = &(*at).next {
		if *at == w {
			*at = w.next
			s.letIn(st)
			return ctx.Err()
		}
	}
	st.used -= n
	s.letIn(st)
	return ctx.Err()
}

// TryAcquire takes n units if they are free and nobody waits.
func (s *Semaphore) TryAcquire(n int) bool {
	if n < 1 {
		panic(errors.New("semaphore: n must be positive"))
	}
	st := <-s.state
	ok := st.first == nil && n <= s.capacity-st.used
	if ok {
		st.used += n
	}
	s.state <- st
	return ok
}

// Release gives n units back.
func (s *Semaphore) Release(n int) {
	st := <-s.state
	if n < 1 || n > st.used {
		s.state <- st
		panic(errors.New("semaphore: cannot release what is not taken"))
	}
	st.used -= n
	s.letIn(st)
}

// letIn lets in whoever is first and fits, again and again, and puts the state
// back.
func (s *Semaphore) letIn(st state) {
	for st.first != nil && st.first.n <= s.capacity-st.used {
		st.used += st.first.n
		st.first.granted <- true
		st.first = st.first.next
	}
	s.state <- st
}
