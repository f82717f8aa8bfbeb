// want: leak
// Fault: New starts a goroutine that owns the numbers and never ends.

package semaphore

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

// ErrTooLarge is the error of a request for more units than there are at all.
var ErrTooLarge = errors.New("semaphore: request exceeds capacity")

// Semaphore hands out units.
type Semaphore struct {
	capacity int
	calls    chan func()

	// Only the owner looks at these.
	free int
	line []*waiter
}

// waiter is an Acquire that waits for its turn.
type waiter struct {
	n  int
	in chan struct{} // closed when the n units are the waiter's
}

// New returns a semaphore with capacity units, all of them free.
func New(capacity int) *Semaphore {
	atLeastOne("New", capacity)
	s := &Semaphore{capacity: capacity, free: capacity, calls: make(chan func())}
	go func() {
		for call := range s.calls {
			call()
			for len(s.line) > 0 && s.line[0].n <= s.free {
				s.free -= s.line[0].n
				close(s.line[0].in)
				s.line = s.line[1:]
			}
		}
	}()
	return s
}

// do lets the owner call fn, and waits for it.
func (s *Semaphore) do(fn func()) {
	done := make(chan struct{})
	s.calls <- func() {
		defer close(done)
		fn()
	}
	<-done
}

// Acquire takes n units, all at once, in the order of the calls.
func (s *Semaphore) Acquire(ctx context.Context, n int) error {
	atLeastOne("Acquire", n)
	if n > s.capacity {
		return ErrTooLarge
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	w := &waiter{n, make(chan struct{})}
	s.do(func() { s.line = append(s.line, w) })
	select {
	case <-w.in:
		return nil
	case <-ctx.Done():
	}
	var err error
	s.do(func() {
		if i := slices.Index(s.line, w); i >= 0 {
			s.line = slices.Delete(s.line, i, i+1)
			err = ctx.Err()
		}
	})
	return err
}

// TryAcquire takes n units if they are free and nobody is waiting.
func (s *Semaphore) TryAcquire(n int) (ok bool) {
	atLeastOne("TryAcquire", n)
	s.do(func() {
		ok = len(s.line) == 0 && n <= s.free
		if ok {
			s.free -= n
		}
	})
	return ok
}

// Release gives n units back.
func (s *Semaphore) Release(n int) {
	atLeastOne("Release", n)
	tooMany := false
	s.do(func() {
		tooMany = n > s.capacity-s.free
		if !tooMany {
			s.free += n
		}
	})
	if tooMany {
		panic("semaphore: more units released than were taken")
	}
}

func atLeastOne(method string, n int) {
	if n < 1 {
		panic(fmt.Sprintf("semaphore: %s of %d units", method, n))
	}
}
