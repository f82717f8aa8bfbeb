package semaphore

import (
	"context"
	"fmt"
	"runtime"
	"time"

	"example.com/gokata/exercises/semaphore"
	"example.com/gokata/grader/suite"
)

func firstComeFirstServed(t *suite.T) {
	s := semaphore.New(3)
	acquire(t, s, 3)
	l := line{t: t, s: s}
	for _, name := range []string{"the first", "the second", "the third", "the fourth"} {
		l.add(name, 2) // no two of them fit at once
	}
	s.Release(3)
	l.wg.Wait()
	t.Diff([]string{"the first goes in", "the second goes in", "the third goes in", "the fourth goes in"}, t.Events(),
		"what four goroutines do that have come one after the other and want 2 of 3 units")
}

func lineWithoutTheOneWhoLeft(t *suite.T) {
	s := semaphore.New(2)
	acquire(t, s, 2)
	l := line{t: t, s: s}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	l.add("the first", 2)
	l.join(ctx, "the second", 2, func() { s.Release(2) })
	l.add("the third", 2)
	l.add("the fourth", 2)
	cancel()
	t.Settle()
	s.Release(2)
	l.wg.Wait()
	t.Diff([]string{"the second leaves", "the first goes in", "the third goes in", "the fourth goes in"}, t.Events(),
		"what four goroutines in the line do when the context of the second is cancelled and the units come back then")
}

func newcomerGoesToTheEnd(t *suite.T) {
	s := semaphore.New(3)
	acquire(t, s, 2)
	l := line{t: t, s: s}
	l.add("large", 3)
	l.add("small", 1) // one unit is free
	t.Happened("small goes in").Never()
	t.Diff(false, s.TryAcquire(1), "TryAcquire(1) when one unit is free and somebody waits for three")
	s.Release(2)
	l.wg.Wait()
	t.Happened("large goes in").Before("small goes in")
}

func smallWaitsBehindLarge(t *suite.T) {
	s := semaphore.New(3)
	acquire(t, s, 3)
	l := line{t: t, s: s}
	l.add("large", 3)
	l.add("small", 1)
	l.add("another small", 1)
	for range 2 {
		s.Release(1) // enough for the small ones, not for the large one
		t.Settle()
	}
	t.Diff([]string{}, append([]string{}, t.Events()...), "who has gone in when 2 of 3 units are free and the first in the line wants 3")
	t.Diff(false, s.TryAcquire(1), "TryAcquire(1) when 2 units are free and the first in the line wants 3")
	s.Release(1)
	l.wg.Wait()
	t.Happened("large goes in").Before("small goes in")
	t.Happened("large goes in").Before("another small goes in")
}

func givingUpAddsNoUnits(t *suite.T) {
	s := semaphore.New(2)
	take, giveBack := units(t, 2)
	ctx, cancel := context.WithCancel(context.Background())
	use := func(ctx context.Context, n int) func() {
		return func() {
			if s.Acquire(ctx, n) != nil {
				return
			}
			take(n)
			giveBack(n)
			s.Release(n)
		}
	}
	suite.Together(
		use(ctx, 2), use(ctx, 1), cancel,
		use(context.Background(), 2), use(context.Background(), 1),
	)
}

func givesUpInTime(t *suite.T) {
	const limit = 1234567 * time.Nanosecond // no poller looks at such a time
	s := semaphore.New(2)
	acquire(t, s, 1)
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	gone(t, s.Acquire(ctx, 2), context.DeadlineExceeded, "whose time is up while it waits")
	t.Diff(limit, t.Elapsed(), "the time at which Acquire gives up")

	late, cancel := context.WithCancel(context.Background())
	suite.Together(
		func() { gone(t, s.Acquire(late, 2), context.Canceled, "that is cancelled while it waits") },
		func() {
			t.Settle()
			cancel()
		},
	)
	t.Diff(limit, t.Elapsed(), "the time at which Acquire returns that was cancelled at that moment")
	free(t, s, 1, "of 2, when 1 is taken, after two others have given up")
	s.Release(1)
	t.Settle()
	free(t, s, 2, "after the only one who got a unit has released it")
}

func doneFromTheStart(t *suite.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	s := semaphore.New(2)
	ask := func(when string) {
		t.Within(time.Second, "Acquire with a context that is done from the start, "+when, func() {
			gone(t, s.Acquire(ctx, 1), context.Canceled, "with a context that is done from the start, "+when+",")
		})
	}
	for range 5 { // a select between the two would go the right way by chance
		ask("when there is room")
	}
	free(t, s, 2, "after requests whose context was done from the start")
	acquire(t, s, 2)
	ask("when nothing is free")
	l := line{t: t, s: s}
	l.add("a waiter", 2)
	ask("when somebody waits")
	s.Release(2)
	l.wg.Wait()
	free(t, s, 2, "in the end")
}

func nothingTakenOnError(t *suite.T) {
	s := semaphore.New(2)
	acquire(t, s, 2)
	l := line{t: t, s: s}
	ctx, cancel := context.WithCancel(context.Background())
	l.join(ctx, "the first", 2, func() { s.Release(2) })
	l.add("the second", 1)
	suite.Together(cancel, func() { s.Release(2) })
	l.wg.Wait()
	free(t, s, 2, "after one was cancelled at the moment of its turn, and everybody else has released theirs")
}

func allOrNothing(t *suite.T) {
	s := semaphore.New(3)
	use := func(n int) func() {
		return func() {
			acquire(t, s, n)
			s.Release(n)
		}
	}
	suite.Together(use(2), use(2), use(3))
}

func nobodyIsForgotten(t *suite.T) {
	s := semaphore.New(2)
	use := func(n int) func() {
		return func() {
			for range 2 {
				acquire(t, s, n)
				s.Release(n)
			}
		}
	}
	suite.Together(use(1), use(1), use(2))
	acquire(t, s, 2)
	l := line{t: t, s: s}
	both := make(chan struct{})
	l.join(context.Background(), "the first", 1, func() {
		<-both
		s.Release(1)
	})
	l.join(context.Background(), "the second", 1, func() {
		both <- struct{}{}
		s.Release(1)
	})
	s.Release(2) // one call lets in two
	l.wg.Wait()
	free(t, s, 2, "in the end")
}

func nextOneMovesUp(t *suite.T) {
	s := semaphore.New(3)
	acquire(t, s, 1)
	ctx, cancel := context.WithCancel(context.Background())
	l := line{t: t, s: s}
	l.join(ctx, "large", 3, func() { s.Release(3) })
	l.add("small", 1)
	l.add("another small", 1)
	cancel()
	l.wg.Wait() // two units are free, so nobody needs a Release
	t.Happened("large leaves").Once()
	s.Release(1)
	free(t, s, 3, "in the end")
}

func whatCameBeforeRelease(t *suite.T) {
	lock, n := semaphore.New(1), 0
	suite.Together(
		func() { acquire(t, lock, 1); n++; lock.Release(1) },
		func() { acquire(t, lock, 1); n++; lock.Release(1) },
		func() {
			if lock.TryAcquire(1) {
				n++
				lock.Release(1)
			}
		},
	)
	acquire(t, lock, 1)
	if n != 2 && n != 3 {
		t.Expected("2 or 3", fmt.Sprint(n), "the sum that two goroutines, and perhaps a third one, have counted up to one after the other")
	}

	book, page := semaphore.New(2), 0
	read := func() {
		acquire(t, book, 1)
		_ = page
		book.Release(1)
	}
	write := func() {
		acquire(t, book, 2) // nobody reads now
		page++
		book.Release(2)
	}
	suite.Together(read, write, read, write)
	read()
	t.Diff(2, page, "what two goroutines have counted up to that each took all the units")
}

func everybodyAtOnce(t *suite.T) {
	s := semaphore.New(3)
	ctx, cancel := context.WithCancel(context.Background())
	use := func(ctx context.Context, n int) func() {
		return func() {
			if s.Acquire(ctx, n) == nil {
				s.Release(n)
			}
		}
	}
	try := func() {
		if s.TryAcquire(2) {
			s.Release(2)
		}
	}
	suite.Together(use(ctx, 3), use(ctx, 1), cancel, use(context.Background(), 2), try, try)
	free(t, s, 3, "when everybody has released theirs")
}

func nobodyLeftBehind(t *suite.T) {
	before := runtime.NumGoroutine()
	s := semaphore.New(2)
	long, end := context.WithCancel(context.Background()) // outlives all calls
	defer end()
	check := func(when string) {
		t.Settle()
		if n := runtime.NumGoroutine() - before; n > 0 {
			t.Expected("none", fmt.Sprint(n), "goroutines are left %s, while the context of the call lives on", when)
		}
	}
	if s.Acquire(long, 2) != nil {
		t.Fatalf("Acquire of free units returned an error")
	}
	check("after an Acquire that did not have to wait")
	l := line{t: t, s: s}
	l.join(long, "a waiter", 2, func() {})
	s.Release(2)
	l.wg.Wait()
	check("after an Acquire that had to wait")
	short, cancel := context.WithCancel(long)
	l.join(short, "somebody impatient", 1, func() {})
	cancel()
	l.wg.Wait()
	check("after an Acquire that has given up")
	s.Release(2)
	free(t, s, 2, "in the end")
}
