// want: panic
// Fault: The lock relies on sync.Mutex to notice one Unlock too many, which ends the program instead of panicking.

package lock

import (
	"context"
	"slices"
	"sync"
)

type Lock struct {
	mu      sync.Mutex // held as long as the lock is
	guard   sync.Mutex
	waiting []chan struct{} // each closed when the lock has been handed to it
}

func New() *Lock { return &Lock{} }

func (l *Lock) Lock() { _ = l.LockContext(context.Background()) }

func (l *Lock) LockContext(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	l.guard.Lock()
	if l.mu.TryLock() {
		l.guard.Unlock()
		return nil
	}
	turn := make(chan struct{})
	l.waiting = append(l.waiting, turn)
	l.guard.Unlock()
	select {
	case <-turn:
		return nil
	case <-ctx.Done():
	}
	l.guard.Lock()
	defer l.guard.Unlock()
	i := slices.Index(l.waiting, turn)
	if i < 0 {
		return nil
	}
	l.waiting = slices.Delete(l.waiting, i, i+1)
	return ctx.Err()
}

func (l *Lock) TryLock() bool {
	l.guard.Lock()
	defer l.guard.Unlock()
	return l.mu.TryLock()
}

func (l *Lock) Unlock() {
	l.guard.Lock()
	defer l.guard.Unlock()
	if len(l.waiting) == 0 {
		l.mu.Unlock()
		return
	}
	close(l.waiting[0])
	l.waiting = l.waiting[1:]
}

func (l *Lock) With(fn func()) {
	l.Lock()
	defer l.Unlock()
	fn()
}
