package lock

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"example.com/gokata/exercises/lock"
	"example.com/gokata/grader/suite"
)

func firstComeFirstServed(t *suite.T) {
	l := lock.New()
	l.Lock()
	var line sync.WaitGroup
	var want []string
	for range 2 {
		for _, w := range ways(t) {
			name := fmt.Sprintf("waiter %d, by %s", len(want)+1, w.name)
			want = append(want, name)
			line.Go(func() { w.hold(l, func() { t.Event("%s", name) }) })
			t.Settle() // it is in line now
		}
	}
	l.Unlock()
	line.Wait()
	t.Diff(want, t.Events(), "the order in which six waiters get the lock")
}

func lineMovesUp(t *suite.T) {
	const n = 4
	for gone := range n { // the place in the line of the one who gives up
		l := lock.New()
		l.Lock()
		ctx, cancel := context.WithCancel(context.Background())
		var got, want []int
		var line sync.WaitGroup
		for i := range n {
			waits := context.Background()
			if i == gone {
				waits = ctx
			} else {
				want = append(want, i+1)
			}
			line.Go(func() {
				if l.LockContext(waits) == nil {
					got = append(got, i+1)
					l.Unlock()
				}
			})
			t.Settle() // it is in line now
		}
		cancel()
		t.Settle() // it has left the line
		l.Unlock()
		line.Wait()
		if !t.Diff(want, got, "the order in which waiters 1 to %d get the lock, after waiter %d has given up", n, gone+1) {
			return
		}
	}
}

func noOvertaking(t *suite.T) {
	l := lock.New()
	l.Lock()
	var line sync.WaitGroup
	for i := range 2 {
		line.Go(func() {
			l.Lock()
			t.Event("waiter %d", i+1)
			l.Unlock()
		})
		t.Settle()
	}
	l.Unlock()
	l.Lock()
	t.Event("the one who had just unlocked it")
	l.Unlock()
	line.Wait()
	t.Diff([]string{"waiter 1", "waiter 2", "the one who had just unlocked it"}, t.Events(),
		"the order in which three get the lock, when two wait and the third one unlocks it and locks it again")
}

func tryLockStaysInLine(t *suite.T) {
	l := lock.New()
	l.Lock()
	gate := make(chan struct{})
	suite.Together(
		func() {
			l.Lock()
			<-gate
			l.Unlock()
		},
		func() {
			defer close(gate)
			t.Settle() // somebody waits now
			l.Unlock()
			taken(t, l, "although somebody has waited for it longer")
		},
	)
}

func fiveWorkers(t *suite.T) {
	l := lock.New()
	var begins []time.Duration
	var workers sync.WaitGroup
	for range 5 {
		workers.Go(func() {
			l.With(func() {
				begins = append(begins, t.Elapsed())
				t.Work(time.Second)
			})
		})
	}
	workers.Wait()
	t.Diff([]time.Duration{0, time.Second, 2 * time.Second, 3 * time.Second, 4 * time.Second}, begins, "the times at which five workers of 1s begin")
	t.Diff(5*time.Second, t.Elapsed(), "the time that five workers of 1s take")
}

func waitersSleep(t *suite.T) {
	const first = time.Second + 7*time.Nanosecond // nobody asks at just this time
	l := lock.New()
	l.Lock()
	var line sync.WaitGroup
	for i, w := range ways(t) {
		line.Go(func() {
			w.hold(l, func() {
				t.Diff(first+time.Duration(i)*time.Second, t.Elapsed(), "the time at which waiter %d, by %s, has the lock", i+1, w.name)
				t.Work(time.Second)
			})
		})
		t.Settle()
	}
	t.Work(first)
	l.Unlock()
	line.Wait()
}

func everybodyGetsATurn(t *suite.T) {
	l := lock.New()
	var all []func()
	for _, w := range ways(t) {
		all = append(all, func() {
			for range 2 {
				w.hold(l, t.Yield)
			}
		})
	}
	suite.Together(all...)
	free(t, l, "that everybody has given back")
}

func goneIsGone(t *suite.T) {
	l := lock.New()
	for range 2 {
		l.Lock()
		ctx, cancel := context.WithCancel(context.Background())
		var line sync.WaitGroup
		for range 2 {
			line.Go(func() { givesUp(t, l, ctx, context.Canceled) })
		}
		t.Settle()
		cancel()
		line.Wait()
		l.Unlock()
		free(t, l, "when all who had waited for it have given up")
	}
	suite.Together(func() { l.With(t.Yield) }, func() { l.With(t.Yield) })
}

// givesUp calls LockContext while somebody else has the lock.
func givesUp(t *suite.T, l *lock.Lock, ctx context.Context, want error) {
	if err := l.LockContext(ctx); !errors.Is(err, want) {
		t.Expected(want.Error(), suite.Said(err), "LockContext does not return the error of its context, which is done while somebody else holds the lock")
	}
}

func givesUpInTime(t *suite.T) {
	l := lock.New()
	l.Lock()
	canceled, cancel := context.WithCancel(context.Background())
	timeout, stop := context.WithTimeout(context.Background(), time.Second)
	defer stop()
	var line sync.WaitGroup
	line.Go(func() {
		givesUp(t, l, timeout, context.DeadlineExceeded)
		t.Diff(time.Second, t.Elapsed(), "the time at which LockContext gives up after 1s")
	})
	line.Go(func() {
		givesUp(t, l, canceled, context.Canceled)
		t.Diff(2*time.Second, t.Elapsed(), "the time at which LockContext gives up, when it is cancelled after 2s")
	})
	t.Work(2 * time.Second)
	cancel()
	line.Wait()
	t.Work(time.Second)
	taken(t, l, "that is still held, when others have given up")
	l.Unlock()
	free(t, l, "for which others have given up")
}

func doneFromTheStart(t *suite.T) {
	l := lock.New()
	canceled, cancel := context.WithCancel(context.Background())
	cancel()
	late, stop := context.WithDeadline(context.Background(), time.Time{})
	defer stop()
	for _, ctx := range []context.Context{canceled, late} {
		if err := l.LockContext(ctx); !errors.Is(err, ctx.Err()) {
			t.Expected(ctx.Err().Error(), suite.Said(err), "LockContext, called when its context is done already, does not return the context's error")
		}
		free(t, l, "after a LockContext that did not get it")
	}
	l.With(func() { givesUp(t, l, canceled, context.Canceled) })
	free(t, l, "after a LockContext that did not get it")
}

func cancelMeetsUnlock(t *suite.T) {
	l := lock.New()
	l.Lock()
	ctx, cancel := context.WithCancel(context.Background())
	inside := t.Gauge("holders", 1)
	visit := func() {
		inside.Enter()
		inside.Leave()
	}
	var line sync.WaitGroup
	line.Go(func() {
		switch err := l.LockContext(ctx); {
		case err == nil:
			visit()
			l.Unlock()
		case !errors.Is(err, context.Canceled):
			t.Expected("nil or "+context.Canceled.Error(), suite.Said(err), "LockContext returns another error than that of its context")
		}
	})
	t.Settle()
	line.Go(func() { l.With(visit) })
	t.Settle()
	suite.Together(cancel, l.Unlock)
	line.Wait()
	free(t, l, "that everybody has given back or given up")
}

func keptAfterItsContext(t *suite.T) {
	l := lock.New()
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	get(t, l, ctx)
	t.Work(time.Second)
	cancel()
	t.Work(time.Second)
	taken(t, l, "that is held by LockContext, whose context has come to its end since")
	l.Unlock()

	l.Lock()
	ctx, cancel = context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	var line sync.WaitGroup
	line.Go(func() {
		get(t, l, ctx)
		t.Work(3 * time.Second)
		taken(t, l, "that is held by a LockContext that had to wait, and whose context has come to its end since")
		l.Unlock()
	})
	t.Work(time.Second)
	l.Unlock()
	line.Wait()
	free(t, l, "that everybody has given back")
}

func nobodyLeftBehind(t *suite.T) {
	before := t.Goroutines()
	l := lock.New()
	l.Lock()
	ctx, cancel := context.WithCancel(context.Background())
	line := slices.Repeat([]func(){func() { _ = l.LockContext(ctx) }}, 3)
	suite.Together(append(line, func() {
		t.Settle()
		cancel()
	})...)
	t.Settle()
	if n := t.Goroutines() - before; n > 0 {
		t.Expected("none", fmt.Sprint(n), "the number of goroutines left behind by three LockContexts that have given up, while somebody holds the lock")
	}
	l.Unlock()
}
