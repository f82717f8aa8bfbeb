package lock

import (
	"context"

	"example.com/gokata/exercises/lock"
	"example.com/gokata/grader/suite"
)

// way is one of the ways to wait for a lock.
type way struct {
	name string
	hold func(*lock.Lock, func()) // calls the function with the lock held
}

// ways returns all there are.
func ways(t *suite.T) []way {
	return []way{
		{"Lock", func(l *lock.Lock, fn func()) {
			l.Lock()
			fn()
			l.Unlock()
		}},
		{"LockContext", func(l *lock.Lock, fn func()) {
			ctx, cancel := context.WithCancel(context.Background())
			defer cancel()
			get(t, l, ctx)
			fn()
			l.Unlock()
		}},
		{"With", func(l *lock.Lock, fn func()) { l.With(fn) }},
	}
}

// get gets the lock by a LockContext that must succeed.
func get(t *suite.T, l *lock.Lock, ctx context.Context) {
	if err := l.LockContext(ctx); err != nil {
		t.Fatalf("LockContext returned the error %q, although its context was not done", err)
	}
}

// free fails the case unless nobody holds or waits for the lock. when is the
// end of a sentence.
func free(t *suite.T, l *lock.Lock, when string) {
	if !l.TryLock() {
		t.Expected("true", "false", "TryLock does not get a free lock %s", when)
		return
	}
	l.Unlock()
}

// taken fails the case if TryLock gets the lock.
func taken(t *suite.T, l *lock.Lock, when string) {
	if l.TryLock() {
		t.Expected("false", "true", "TryLock gets the lock %s", when)
	}
}
