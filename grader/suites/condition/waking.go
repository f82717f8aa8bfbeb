package condition

import (
	"context"
	"slices"
	"sync"
	"time"

	"example.com/gokata/grader/suite"
)

func asManyAsAsked(t *suite.T) {
	r := newRoom(t)
	for _, name := range []string{"the first", "the second", "the third", "the fourth"} {
		r.come(background, name)
	}
	for _, step := range []struct{ n, want int }{{0, 0}, {-1, 0}, {1, 1}, {2, 3}, {5, 4}} {
		before := len(t.Events())
		r.notify(step.n)
		t.Settle()
		t.Diff(step.want-before, len(t.Events())-before, "the number of waiters that Notify(%d) wakes when %d are waiting", step.n, 4-before)
	}
	r.waiters.Wait()
}

func oneHolderAtATime(t *suite.T) {
	r := newRoom(t)
	inside := t.Gauge("holders of the lock", 1)
	visit := func() {
		inside.Enter()
		inside.Leave()
	}
	ctx, cancel := context.WithCancel(background)
	for _, ctx := range []context.Context{background, ctx, background, ctx} {
		r.waiters.Go(func() {
			r.mu.Lock()
			visit()
			_ = r.wait(ctx)
			visit()
			r.mu.Unlock()
		})
	}
	t.Settle() // all of them wait
	suite.Together(cancel, func() {
		r.mu.Lock()
		visit()
		r.c.NotifyAll()
		visit()
		r.mu.Unlock()
	})
	r.waiters.Wait()
}

func lockedAgainHoweverLong(t *suite.T) {
	r := roomWith(t, make(door, 1))
	ctx, cancel := context.WithTimeout(background, 2*time.Second)
	defer cancel()
	wait := func(ctx context.Context, want time.Duration, what string) {
		r.waiters.Go(func() {
			r.mu.Lock()
			_ = r.wait(ctx)
			if !t.Diff(want, t.Elapsed(), "the time at which a Wait returns that %s", what) {
				t.Fatalf("see above")
			}
			t.Work(time.Second)
			r.mu.Unlock()
		})
		t.Settle()
	}
	t.Work(time.Second)
	wait(ctx, 3*time.Second, "was given up after 2s, while somebody else has the lock until 3s")
	r.mu.Lock()
	t.Work(2 * time.Second)
	r.mu.Unlock()
	r.waiters.Wait()

	wait(background, 6*time.Second, "was notified after 4s, while somebody else has the lock until 6s")
	r.mu.Lock()
	r.c.Notify(1)
	t.Work(2 * time.Second)
	r.mu.Unlock()
	r.waiters.Wait()
}

func longestWaitingFirst(t *suite.T) {
	r := newRoom(t)
	seen := 0
	wake := func(want ...string) {
		r.notify(len(want))
		t.Settle()
		woken := t.Events()[seen:]
		slices.Sort(woken) // which of several gets the lock first is up to the lock
		t.Diff(want, woken, "what is done by those who wait, after Notify(%d)", len(want))
		seen += len(want)
	}
	for _, name := range []string{"A", "B", "C", "D", "E"} {
		r.come(background, name)
	}
	wake("A is woken")
	r.come(background, "A, who waits again,")
	wake("B is woken", "C is woken")
	wake("D is woken")
	wake("E is woken")
	wake("A, who waits again, is woken")
	r.waiters.Wait()
}

func lineClosesUp(t *suite.T) {
	const n = 4
	for gone := range n { // the place in the line of the one who gives up
		r := newRoom(t)
		ctx, cancel := context.WithCancel(background)
		var got, want []int
		for i := range n {
			waits := background
			if i == gone {
				waits = ctx
			} else {
				want = append(want, i+1)
			}
			r.waiters.Go(func() {
				r.mu.Lock()
				if r.wait(waits) == nil {
					got = append(got, i+1)
				}
				r.mu.Unlock()
			})
			t.Settle() // it is in the line now
		}
		cancel()
		t.Settle() // it has left the line
		for range want {
			r.notify(1)
			t.Settle()
		}
		r.mu.Lock()
		woken := slices.Clone(got)
		r.mu.Unlock()
		if !t.Diff(want, woken, "the order in which waiters 1 to %d are woken by one Notify(1) after the other, when waiter %d has given up", n, gone+1) {
			t.Fatalf("see above")
		}
		r.waiters.Wait()
	}
}

func notBeforeTheNotification(t *suite.T) {
	r := newRoom(t)
	ctx, cancel := context.WithCancel(background)
	r.come(background, "the first")
	r.come(ctx, "the second")
	r.come(background, "the third")
	suite.Together(cancel, func() {
		r.mu.Lock() // which changes hands, and that is all
		r.mu.Unlock()
	})
	t.Work(time.Hour)
	t.Settle()
	if !t.Diff([]string{"the second gives up"}, t.Events(), "what three waiters do in an hour, when none is notified and the context of the second is cancelled") {
		t.Fatalf("see above")
	}
	r.notifyAll()
	r.waiters.Wait()
}

func sleepsUntilNotified(t *suite.T) {
	const first = time.Second + 7*time.Nanosecond // nobody looks at just this time
	r := newRoom(t)
	long, cancel := context.WithTimeout(background, time.Hour)
	defer cancel()
	wait := func(ctx context.Context, want time.Duration) {
		r.waiters.Go(func() {
			r.mu.Lock()
			if err := r.wait(ctx); err != nil {
				t.Errorf("Wait returned the error %q, although its context is not done", err)
			}
			t.Diff(want, t.Elapsed(), "the time at which Wait returns that is notified at %v", want)
			r.mu.Unlock()
		})
		t.Settle()
	}
	wait(background, first)
	wait(long, 2*first)
	wait(background, 2*first)
	t.Work(first)
	r.notify(1)
	t.Work(first)
	r.notifyAll()
	r.waiters.Wait()
}

func notifyKeepsTheLock(t *suite.T) {
	for _, how := range []struct {
		name string
		call func(*room)
	}{
		{"Notify", func(r *room) { r.c.Notify(1) }},
		{"NotifyAll", func(r *room) { r.c.NotifyAll() }},
	} {
		r := newRoom(t)
		r.come(background, "a waiter")
		before := len(t.Events())
		r.mu.Lock()
		how.call(r)
		t.Event("the caller of %s unlocks", how.name)
		r.mu.Unlock()
		r.waiters.Wait()
		want := []string{"the caller of " + how.name + " unlocks", "a waiter is woken"}
		if !t.Diff(want, t.Events()[before:], "the order in which %s and a Wait are over", how.name) {
			return
		}
	}
}

func nobodyThereNobodyTold(t *suite.T) {
	r := newRoom(t)
	r.notify(1)
	r.notifyAll()
	r.notify(2)
	stillWaits := func(when string) {
		if len(t.Events()) > 0 {
			t.Expected("it waits for the next notification", "it was woken", "whoever comes %s does not wait", when)
			t.Fatalf("see above")
		}
	}
	r.come(background, "a latecomer")
	stillWaits("after three notifications for nobody")
	r.notify(5)
	r.waiters.Wait()
	t.Happened("a latecomer is woken").Once()

	r = newRoom(t)
	for _, notify := range []func(){r.notifyAll, func() { r.notify(2) }} {
		done := make(chan struct{})
		r.waiters.Go(func() {
			r.mu.Lock()
			_ = r.wait(background)
			r.mu.Unlock()
			close(done)
		})
		t.Settle()
		notify()
		<-done
		before := len(t.Events())
		r.come(background, "the next one")
		t.Diff(0, len(t.Events())-before, "the number of waiters woken that came after the notification")
		r.notify(1)
	}
	r.waiters.Wait()
}

func oneLockTwoConditions(t *suite.T) {
	mu := new(sync.Mutex)
	full, empty := roomWith(t, mu), roomWith(t, mu)
	full.come(background, "who waits for the one")
	empty.come(background, "who waits for the other")
	empty.notify(2)
	t.Settle()
	t.Diff([]string{"who waits for the other is woken"}, t.Events(), "what two waiters do, when the other condition is notified that shares their lock")
	full.notifyAll()
	t.Settle()
	t.Happened("who waits for the one is woken").Once()
	full.come(background, "who waits again for the one")
	empty.come(background, "who waits again for the other")
	full.notifyAll()
	t.Settle()
	t.Happened("who waits again for the other is woken").Never()
	empty.notifyAll()
	full.waiters.Wait()
	empty.waiters.Wait()
}
