// Package semaphore hands out a limited number of units.
package semaphore

import (
	"context"
	"errors"
)

// ErrTooLarge is the error of a request for more units than there are at all.
var ErrTooLarge = errors.New("semaphore: request exceeds capacity")

// Semaphore hands out units: connections, gigabytes, seats. It has no owner and
// no goroutine of its own. All methods may be called by several goroutines at
// once.
type Semaphore struct {
	// TODO: what does a semaphore have to remember?
}

// New returns a semaphore with capacity units, all of them free. It panics if
// capacity is less than 1.
func New(capacity int) *Semaphore {
	panic("TODO: implement New")
}

// Acquire takes n units, all at once. When they are not free, or somebody is
// already waiting, it waits at the end of the line; who came first is served
// first. It returns nil when the units are taken, and otherwise an error and
// has taken nothing: ctx.Err() if ctx is done before, ErrTooLarge, without
// waiting, if n is more than the capacity. It panics if n is less than 1.
func (s *Semaphore) Acquire(ctx context.Context, n int) error {
	panic("TODO: implement Acquire")
}

// TryAcquire takes n units and returns true if they are free and nobody is
// waiting. Otherwise it takes nothing and returns false. It never waits for
// units. It panics if n is less than 1.
func (s *Semaphore) TryAcquire(n int) bool {
	panic("TODO: implement TryAcquire")
}

// Release gives n units back and lets in whoever they are enough for, in the
// order of the line. It does not wait. It panics, and changes nothing, if n is
// less than 1 or more than the units that are taken.
func (s *Semaphore) Release(n int) {
	panic("TODO: implement Release")
}
