package rlock

import (
	"fmt"
	"sync"
	"time"

	"example.com/gokata/exercises/rlock"
	"example.com/gokata/grader/suite"
)

func outermostReleases(t *suite.T) {
	l, o := rlock.New(), rlock.NewOwner()
	l.Lock(o)
	l.Lock(o)
	var line sync.WaitGroup
	line.Go(func() {
		l.With(rlock.NewOwner(), func() { t.Event("the other Owner gets the lock") })
	})
	t.Settle()
	l.With(o, func() { again(t, l, o, "the third time") })
	t.Settle()
	stillOut(t, "With, in which the lock was held for the third time, is over")
	l.Unlock(o)
	t.Settle()
	stillOut(t, "two Locks were followed by one Unlock")
	taken(t, l, "after two Locks and one Unlock")
	l.Unlock(o)
	line.Wait()
	t.Happened("the other Owner gets the lock").Once()
}

// stillOut fails and ends the case if the other Owner has got the lock.
func stillOut(t *suite.T, when string) {
	if len(t.Events()) > 0 {
		t.Expected("it waits until the last Unlock", "it has the lock", "another Owner gets the lock too early: %s", when)
		t.Fatalf("see above")
	}
}

func ownersSeeEachOther(t *suite.T) {
	l := rlock.New()
	n, tried := 0, 0
	visit := func() {
		o := rlock.NewOwner()
		l.Lock(o)
		l.With(o, func() { n++ })
		n++
		l.Unlock(o)
	}
	suite.Together(visit, visit, func() {
		o := rlock.NewOwner()
		if l.TryLock(o) {
			n++
			tried++
			l.Unlock(o)
		}
	})
	t.Diff(4+tried, n, "a number that the holders have raised by one each time")
}

func everybodyAtOnce(t *suite.T) {
	l := rlock.New()
	n := 0
	suite.Together(
		func() {
			o := rlock.NewOwner()
			l.With(o, func() { n++ })
			depth(t, 0, l, o, "after With")
		},
		func() {
			o := rlock.NewOwner()
			depth(t, 0, l, o, "for an Owner that has never locked")
			if l.TryLock(o) {
				n++
				l.Unlock(o)
			}
		},
		func() {
			o := rlock.NewOwner()
			unlockPanics(t, l, o, "its Owner has never locked")
			l.Lock(o)
			n++
			l.Unlock(o)
		},
	)
	if n < 2 || n > 3 {
		t.Expected("2 or 3", fmt.Sprint(n), "a number that two or three holders have raised by one")
	}
}

func sameOwnerAtOnce(t *suite.T) {
	l, o := rlock.New(), rlock.NewOwner()
	ours, others := t.Gauge("goroutines", 0), t.Gauge("goroutines", 0)
	visit := func() {
		for range 2 {
			l.Lock(o)
			ours.Enter()
			if others.Inside() > 0 {
				t.Errorf("two Owners hold the lock at once, and one of them is used by several goroutines")
			}
			ours.Leave()
			l.Unlock(o)
		}
	}
	suite.Together(visit, visit, func() {
		l.With(rlock.NewOwner(), func() {
			others.Enter()
			if ours.Inside() > 0 {
				t.Errorf("two Owners hold the lock at once, and one of them is used by several goroutines")
			}
			others.Leave()
		})
	})
	depth(t, 0, l, o, "when two goroutines have unlocked as often as they have locked with one Owner")
	free(t, l, "when two goroutines have unlocked as often as they have locked with one Owner")
}

func waitersSleep(t *suite.T) {
	const first = time.Second + 7*time.Nanosecond // nobody asks at just this time
	l, o := rlock.New(), rlock.NewOwner()
	l.Lock(o)
	l.Lock(o)
	var begins []time.Duration
	var line sync.WaitGroup
	for range 3 {
		line.Go(func() {
			l.With(rlock.NewOwner(), func() {
				begins = append(begins, t.Elapsed())
				t.Work(time.Second)
			})
		})
	}
	l.Unlock(o)
	t.Work(first)
	l.Unlock(o)
	line.Wait()
	t.Diff([]time.Duration{first, first + time.Second, first + 2*time.Second}, begins,
		"the times at which three Owners get a lock that is released after %v, and that each of them holds for 1s", first)
}

func ownerEntersAgain(t *suite.T) {
	l, o := rlock.New(), rlock.NewOwner()
	l.Lock(o)
	var line sync.WaitGroup
	for range 2 {
		line.Go(func() {
			other := rlock.NewOwner()
			l.Lock(other)
			l.With(other, func() {})
			l.Unlock(other)
		})
	}
	t.Settle() // others wait now
	l.Lock(o)
	l.With(o, func() { l.With(o, func() {}) })
	again(t, l, o, "while others wait")
	l.Unlock(o)
	l.Unlock(o)
	line.Wait()
}

func everybodyGetsATurn(t *suite.T) {
	l := rlock.New()
	visit := func() {
		o := rlock.NewOwner()
		for range 2 {
			l.With(o, func() { l.With(o, t.Yield) })
		}
	}
	suite.Together(visit, visit, visit)
	free(t, l, "that everybody has given back")
}

func wholePartyComesIn(t *suite.T) {
	l, o, other := rlock.New(), rlock.NewOwner(), rlock.NewOwner()
	l.Lock(other)
	m := t.Rendezvous(2, "two goroutines with the token of the same owner")
	var line sync.WaitGroup
	for range 2 {
		line.Go(func() {
			l.Lock(o)
			m.Meet() // with the lock held
			l.Unlock(o)
		})
	}
	line.Go(func() { l.With(rlock.NewOwner(), func() {}) })
	t.Settle() // all of them wait
	l.Unlock(other)
	line.Wait()
	depth(t, 0, l, o, "when two goroutines have unlocked as often as they have locked with one Owner")
	free(t, l, "that everybody has given back")
}
