package lock

import (
	"context"
	"fmt"
	"time"

	"example.com/gokata/exercises/lock"
	"example.com/gokata/grader/suite"
)

func tryLockTellsTheTruth(t *suite.T) {
	l := lock.New()
	free(t, l, "that is new")
	for _, w := range ways(t) {
		w.hold(l, func() {
			taken(t, l, "while it is held by "+w.name)
			taken(t, l, "while it is held by "+w.name+", at the second try")
		})
		free(t, l, "after it was held by "+w.name)
	}
	if l.TryLock() {
		suite.Together(func() { taken(t, l, "while another goroutine holds it by TryLock") })
		l.Unlock()
	}
	free(t, l, "after it was held by TryLock")
	t.Diff(time.Duration(0), t.Elapsed(), "the time that all these TryLocks take")
}

func oneTryLockWins(t *suite.T) {
	l := lock.New()
	got := t.Gauge("holders", 1)
	try := func() {
		if l.TryLock() {
			got.Enter()
		}
	}
	suite.Together(try, try, try)
	t.Diff(1, got.Total(), "the number of TryLocks, of three at once, that get a free lock")
}

func withHoldsTheLock(t *suite.T) {
	l := lock.New()
	for i := range 2 {
		l.With(func() {
			taken(t, l, "while With runs its function")
			t.Work(time.Second)
			t.Event("function %d ends", i)
		})
		t.Event("With %d returns", i)
		free(t, l, "after With has returned")
	}
	t.Diff([]string{"function 0 ends", "With 0 returns", "function 1 ends", "With 1 returns"}, t.Events(), "what two calls of With do")
}

func anybodyMayUnlock(t *suite.T) {
	l := lock.New()
	for range 2 {
		suite.Together(l.Lock)
		suite.Together(l.Unlock)
	}
	free(t, l, "that one goroutine has locked and another one has unlocked")
	get(t, l, context.Background())
	suite.Together(l.Unlock, func() { // by a goroutine that waits for it
		l.Lock()
		l.Unlock()
	})
	free(t, l, "that one goroutine has locked and another one has unlocked")
}

func oneAtATime(t *suite.T) {
	l := lock.New()
	inside := t.Gauge("holders", 1)
	visit := func() {
		inside.Enter()
		t.Work(time.Millisecond)
		inside.Leave()
	}
	try := func() {
		if l.TryLock() {
			visit()
			l.Unlock()
		}
	}
	all := []func(){try, func() { try(); try() }}
	for _, w := range ways(t) {
		all = append(all, func() {
			w.hold(l, visit)
			w.hold(l, visit)
		})
	}
	suite.Together(all...)
	if n := inside.Total(); n < 6 {
		t.Expected("at least 6", fmt.Sprint(n), "the number of times the lock was got in three goroutines that wait for it twice each")
	}
	free(t, l, "that everybody has given back")
}

func misuseChangesNothing(t *suite.T) {
	l := lock.New()
	unlockPanics(t, l, "a new lock")
	unlockPanics(t, l, "a new lock, for the second time")
	inside := t.Gauge("holders", 1)
	visit := func() {
		inside.Enter()
		inside.Leave()
	}
	for _, w := range ways(t) {
		suite.Together(func() { w.hold(l, visit) }, func() { w.hold(l, visit) })
		unlockPanics(t, l, "a lock that was given back")
	}
	t.Diff(6, inside.Total(), "the number of times the lock was got by six calls, when Unlock had panicked before")
}

func unlockPanics(t *suite.T, l *lock.Lock, what string) {
	if suite.Raised(l.Unlock) == nil {
		t.Expected("a panic", "no panic", "Unlock of %s returns, although nobody holds it", what)
	}
}

func unlockOfUnlocked(t *suite.T) {
	l := lock.New()
	unlockPanics(t, l, "a new lock")
	l.Lock()
	l.Unlock()
	unlockPanics(t, l, "a lock that was given back")
	free(t, l, "after Unlock has panicked")
	l.Lock()
	taken(t, l, "that was locked after Unlock had panicked")
	l.Unlock()
}

func oneOfTwoUnlocks(t *suite.T) {
	l := lock.New()
	l.Lock()
	panics := t.Gauge("panics", 0)
	unlock := func() {
		if suite.Raised(l.Unlock) != nil {
			panics.Enter()
		}
	}
	suite.Together(unlock, unlock)
	t.Diff(1, panics.Total(), "the number of panics, when two Unlocks follow one Lock")
	free(t, l, "after two Unlocks, of which one panicked")
}

func withUnlocksOnPanic(t *suite.T) {
	l := lock.New()
	failure := fmt.Errorf("out of paper")
	suite.Together(
		func() {
			if v := suite.Raised(func() { l.With(func() { panic(failure) }) }); v != failure {
				t.Expected(`a panic with the error "out of paper" itself`, fmt.Sprintf("%v", v), "With does not pass on the panic of its function")
			}
		},
		func() { l.With(func() {}) },
	)
	free(t, l, "after the function of With has panicked")
}

func holdersSeeEachOther(t *suite.T) {
	l := lock.New()
	n, tried := 0, 0
	all := []func(){func() {
		if l.TryLock() {
			n++
			tried++
			l.Unlock()
		}
	}}
	for _, w := range ways(t) {
		all = append(all, func() { w.hold(l, func() { n++ }) })
	}
	suite.Together(all...)
	t.Diff(3+tried, n, "a number that every holder has raised by one")
}

func everybodyAtOnce(t *suite.T) {
	l, other := lock.New(), lock.New()
	ctx, cancel := context.WithCancel(context.Background())
	n := 0
	visit := func() { n++ }
	suite.Together(
		cancel,
		func() {
			if l.LockContext(ctx) == nil {
				visit()
				l.Unlock()
			}
		},
		func() { l.With(visit) },
		func() {
			if l.TryLock() {
				visit()
				l.Unlock()
			}
		},
	)
	if n < 1 || n > 3 {
		t.Expected("1, 2 or 3", fmt.Sprint(n), "a number that up to three holders have raised by one")
	}
	unlock := func() { _ = suite.Raised(other.Unlock) } // it may be held, or not
	suite.Together(
		unlock,
		func() { other.TryLock(); unlock() },
		func() { _ = other.LockContext(ctx); unlock() },
	)
}

func locksAreIndependent(t *suite.T) {
	a, b := lock.New(), lock.New()
	m := t.Rendezvous(2, "the holders of two locks")
	suite.Together(func() { a.With(m.Meet) }, func() { b.With(m.Meet) })
	a.Lock()
	free(t, b, "while another lock is held")
	a.Unlock()
	unlockPanics(t, b, "a lock that nobody has locked since another one was unlocked")
}
