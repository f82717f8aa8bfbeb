package rlock

import (
	"errors"
	"fmt"
	"sync"

	"example.com/gokata/exercises/rlock"
	"example.com/gokata/grader/suite"
)

func depthCounts(t *suite.T) {
	l, o, other := rlock.New(), rlock.NewOwner(), rlock.NewOwner()
	depth(t, 0, l, o, "of a new lock")
	l.Lock(o)
	depth(t, 1, l, o, "after one Lock")
	l.Lock(o)
	depth(t, 2, l, o, "after two Locks")
	depth(t, 0, l, other, "for an Owner that does not hold the lock, while another one does")
	if l.TryLock(o) {
		depth(t, 3, l, o, "after two Locks and a TryLock")
		l.Unlock(o)
	}
	l.With(o, func() {
		depth(t, 3, l, o, "after two Locks and within With")
		l.With(o, func() { depth(t, 4, l, o, "after two Locks and within two Withs") })
	})
	depth(t, 2, l, o, "after two Locks, when two Withs are over")
	taken(t, l, "that is held twice")
	depth(t, 2, l, o, "after two Locks, when another Owner has tried in vain")
	l.Unlock(o)
	depth(t, 1, l, o, "after two Locks and one Unlock")
	l.Unlock(o)
	depth(t, 0, l, o, "after two Locks and two Unlocks")
	l.Lock(other)
	depth(t, 0, l, o, "for an Owner that does not hold the lock any more, while another one does")
	depth(t, 1, l, other, "for the second Owner after one Lock")
	l.Unlock(other)
}

func depthOfWhom(t *suite.T) {
	l, o, other := rlock.New(), rlock.NewOwner(), rlock.NewOwner()
	l.Lock(o)
	var asked sync.WaitGroup
	ask := func() {
		defer asked.Done()
		if n := l.Depth(o); n != 0 && n != 1 {
			t.Expected("1, or 0 after the Unlock", fmt.Sprint(n), "Depth mixes up two Owners: the one that is asked for has locked once")
		}
	}
	asked.Add(3)
	suite.Together(
		ask, ask, ask,
		func() { l.Unlock(o) },
		func() {
			l.Lock(other)
			l.Lock(other)
			asked.Wait()
			l.Unlock(other)
			l.Unlock(other)
		},
	)
}

func tryLockKnowsItsOwner(t *suite.T) {
	l, o := rlock.New(), rlock.NewOwner()
	free(t, l, "that is new")
	if !l.TryLock(o) {
		t.Fatalf("TryLock does not get a free lock")
	}
	again(t, l, o, "that got it by TryLock")
	taken(t, l, "that another one holds by TryLock")
	l.Unlock(o)
	free(t, l, "that was held by TryLock")
	l.Lock(o)
	again(t, l, o, "that got it by Lock")
	taken(t, l, "that another one holds by Lock")
	l.Unlock(o)
	l.With(o, func() {
		again(t, l, o, "that got it by With")
		taken(t, l, "that another one holds by With")
	})
	free(t, l, "that was held by With")
	calls := 0
	l.With(o, func() { calls++ })
	t.Diff(1, calls, "how often With calls its function")
}

func ownersDiffer(t *suite.T) {
	const n = 3
	var owners [n]*rlock.Owner
	var all []func()
	for i := range n {
		all = append(all, func() { owners[i] = rlock.NewOwner() })
	}
	suite.Together(all...)
	for i, holder := range owners {
		l := rlock.New()
		l.Lock(holder)
		for j, other := range owners {
			if j != i && l.TryLock(other) {
				t.Errorf("an Owner holds the lock, and TryLock lets another one in, as if they were the same")
			}
		}
	}
}

func ownerTravels(t *suite.T) {
	l, o := rlock.New(), rlock.NewOwner()
	l.Lock(o)
	suite.Together(func() {
		l.With(o, func() { depth(t, 2, l, o, "in another goroutine, which enters again with the same Owner") })
		l.Unlock(o)
	})
	depth(t, 0, l, o, "after another goroutine has unlocked")
	free(t, l, "that another goroutine has unlocked with the same Owner")
	suite.Together(func() { l.Lock(o) })
	l.Lock(o)
	l.Unlock(o)
	taken(t, l, "that another goroutine has locked with the same Owner, and that is still held once")
	l.Unlock(o)
}

func locksCountForThemselves(t *suite.T) {
	a, b, o := rlock.New(), rlock.New(), rlock.NewOwner()
	a.Lock(o)
	a.Lock(o)
	b.Lock(o)
	depth(t, 2, a, o, "of a lock that is locked twice, next to one that is locked once")
	depth(t, 1, b, o, "of a lock that is locked once, next to one that is locked twice")
	b.Unlock(o)
	free(t, b, "while its last Owner still holds another one")
	depth(t, 2, a, o, "of a lock that is locked twice, when another one was unlocked")
	suite.Together(func() {
		other := rlock.NewOwner()
		b.With(other, func() { taken(t, a, "while another lock is held by somebody else") })
	})
	a.Unlock(o)
	a.Unlock(o)
	free(t, a, "that is unlocked as often as it was locked")
}

func oneOwnerAtATime(t *suite.T) {
	l := rlock.New()
	inside := t.Gauge("Owners", 1)
	visit := func() {
		inside.Enter()
		inside.Leave()
	}
	suite.Together(
		func() {
			o := rlock.NewOwner()
			for range 2 {
				l.Lock(o)
				l.Lock(o)
				visit()
				l.Unlock(o)
				visit()
				l.Unlock(o)
			}
		},
		func() {
			o := rlock.NewOwner()
			l.With(o, func() {
				visit()
				l.With(o, visit)
				visit()
			})
		},
		func() {
			o := rlock.NewOwner()
			l.Lock(o)
			visit()
			l.Unlock(o)
			if l.TryLock(o) {
				visit()
				l.Unlock(o)
			}
		},
	)
	if n := inside.Total(); n < 8 {
		t.Expected("at least 8", fmt.Sprint(n), "the number of visits that three Owners have made with the lock held")
	}
	free(t, l, "that everybody has given back")
}

func misuseChangesNothing(t *suite.T) {
	l, o, other := rlock.New(), rlock.NewOwner(), rlock.NewOwner()
	unlockPanics(t, l, o, "nobody holds the lock")
	inside := t.Gauge("Owners", 1)
	visit := func() {
		inside.Enter()
		inside.Leave()
	}
	suite.Together(
		func() {
			l.Lock(o)
			visit()
			l.Lock(o)
			visit()
			l.Unlock(o)
			l.Unlock(o)
		},
		func() { unlockPanics(t, l, other, "its Owner has never locked") },
		func() { l.With(rlock.NewOwner(), visit) },
	)
	t.Diff(3, inside.Total(), "the number of visits that two Owners have made with the lock held, while another one called Unlock")
	depth(t, 0, l, other, "for an Owner that has only called Unlock")
	free(t, l, "that everybody has given back")
}

func foreignUnlock(t *suite.T) {
	l, o, other := rlock.New(), rlock.NewOwner(), rlock.NewOwner()
	unlockPanics(t, l, o, "nobody holds the lock")
	l.Lock(o)
	l.Lock(o)
	unlockPanics(t, l, other, "another Owner holds the lock")
	depth(t, 2, l, o, "of the holder, after another Owner has called Unlock")
	taken(t, l, "that is held twice, after another Owner has called Unlock")
	l.Unlock(o)
	l.Unlock(o)
	unlockPanics(t, l, o, "the Owner has called Unlock as often as Lock before")
	depth(t, 0, l, o, "after one Unlock too many")
	l.Lock(other)
	unlockPanics(t, l, o, "the Owner does not hold the lock any more, and another one does")
	depth(t, 1, l, other, "of the holder, after the last holder has called Unlock")
	l.Unlock(other)
	free(t, l, "after Unlocks that panicked")
}

func oneOfTwoUnlocks(t *suite.T) {
	l, o := rlock.New(), rlock.NewOwner()
	l.Lock(o)
	panics := t.Gauge("panics", 0)
	unlock := func() {
		if suite.Raised(func() { l.Unlock(o) }) != nil {
			panics.Enter()
		}
	}
	suite.Together(unlock, unlock)
	t.Diff(1, panics.Total(), "the number of panics, when two Unlocks follow one Lock")
	depth(t, 0, l, o, "after two Unlocks, of which one panicked")
	free(t, l, "after two Unlocks, of which one panicked")
}

func withUnlocksOnPanic(t *suite.T) {
	l, o := rlock.New(), rlock.NewOwner()
	failure := errors.New("out of money")
	suite.Together(
		func() {
			passesOn(t, l, o, failure, func() {
				passesOn(t, l, o, failure, func() { panic(failure) })
				depth(t, 1, l, o, "in the outer one of two Withs, after the inner one has panicked")
				panic(failure)
			})
			depth(t, 0, l, o, "after two Withs that panicked")
		},
		func() { l.With(rlock.NewOwner(), func() {}) },
	)
	free(t, l, "after With has panicked")
}

func nobodyLeftBehind(t *suite.T) {
	before := t.Goroutines()
	l, o := rlock.New(), rlock.NewOwner()
	visit := func() {
		o := rlock.NewOwner()
		l.With(o, func() { l.With(o, t.Yield) })
	}
	suite.Together(visit, visit, visit)
	l.Lock(o)
	t.Settle()
	if n := t.Goroutines() - before; n > 0 {
		t.Expected("none", fmt.Sprint(n), "goroutines of the lock that nobody waits for")
	}
	l.Unlock(o)
}
