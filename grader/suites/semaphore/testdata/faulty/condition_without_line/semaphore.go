// want: order
// Fault: All waiters sleep on one condition, and whoever is quickest after a broadcast goes in.

package semaphore

import (
	"context"
	"errors"
	"fmt"
	"sync"
)

// ErrTooLarge is the error of a request for more units than there are at all.
var ErrTooLarge = errors.New("semaphore: request exceeds capacity")

// Semaphore hands out units.
type Semaphore struct {
	capacity int

	mu      sync.Mutex
	changed *sync.Cond
	free    int
	waiting int
}

// New returns a semaphore with capacity units, all of them free.
func New(capacity int) *Semaphore {
	atLeastOne("New", capacity)
	s := &Semaphore{capacity: capacity, free: capacity}
	s.changed = sync.NewCond(&s.mu)
	return s
}

// Acquire takes n units, all at once.
func (s *Semaphore) Acquire(ctx context.Context, n int) error {
	atLeastOne("Acquire", n)
	if n > s.capacity {
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
	for n > s.free && ctx.Err() == nil {
		s.waiting++
		s.changed.Wait()
		s.waiting--
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	s.free -= n
	return nil
}

// TryAcquire takes n units if they are free and nobody is waiting.
func (s *Semaphore) TryAcquire(n int) bool {
	atLeastOne("TryAcquire", n)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.waiting > 0 || n > s.free {
		return false
	}
	s.free -= n
	return true
}

// Release gives n units back.
func (s *Semaphore) Release(n int) {
	atLeastOne("Release", n)
	s.mu.Lock()
	defer s.mu.Unlock()
	if n > s.capacity-s.free {
		panic("semaphore: more units released than were taken")
	}
	s.free += n
	s.changed.Broadcast()
}

func atLeastOne(method string, n int) {
	if n < 1 {
		panic(fmt.Sprintf("semaphore: %s of %d units", method, n))
	}
}
