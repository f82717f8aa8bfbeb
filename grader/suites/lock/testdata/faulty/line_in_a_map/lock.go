// want: order
// Fault: Waiters are kept in a set, which forgets who came first.

package lock

import (
	"context"
	"sync"
)

type Lock struct {
	mu      sync.Mutex
	held    bool
	waiting map[chan struct{}]bool // each closed when its turn has come
}

func New() *Lock { return &Lock{waiting: map[chan struct{}]bool{}} }

func (l *Lock) Lock() {
	if turn := l.enter(); turn != nil {
		<-turn
	}
}

// enter takes the lock, or else a place in the line.
func (l *Lock) enter() (turn chan struct{}) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.held {
		l.held = true
		return nil
	}
	turn = make(chan struct{})
	l.waiting[turn] = true
	return turn
}

func (l *Lock) LockContext(ctx context.Context) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	turn := l.enter()
	if turn == nil {
		return nil
	}
	select {
	case <-turn:
		return nil
	case <-ctx.Done():
		l.mu.Lock()
		defer l.mu.Unlock()
		select {
		case <-turn:
			l.pass()
		default:
			delete(l.waiting, turn)
		}
		return ctx.Err()
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
	l.pass()
}

// pass gives the lock to the next in line, or to nobody.
func (l *Lock) pass() {
	for next := range l.waiting {
		delete(l.waiting, next)
		close(next)
		return
	}
	l.held = false
}

func (l *Lock) With(fn func()) {
	l.Lock()
	defer l.Unlock()
	fn()
}
