// Package lock hands out tickets with numbers. All who wait sleep on one
// condition, and look at the number that is served when they are woken.
package lock

import (
	"context"
	"sync"
)

type Lock struct {
	mu      sync.Mutex
	called  *sync.Cond   // serving has changed, or somebody's context is done
	serving int          // the number of the one who has the lock
	next    int          // the number of the next ticket; equal to serving when the lock is free
	gone    map[int]bool // tickets behind serving whose owners have given up
}

func New() *Lock {
	l := &Lock{gone: map[int]bool{}}
	l.called = sync.NewCond(&l.mu)
	return l
}

func (l *Lock) Lock() {
	l.mu.Lock()
	defer l.mu.Unlock()
	mine := l.ticket()
	for l.serving != mine {
		l.called.Wait()
	}
}

func (l *Lock) ticket() int {
	l.next++
	return l.next - 1
}

func (l *Lock) LockContext(ctx context.Context) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	mine := l.ticket()
	if l.serving == mine {
		return nil
	}
	stop := context.AfterFunc(ctx, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.called.Broadcast()
	})
	defer stop()
	for ctx.Err() == nil {
		l.called.Wait()
		if l.serving == mine {
			return nil
		}
	}
	l.gone[mine] = true
	return ctx.Err()
}

func (l *Lock) TryLock() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.serving < l.next {
		return false
	}
	l.ticket()
	return true
}

func (l *Lock) Unlock() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.serving == l.next {
		panic("lock: Unlock of a lock that nobody holds")
	}
	l.serving++
	for l.gone[l.serving] {
		delete(l.gone, l.serving)
		l.serving++
	}
	l.called.Broadcast()
}

func (l *Lock) With(fn func()) {
	l.Lock()
	defer l.Unlock()
	fn()
}
