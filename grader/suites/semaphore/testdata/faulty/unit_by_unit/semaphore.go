// want: deadlock
// Fault: The units are taken one by one from a channel, so two requests can each hold a part of what the other one needs.

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
	units chan struct{} // a message for each unit that is taken

	mu      sync.Mutex
	waiting int
}

// New returns a semaphore with capacity units, all of them free.
func New(capacity int) *Semaphore {
	atLeastOne("New", capacity)
	return &Semaphore{units: make(chan struct{}, capacity)}
}

// Acquire takes n units.
func (s *Semaphore) Acquire(ctx context.Context, n int) error {
	atLeastOne("Acquire", n)
	if n > cap(s.units) {
		return ErrTooLarge
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	s.wait(1)
	defer s.wait(-1)
	for taken := range n {
		select {
		case s.units <- struct{}{}:
		case <-ctx.Done():
			for range taken {
				<-s.units
			}
			return ctx.Err()
		}
	}
	return nil
}

func (s *Semaphore) wait(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.waiting += n
}

// TryAcquire takes n units if they are free and nobody is waiting.
func (s *Semaphore) TryAcquire(n int) bool {
	atLeastOne("TryAcquire", n)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.waiting > 0 || n > cap(s.units)-len(s.units) {
		return false
	}
	for range n {
		s.units <- struct{}{}
	}
	return true
}

// Release gives n units back.
func (s *Semaphore) Release(n int) {
	atLeastOne("Release", n)
	s.mu.Lock()
	defer s.mu.Unlock()
	if n > len(s.units) {
		panic("semaphore: more units released than were taken")
	}
	for range n {
		<-s.units
	}
}

func atLeastOne(method string, n int) {
	if n < 1 {
		panic(fmt.Sprintf("semaphore: %s of %d units", method, n))
	}
}
