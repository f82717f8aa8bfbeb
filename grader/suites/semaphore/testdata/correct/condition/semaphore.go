// Package semaphore hands out a limited number of units: everybody in the line
// sleeps on one condition, and goes in when it is first and there is room.
package semaphore

import (
	"context"
	"errors"
	"slices"
	"sync"
)

// ErrTooLarge is the error of a request for more units than there are at all.
var ErrTooLarge = errors.New("semaphore: request exceeds capacity")

// Semaphore hands out units.
type Semaphore struct {
	mu        sync.Mutex
	changed   *sync.Cond // units came back, the line moved, or a context is done
	cap, used int
	line      []*int // who waits, first come first; the address tells them apart
}

// New returns a semaphore with capacity units.
func New(capacity int) *Semaphore {
	positive(capacity)
	s := &Semaphore{cap: capacity}
	s.changed = sync.NewCond(&s.mu)
	return s
}

// Acquire takes n units, in the order of the calls.
func (s *Semaphore) Acquire(ctx context.Context, n int) error {
	positive(n)
	if n > s.cap {
		return ErrTooLarge
	}
	stop := context.AfterFunc(ctx, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.changed.Broadcast()
	})
	defer stop()

	s.mu.Lock()
	defer s.mu.Unlock()
	me := &n
	s.line = append(s.line, me)
	var err error
	for {
		if err = ctx.Err(); err != nil {
			break
		}
		if s.line[0] == me && n <= s.cap-s.used {
			s.used += n
			break
		}
		s.changed.Wait()
	}
	s.line = slices.DeleteFunc(s.line, func(other *int) bool { return other == me })
	s.changed.Broadcast()
	return err
}

// TryAcquire takes n units if they are free and nobody waits.
func (s *Semaphore) TryAcquire(n int) bool {
	positive(n)
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.line) > 0 || n > s.cap-s.used {
		return false
	}
	s.used += n
	return true
}

// Release gives n units back.
func (s *Semaphore) Release(n int) {
	positive(n)
	s.mu.Lock()
	defer s.mu.Unlock()
	if n > s.used {
		panic("semaphore: released too often")
	}
	s.used -= n
	s.changed.Broadcast()
}

func positive(n int) {
	if n < 1 {
		panic("semaphore: less than one unit")
	}
}
