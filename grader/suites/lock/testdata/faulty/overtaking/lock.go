// want: fairness
// Fault: Unlock frees the lock and wakes the first in line, and whoever is faster gets it.

package lock

import (
	"context"
	"slices"
	"sync"
)

type Lock struct {
	mu      sync.Mutex
	held    bool
	waiting []chan struct{} // each closed when it is time to try again
}

func New() *Lock { return &Lock{} }

func (l *Lock) Lock() { _ = l.LockContext(context.Background()) }

func (l *Lock) LockContext(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for first := true; l.held; first = false {
		wake := make(chan struct{})
		if first {
			l.waiting = append(l.waiting, wake)
		} else { // it has been the first in line already
			l.waiting = slices.Insert(l.waiting, 0, wake)
		}
		l.mu.Unlock()
		select {
		case <-wake:
			l.mu.Lock()
		case <-ctx.Done():
			l.mu.Lock()
			if i := slices.Index(l.waiting, wake); i >= 0 {
				l.waiting = slices.Delete(l.waiting, i, i+1)
			} else if !l.held {
				l.wakeOne()
			}
			return ctx.Err()
		}
	}
	l.held = true
	return nil
}

// wakeOne lets the first in line try again.
func (l *Lock) wakeOne() {
	if len(l.waiting) > 0 {
		close(l.waiting[0])
		l.waiting = l.waiting[1:]
	}
}

func (l *Lock) TryLock() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.held {
		return false
	}
	l.held = true
	return true
}

func (l *Lock) Unlock() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.held {
		panic("lock: Unlock of a lock that nobody holds")
	}
	l.held = false
	l.wakeOne()
}

func (l *Lock) With(fn func()) {
	l.Lock()
	defer l.Unlock()
	fn()
}
