package condition

import (
	"context"
	"errors"
	"sync"

	"example.com/gokata/exercises/condition"
	"example.com/gokata/grader/suite"
)

// background is a context that is never done.
var background = context.Background()

// room is a lock, a condition over it, and those who wait there.
type room struct {
	t       *suite.T
	mu      condition.Locker
	c       *condition.Condition
	waiters sync.WaitGroup
}

func newRoom(t *suite.T) *room { return roomWith(t, new(sync.Mutex)) }

// roomWith returns a room whose lock is mu.
func roomWith(t *suite.T, mu condition.Locker) *room {
	return &room{t: t, mu: mu, c: condition.New(mu)}
}

// door is a lock that is held while there is a key in it. On the ordinary
// runtime, virtual time passes while somebody waits for it, which a sync.Mutex
// does not allow.
type door chan struct{}

func (d door) Lock() { d <- struct{}{} }

func (d door) TryLock() bool {
	select {
	case d <- struct{}{}:
		return true
	default:
		return false
	}
}

func (d door) Unlock() {
	select {
	case <-d:
	default:
		panic("unlock of a lock that nobody holds")
	}
}

// come puts somebody at the end of the line who waits until ctx is done. When
// Wait returns, it notes "name is woken" or "name gives up".
func (r *room) come(ctx context.Context, name string) {
	r.waiters.Go(func() {
		r.mu.Lock()
		if r.wait(ctx) == nil {
			r.t.Event("%s is woken", name)
		} else {
			r.t.Event("%s gives up", name)
		}
		r.mu.Unlock()
	})
	r.t.Settle()
}

// wait calls Wait with the lock held, and checks what has to be true whenever
// it returns.
func (r *room) wait(ctx context.Context) error {
	err := r.c.Wait(ctx)
	switch {
	case r.mu.TryLock():
		r.t.Expected("whoever called Wait holds it", "nobody holds it", "Wait returns %s without the lock", suite.Said(err))
		r.t.Fatalf("Wait returns %s without the lock", suite.Said(err))
	case err != nil && !errors.Is(err, ctx.Err()):
		r.t.Expected(suite.Said(ctx.Err()), suite.Said(err), "Wait returns another error than that of its context")
	}
	return err
}

// notify calls Notify.
func (r *room) notify(n int) {
	r.mu.Lock()
	r.c.Notify(n)
	r.mu.Unlock()
}

// notifyAll calls NotifyAll.
func (r *room) notifyAll() {
	r.mu.Lock()
	r.c.NotifyAll()
	r.mu.Unlock()
}

// free fails the case if somebody holds the lock.
func (r *room) free(when string) {
	if !r.mu.TryLock() {
		r.t.Expected("nobody holds it", "somebody does", "the lock is not free %s", when)
		return
	}
	r.mu.Unlock()
}

// panics fails the case unless fn panics. call says what fn calls.
func panics(t *suite.T, call string, fn func()) {
	if suite.Raised(fn) == nil {
		t.Expected("a panic", "no panic", "%s returns, although nobody holds the lock", call)
	}
}
