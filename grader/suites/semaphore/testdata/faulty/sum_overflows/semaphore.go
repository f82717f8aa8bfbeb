// want: result
// Fault: The sum of what is taken and what is asked for overflows, so a request for the largest number there is fits.

package semaphore

import (
	"container/list"
	"context"
	"errors"
	"fmt"
	"sync"
)

// ErrTooLarge is the error of a request for more units than there are at all.
var ErrTooLarge = errors.New("semaphore: request exceeds capacity")

// Semaphore hands out units: connections, gigabytes, seats. It has no owner and
// no goroutine of its own. All methods may be called by several goroutines at
// once.
type Semaphore struct {
	capacity int

	mu   sync.Mutex
	free int
	line list.List // of *waiter; free is never enough for the first of them
}

// waiter is an Acquire that waits for its turn.
type waiter struct {
	n  int
	in chan struct{} // closed when the n units are the waiter's
}

// New returns a semaphore with capacity units, all of them free. It panics if
// capacity is less than 1.
func New(capacity int) *Semaphore {
	atLeastOne("New", capacity)
	return &Semaphore{capacity: capacity, free: capacity}
}

// Acquire takes n units, all at once. When they are not free, or somebody is
// already waiting, it waits at the end of the line; who came first is served
// first. It returns nil when the units are taken, and otherwise an error and
// has taken nothing: ctx.Err() if ctx is done before, ErrTooLarge, without
// waiting, if n is more than the capacity. It panics if n is less than 1.
func (s *Semaphore) Acquire(ctx context.Context, n int) error {
	atLeastOne("Acquire", n)
	if n > s.capacity {
		return ErrTooLarge
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	s.mu.Lock()
	if s.take(n) {
		s.mu.Unlock()
		return nil
	}
	w := &waiter{n: n, in: make(chan struct{})}
	place := s.line.PushBack(w)
	s.mu.Unlock()

	select {
	case <-w.in:
		return nil
	case <-ctx.Done():
		if s.leave(w, place) {
			return ctx.Err()
		}
		return nil
	}
}

// TryAcquire takes n units and returns true if they are free and nobody is
// waiting. Otherwise it takes nothing and returns false. It never waits for
// units. It panics if n is less than 1.
func (s *Semaphore) TryAcquire(n int) bool {
	atLeastOne("TryAcquire", n)
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.take(n)
}

// Release gives n units back and lets in whoever they are enough for, in the
// order of the line. It does not wait. It panics, and changes nothing, if n is
// less than 1 or more than the units that are taken.
func (s *Semaphore) Release(n int) {
	atLeastOne("Release", n)
	s.mu.Lock()
	defer s.mu.Unlock()
	if n > s.capacity-s.free {
		panic("semaphore: more units released than were taken")
	}
	s.free += n
	s.letIn()
}

// take takes n units for somebody who is not in the line, if there is no line.
func (s *Semaphore) take(n int) bool {
	if s.line.Len() > 0 || s.capacity-s.free+n > s.capacity {
		return false
	}
	s.free -= n
	return true
}

// letIn gives units to the first in the line, for as long as there are enough.
// It does not skip anybody.
func (s *Semaphore) letIn() {
	for place := s.line.Front(); place != nil; place = s.line.Front() {
		w := place.Value.(*waiter)
		if w.n > s.free {
			return
		}
		s.free -= w.n
		s.line.Remove(place)
		close(w.in)
	}
}

// leave takes w out of the line. It returns false if w has got its units.
func (s *Semaphore) leave(w *waiter, place *list.Element) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case <-w.in:
		return false
	default:
	}
	s.line.Remove(place)
	s.letIn() // w may have been what held up the others
	return true
}

func atLeastOne(method string, n int) {
	if n < 1 {
		panic(fmt.Sprintf("semaphore: %s of %d units", method, n))
	}
}
