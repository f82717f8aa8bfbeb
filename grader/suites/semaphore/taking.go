package semaphore

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"example.com/gokata/exercises/semaphore"
	"example.com/gokata/grader/suite"
)

// units counts the units that are taken.
func units(t *suite.T, capacity int) (take, giveBack func(n int)) {
	g := t.Gauge("units taken", capacity)
	take = func(n int) {
		for range n {
			g.Enter()
		}
	}
	giveBack = func(n int) {
		for range n {
			g.Leave()
		}
	}
	return take, giveBack
}

func neverTooManyUnits(t *suite.T) {
	s := semaphore.New(3)
	take, giveBack := units(t, 3)
	use := func(n int) {
		take(n)
		giveBack(n)
		s.Release(n)
	}
	wait := func(n int) func() {
		return func() {
			for range 2 {
				acquire(t, s, n)
				use(n)
			}
		}
	}
	try := func(n int) func() {
		return func() {
			if s.TryAcquire(n) {
				use(n)
			}
		}
	}
	suite.Together(try(2), try(2)) // few, so that their steps meet in most schedules
	suite.Together(wait(1), wait(2), wait(2), try(1), try(3))
}

func asManyAsFit(t *suite.T) {
	for _, sizes := range [][]int{{1, 1, 1}, {1, 2}, {3}} {
		s := semaphore.New(3)
		m := t.Rendezvous(len(sizes), "holders for whom there is room")
		var fns []func()
		for _, n := range sizes {
			fns = append(fns, func() {
				acquire(t, s, n)
				m.Meet()
				s.Release(n)
			})
		}
		suite.Together(fns...)
	}
}

func noTimeIsLost(t *suite.T) {
	const job = 1234567 * time.Nanosecond // no poller looks at such a time
	s := semaphore.New(2)
	work := func() {
		acquire(t, s, 1)
		t.Work(job)
		s.Release(1)
	}
	suite.Together(work, work, work, work, work, work)
	t.Diff(3*job, t.Elapsed(), "the time that six jobs of %v take, two at a time", job)
}

func yesOrNoAtOnce(t *suite.T) {
	s := semaphore.New(3)
	try := func(n int, want bool, when string) {
		t.Within(time.Second, fmt.Sprintf("TryAcquire(%d) %s", n, when), func() {
			t.Diff(want, s.TryAcquire(n), "TryAcquire(%d) of 3 units %s", n, when)
		})
	}
	try(2, true, "when all are free")
	try(2, false, "when one is free")
	try(1, true, "when one is free, after a TryAcquire(2) that failed")
	try(1, false, "when none is free")
	s.Release(3)
	try(3, true, "when all are free again")
	s.Release(2)
	l := line{t: t, s: s}
	l.add("a waiter", 3)
	try(1, false, "when two are free and somebody waits for three")
	s.Release(1)
	l.wg.Wait()
	try(3, true, "when the waiter has come and gone")
}

func noOnlyForAReason(t *suite.T) {
	s := semaphore.New(3)
	try := func() {
		t.Diff(true, s.TryAcquire(1), "TryAcquire(1), called by three goroutines at once when 3 units are free")
	}
	suite.Together(try, try, try)
	t.Diff(false, s.TryAcquire(1), "TryAcquire(1) after these three")
	release := func() { s.Release(1) }
	suite.Together(release, release, release)
	free(t, s, 3, "after three Releases at once")
}

func moreThanThereIs(t *suite.T) {
	s := semaphore.New(3)
	ask := func(n int, when string) {
		about := fmt.Sprintf("Acquire of %d units, of 3, %s", n, when)
		t.Within(time.Second, about, func() {
			if err := s.Acquire(context.Background(), n); !errors.Is(err, semaphore.ErrTooLarge) {
				t.Expected("ErrTooLarge", suite.Said(err), "%s does not say so", about)
			}
		})
		t.Diff(false, s.TryAcquire(n), "TryAcquire of %d units, of 3, %s", n, when)
	}
	l := line{t: t, s: s}
	for _, n := range []int{4, math.MaxInt} {
		ask(n, "when all are free")
		free(t, s, 3, "after requests for more than there are")
		acquire(t, s, 1)
		ask(n, "when one is taken")
		l.add("a waiter for 3 units", 3)
		ask(n, "when somebody waits")
		s.Release(1)
		l.wg.Wait()
	}
	free(t, s, 3, "after the waiters have come and gone")
}

func unitsAreAllAlike(t *suite.T) {
	s := semaphore.New(3)
	acquire(t, s, 3)
	release := func() { s.Release(1) }
	suite.Together(release, release, release) // not by who took them, and bit by bit
	free(t, s, 3, "after Acquire(3) and three times Release(1)")
	acquire(t, s, 1)
	acquire(t, s, 2)
	suite.Together(func() { s.Release(3) })
	free(t, s, 3, "after Acquire(1), Acquire(2) and Release(3)")

	acquire(t, s, 3)
	l := line{t: t, s: s}
	l.add("a waiter for 2 units", 2)
	s.Release(1)
	t.Settle()
	t.Happened("a waiter for 2 units goes in").Never()
	s.Release(1) // together they are enough
	l.wg.Wait()
	t.Settle()
	s.Release(1)
	free(t, s, 3, "after all were released bit by bit")
}

func releasedTooOften(t *suite.T) {
	s := semaphore.New(3)
	panics(t, "Release(1) when nothing is taken", func() { s.Release(1) })
	free(t, s, 3, "after a Release that panicked")
	acquire(t, s, 2)
	for _, n := range []int{3, math.MaxInt} {
		panics(t, fmt.Sprintf("Release(%d) when 2 units are taken", n), func() { s.Release(n) })
		free(t, s, 1, "of 3, when 2 are taken, after a Release that panicked")
	}
	s.Release(2)
	free(t, s, 3, "after all that were taken were released")
}

func releasedTwiceAtOnce(t *suite.T) {
	s := semaphore.New(3)
	acquire(t, s, 2)
	refused := t.Gauge("refused", 0)
	release := func() {
		defer func() {
			if recover() != nil {
				refused.Enter()
			}
		}()
		s.Release(2)
	}
	suite.Together(release, release)
	if t.Diff(1, refused.Total(), "the number of Releases that panic, of two at once of the same 2 units") {
		free(t, s, 3, "after these two Releases")
	}
}

func lessThanOneUnit(t *suite.T) {
	for _, n := range []int{0, -1} {
		s := semaphore.New(3)
		panics(t, fmt.Sprintf("New(%d)", n), func() { semaphore.New(n) })
		panics(t, fmt.Sprintf("Acquire of %d units", n), func() { _ = s.Acquire(context.Background(), n) })
		panics(t, fmt.Sprintf("TryAcquire(%d)", n), func() { s.TryAcquire(n) })
		panics(t, fmt.Sprintf("Release(%d)", n), func() { s.Release(n) })
		free(t, s, 3, "after calls that panicked")
		acquire(t, s, 2)
		panics(t, fmt.Sprintf("Release(%d) when units are taken", n), func() { s.Release(n) })
		free(t, s, 1, "of 3, when 2 are taken, after calls that panicked")
	}
}
