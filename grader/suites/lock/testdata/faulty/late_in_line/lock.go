// want: deadlock
// Fault: Lock looks whether the lock is held, and gets in line when it has let go of the guard: an Unlock in between wakes nobody.
// Plain: passes

package lock

import (
	"container/list"
	"context"
	"sync"
)

type Lock struct {
	mu      sync.Mutex
	held    bool
	waiting list.List // of chan struct{}, each closed when its turn has come
}

func New() *Lock { return &Lock{} }

func (l *Lock) Lock() {
	if turn, _ := l.enter(); turn != nil {
		<-turn
	}
}

// enter takes the lock, or else a place in the line.
func (l *Lock) enter() (turn chan struct{}, place *list.Element) {
	if l.TryLock() {
		return nil, nil
	}
	turn = make(chan struct{})
	l.mu.Lock()
	defer l.mu.Unlock()
	return turn, l.waiting.PushBack(turn)
}

func (l *Lock) LockContext(ctx context.Context) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	turn, place := l.enter()
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
			l.waiting.Remove(place)
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
	next := l.waiting.Front()
	if next == nil {
		l.held = false
		return
	}
	close(l.waiting.Remove(next).(chan struct{}))
}

func (l *Lock) With(fn func()) {
	l.Lock()
	defer l.Unlock()
	fn()
}
