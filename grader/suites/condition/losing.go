package condition

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"example.com/gokata/grader/suite"
)

func noNotificationLost(t *suite.T) {
	r := newRoom(t)
	dishes := 0
	eat := func() {
		r.mu.Lock()
		for dishes == 0 {
			_ = r.wait(background)
		}
		dishes--
		r.mu.Unlock()
	}
	serve := func() {
		r.mu.Lock()
		dishes++
		r.c.Notify(1)
		r.mu.Unlock()
	}
	suite.Together(eat, serve, eat, serve)
	t.Diff(0, dishes, "the number of dishes left, of 2, when two have eaten")
}

func goodsChangeHands(t *suite.T) {
	mu := new(sync.Mutex)
	room, goods := roomWith(t, mu), roomWith(t, mu)
	var shelf []int // with room for one
	var got []int
	put := func(item int) {
		mu.Lock()
		for len(shelf) == 1 {
			_ = room.wait(background)
		}
		shelf = append(shelf, item)
		goods.c.Notify(1)
		mu.Unlock()
	}
	get := func() {
		mu.Lock()
		for len(shelf) == 0 {
			_ = goods.wait(background)
		}
		got = append(got, shelf...)
		shelf = nil
		room.c.Notify(1)
		mu.Unlock()
	}
	suite.Together(
		func() { put(1); put(2) }, func() { get(); get() },
		func() { put(3) }, get,
	)
	slices.Sort(got)
	t.Diff([]int{1, 2, 3}, got, "what was got, sorted, of three items that were put on a shelf with room for one")
}

func everybodyIsWoken(t *suite.T) {
	r := newRoom(t)
	for _, notify := range []func(){r.notifyAll, func() { r.notify(3) }, func() { r.notify(100) }, r.notifyAll} {
		for _, name := range []string{"the first", "the second", "the third"} {
			r.come(background, name)
		}
		notify()
		r.waiters.Wait()
	}
}

func notificationGoesOn(t *suite.T) {
	r := newRoom(t)
	ctx, cancel := context.WithCancel(background)
	var err error
	var impatient sync.WaitGroup
	impatient.Go(func() {
		r.mu.Lock()
		err = r.wait(ctx)
		r.mu.Unlock()
	})
	t.Settle()
	r.come(background, "the next one")
	suite.Together(cancel, func() { r.notify(1) })
	impatient.Wait()
	if err == nil { // it was this one that got the notification
		r.notify(1)
	}
	r.waiters.Wait()
}

func cancelMeetsNotify(t *suite.T) {
	r := newRoom(t)
	ctx, cancel := context.WithCancel(background)
	r.come(ctx, "A")
	r.come(ctx, "B")
	r.come(background, "C")
	r.come(background, "D")
	suite.Together(cancel, func() { r.notify(1) })
	t.Settle()
	got := slices.Sorted(slices.Values(t.Events()))
	allowed := [][]string{
		{"A gives up", "B gives up", "C is woken"},
		{"A gives up", "B is woken"},
		{"A is woken", "B gives up"},
	}
	if !slices.ContainsFunc(allowed, func(want []string) bool { return slices.Equal(want, got) }) {
		t.Expected("one of A, B and C is woken, and A and B give up if they are not", fmt.Sprint(got),
			"one notification does not wake one waiter: A, B, C and D wait in this order, A and B are cancelled, and Notify(1) is called at the same moment")
		t.Fatalf("see above")
	}
	r.notifyAll()
	r.waiters.Wait()
}

func goneIsGone(t *suite.T) {
	r := newRoom(t)
	ctx, cancel := context.WithCancel(background)
	r.come(ctx, "the first")
	r.come(background, "the second")
	r.come(ctx, "the third")
	cancel()
	t.Settle()
	r.come(background, "the fourth")
	r.notify(2)
	t.Settle()
	got := slices.Sorted(slices.Values(t.Events()))
	want := []string{"the first gives up", "the fourth is woken", "the second is woken", "the third gives up"}
	if !t.Diff(want, got, "what four waiters do, of whom two have given up before Notify(2)") {
		t.Fatalf("see above")
	}
	r.waiters.Wait()
}

func givesUpInTime(t *suite.T) {
	const limit = 1234567 * time.Nanosecond // no poller looks at such a time
	r := newRoom(t)
	timeout, stop := context.WithTimeout(background, limit)
	defer stop()
	canceled, cancel := context.WithCancel(background)
	wait := func(ctx context.Context, want error, at time.Duration) {
		r.waiters.Go(func() {
			r.mu.Lock()
			t.Diff(want, r.wait(ctx), "what Wait returns that is not notified before its context is done")
			t.Diff(at, t.Elapsed(), "the time at which Wait returns whose context is done at %v", at)
			r.mu.Unlock()
		})
	}
	wait(timeout, context.DeadlineExceeded, limit)
	wait(canceled, context.Canceled, 2*limit)
	t.Work(2 * limit)
	cancel()
	r.waiters.Wait()
}

func doneFromTheStart(t *suite.T) {
	r := newRoom(t)
	ctx, cancel := context.WithCancel(background)
	cancel()
	ask := func() {
		r.mu.Lock()
		t.Diff(context.Canceled, r.wait(ctx), "what Wait returns whose context is done from the start")
		r.mu.Unlock()
	}
	ask()
	suite.Together(ask, func() { r.notify(1) }, ask)
	r.come(background, "a waiter")
	suite.Together(ask, func() { r.notify(1) })
	r.waiters.Wait() // the notification was for nobody else
}

func nobodyLeftBehind(t *suite.T) {
	before := t.Goroutines()
	check := func(when string) {
		t.Settle()
		if n := t.Goroutines() - before; n > 0 {
			t.Expected("none", fmt.Sprint(n), "the number of goroutines left behind %s", when)
		}
	}
	long, end := context.WithCancel(background) // outlives all calls
	defer end()
	r := newRoom(t)
	r.come(long, "a waiter")
	r.come(long, "another one")
	r.notify(1)
	r.notifyAll()
	r.waiters.Wait()
	check("by two Waits that were notified, while their context lives on")
	short, cancel := context.WithCancel(long)
	r.come(short, "somebody impatient")
	cancel()
	r.waiters.Wait()
	check("by a Wait that has given up")
	r.notifyAll()
	check("by a notification for nobody")
}

func withoutTheLock(t *suite.T) {
	r := newRoom(t)
	done, cancel := context.WithCancel(background)
	cancel()
	for _, misuse := range []struct {
		call string
		fn   func()
	}{
		{"Wait", func() { _ = r.c.Wait(background) }},
		{"Wait, with a context that is done,", func() { _ = r.c.Wait(done) }},
		{"Notify(1)", func() { r.c.Notify(1) }},
		{"Notify(0)", func() { r.c.Notify(0) }},
		{"NotifyAll", r.c.NotifyAll},
	} {
		panics(t, misuse.call, misuse.fn)
		r.free("after " + misuse.call + " without it")
	}
}

func misuseChangesNothing(t *suite.T) {
	r := newRoom(t)
	wait := func() { panics(t, "Wait", func() { _ = r.c.Wait(background) }) }
	wait()
	r.come(background, "the first")
	wait()
	panics(t, "Notify(1)", func() { r.c.Notify(1) })
	panics(t, "NotifyAll", r.c.NotifyAll)
	t.Settle()
	t.Happened("the first is woken").Never()
	r.come(background, "the second")
	r.free("after six calls without it")
	r.notify(2)
	r.waiters.Wait()
}

func whatCameBefore(t *suite.T) {
	r := newRoom(t)
	ctx, cancel := context.WithCancel(background)
	n, woken := 0, 0
	wait := func(ctx context.Context) func() {
		return func() {
			r.mu.Lock()
			if r.c.Wait(ctx) == nil {
				woken++
			}
			n++
			r.mu.Unlock()
		}
	}
	r.waiters.Go(wait(background))
	r.waiters.Go(wait(ctx))
	t.Settle() // both wait
	suite.Together(cancel, func() {
		r.mu.Lock()
		n++
		r.c.NotifyAll()
		n++
		r.mu.Unlock()
	})
	r.waiters.Wait()
	t.Diff(4, n, "a number that every holder of the lock has raised by one, four times in all")
	if woken == 0 {
		t.Expected("1 or 2", "0", "the number of waiters that NotifyAll has woken, of two of whom one was cancelled")
	}
}

func everybodyAtOnce(t *suite.T) {
	r := newRoom(t)
	ctx, cancel := context.WithCancel(background)
	wait := func() {
		r.mu.Lock()
		_ = r.wait(ctx)
		r.mu.Unlock()
	}
	suite.Together(wait, wait, wait, cancel, func() { r.notify(1) }, func() { r.notify(2) }, r.notifyAll)
	r.come(background, "somebody")
	r.notify(1)
	r.waiters.Wait()
}
