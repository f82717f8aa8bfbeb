// Package semaphore hands out a limited number of units: the state never
// changes, but is replaced as a whole by an atomic compare-and-swap.
package semaphore

import (
	"context"
	"errors"
	"slices"
	"sync/atomic"
)

// ErrTooLarge is the error of a request for more units than there are at all.
var ErrTooLarge = errors.New("semaphore: request exceeds capacity")

// Semaphore hands out units.
type Semaphore struct {
	capacity int
	now      atomic.Pointer[state]
}

// state is what a semaphore is at one moment. Nobody writes to it.
type state struct {
	free int
	line []*waiter
}

type waiter struct {
	n  int
	in chan struct{}
}

// New returns a semaphore with capacity units.
func New(capacity int) *Semaphore {
	if capacity <= 0 {
		panic("semaphore: no capacity")
	}
	s := &Semaphore{capacity: capacity}
	s.now.Store(&state{free: capacity})
	return s
}

// Acquire takes n units, in the order of the calls.
func (s *Semaphore) Acquire(ctx context.Context, n int) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if n > s.capacity {
		return ErrTooLarge
	}
	var w *waiter
	for {
		if s.TryAcquire(n) {
			return nil
		}
		old := s.now.Load()
		if len(old.line) == 0 && n <= old.free {
			continue
		}
		if w == nil {
			w = &waiter{n, make(chan struct{})}
		}
		if s.now.CompareAndSwap(old, &state{old.free, append(slices.Clone(old.line), w)}) {
			break
		}
	}
	select {
	case <-w.in:
		return nil
	case <-ctx.Done():
	}
	gone := false
	s.replace(func(old *state) *state {
		next := &state{free: old.free}
		for _, other := range old.line {
			if other != w {
				next.line = append(next.line, other)
			}
		}
		gone = len(next.line) == len(old.line)
		return next
	})
	if gone { // somebody has let w in
		<-w.in
		return nil
	}
	return ctx.Err()
}

// TryAcquire takes n units if they are free and nobody waits.
func (s *Semaphore) TryAcquire(n int) bool {
	if n <= 0 {
		panic("semaphore: n must be at least 1")
	}
	for {
		old := s.now.Load()
		if len(old.line) > 0 || n > old.free {
			return false
		}
		if s.now.CompareAndSwap(old, &state{free: old.free - n}) {
			return true
		}
	}
}

// Release gives n units back.
func (s *Semaphore) Release(n int) {
	if n <= 0 {
		panic("semaphore: n must be at least 1")
	}
	s.replace(func(old *state) *state {
		if n > s.capacity-old.free {
			panic("semaphore: more released than acquired")
		}
		return &state{old.free + n, old.line}
	})
}

// replace changes the state, and lets in those at the head of the line for whom
// there is room then.
func (s *Semaphore) replace(change func(old *state) *state) {
	for {
		old := s.now.Load()
		next := change(old)
		var in []*waiter
		for len(next.line) > 0 && next.line[0].n <= next.free {
			in = append(in, next.line[0])
			next = &state{next.free - next.line[0].n, next.line[1:]}
		}
		if s.now.CompareAndSwap(old, next) {
			for _, w := range in {
				close(w.in)
			}
			return
		}
	}
}
