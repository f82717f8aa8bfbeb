// want: limit
// Fault: The lock counts how often it may be taken, and one Unlock too many makes that two; the panic comes too late.

package lock

import (
	"container/list"
	"context"
	"sync"
)

type Lock struct {
	mu      sync.Mutex
	free    int       // how many may still enter
	waiting list.List // of chan struct{}, each closed when its turn has come
}

func New() *Lock { return &Lock{free: 1} }

func (l *Lock) Lock() {
	if turn, _ := l.enter(); turn != nil {
		<-turn
	}
}

// enter takes the lock, or else a place in the line.
func (l *Lock) enter() (turn chan struct{}, place *list.Element) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.free > 0 {
		l.free--
		return nil, nil
	}
	turn = make(chan struct{})
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
	if l.free == 0 {
		return false
	}
	l.free--
	return true
}

func (l *Lock) Unlock() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.pass()
	if l.free > 1 {
		panic("lock: Unlock of a lock that nobody holds")
	}
}

// pass gives the lock to the next in line, or to nobody.
func (l *Lock) pass() {
	next := l.waiting.Front()
	if next == nil {
		l.free++
		return
	}
	close(l.waiting.Remove(next).(chan struct{}))
}

func (l *Lock) With(fn func()) {
	l.Lock()
	defer l.Unlock()
	fn()
}
