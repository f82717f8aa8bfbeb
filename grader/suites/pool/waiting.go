package pool

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"example.com/gokata/exercises/pool"
	"example.com/gokata/grader/suite"
)

func everybodyIsTold(t *suite.T) {
	p := pool.New(1)
	failure := errors.New("no luck")
	f := submit(t, p, func() (any, error) {
		t.Work(time.Second)
		return "value", failure
	})
	ask := func() {
		v, err := f.Wait(context.Background())
		if v != "value" || !errors.Is(err, failure) {
			t.Expected(`"value" and the error "no luck"`, fmt.Sprintf("%#v and %s", v, suite.Said(err)),
				"Wait does not return what the task returned")
		}
	}
	var waits sync.WaitGroup
	for range 3 {
		waits.Go(ask)
	}
	waits.Wait()
	ask() // once more, when all have had it
	finish(t, p)
	ask() // and when the pool is gone
}

func waitGivesUp(t *suite.T) {
	p := pool.New(1)
	first := submit(t, p, func() (any, error) {
		t.Work(3 * time.Second)
		return "first", nil
	})
	second := submit(t, p, func() (any, error) { return "second", nil })
	for i, f := range []*pool.Future{first, second} { // one runs, one is in line
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		_, err := f.Wait(ctx)
		cancel()
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Expected("context.DeadlineExceeded", suite.Said(err), "Wait does not return the context's error when its time is up")
		}
		t.Diff(time.Duration(i+1)*time.Second, t.Elapsed(), "the time at which Wait gives up")
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := first.Wait(ctx); !errors.Is(err, context.Canceled) {
		t.Expected("context.Canceled", suite.Said(err), "Wait does not return the error of a context that is done from the start")
	}
	t.Diff("first", wait(t, first), "what a later Wait returns for the task that was running")
	t.Diff(3*time.Second, t.Elapsed(), "the time at which the later Wait returns")
	t.Diff("second", wait(t, second), "what a later Wait returns for the task that was in line")
	finish(t, p)
}

func abandonedWaits(t *suite.T) {
	p := pool.New(1)
	gate := make(chan struct{})
	f := submit(t, p, func() (any, error) {
		<-gate
		return nil, nil
	})
	t.Settle()
	before := t.Goroutines()
	ctx, cancel := context.WithCancel(context.Background())
	var waits sync.WaitGroup
	for range 3 {
		waits.Go(func() { f.Wait(ctx) })
	}
	t.Settle()
	cancel()
	waits.Wait()
	t.Settle()
	if n := t.Goroutines() - before; n > 0 {
		t.Expected("no goroutine more than before", fmt.Sprintf("%d more", n),
			"three Waits have been given up, but goroutines stay behind while the task runs")
	}
	close(gate)
	finish(t, p)
}

func resultsAreVisible(t *suite.T) {
	p := pool.New(2)
	byWait, byJoin := 0, make([]int, 3)
	f := submit(t, p, func() (any, error) {
		byWait = 1
		return "value", nil
	})
	for i := range byJoin {
		submit(t, p, func() (any, error) {
			byJoin[i] = i + 1
			return nil, nil
		})
	}
	t.Diff("value", wait(t, f), "the value that Wait returns")
	t.Diff(1, byWait, "what the task wrote, read after Wait")
	finish(t, p)
	t.Diff([]int{1, 2, 3}, byJoin, "what three tasks wrote, read after Join")
}

func everybodyAtOnce(t *suite.T) {
	p := pool.New(2)
	var callers sync.WaitGroup
	for i := range 3 {
		callers.Go(func() {
			f, err := p.Submit(func() (any, error) { return i, nil })
			if err != nil {
				return // too late, which is allowed
			}
			var waits sync.WaitGroup
			for range 2 {
				waits.Go(func() {
					t.Diff(i, wait(t, f), "the value that two goroutines get which wait for the same task")
				})
			}
			waits.Wait()
		})
	}
	callers.Go(func() {
		_, _ = p.Submit(func() (any, error) {
			p.Close()
			return nil, nil
		})
	})
	for range 2 {
		callers.Go(p.Close)
		callers.Go(func() {
			if err := p.Join(); err != nil && !errors.Is(err, pool.ErrNotClosed) {
				t.Errorf("Join returned the error %q", err)
			}
		})
	}
	callers.Wait()
	finish(t, p)
}

func panicHasItsFuture(t *suite.T) {
	p := pool.New(2)
	bad := submit(t, p, func() (any, error) { panic(42) })
	good := submit(t, p, func() (any, error) { return "fine", nil })
	v, err := bad.Wait(context.Background())
	var pe *pool.PanicError
	switch {
	case !errors.As(err, &pe) || pe == nil:
		t.Expected("a *PanicError", suite.Said(err), "Wait for a task that panicked returns another error")
	case pe.Value != 42:
		t.Expected("the Value 42, an int", fmt.Sprintf("the Value %v, of type %[1]T", pe.Value),
			"the PanicError does not carry what the task panicked with")
	case !strings.Contains(pe.Error(), "42"):
		t.Expected(`a text with "42" in it`, fmt.Sprintf("%q", pe.Error()), "the text of the PanicError does not say what the task panicked with")
	}
	t.Diff(nil, v, "the value of a task that panicked")
	t.Diff("fine", wait(t, good), "the value of another task")
	finish(t, p)
}

func workerOutlivesPanic(t *suite.T) {
	p := pool.New(2)
	for range 3 {
		submit(t, p, func() (any, error) { panic("on purpose") })
	}
	m := t.Rendezvous(2, "the tasks")
	g := t.Gauge("tasks", 2)
	for range 2 {
		submit(t, p, func() (any, error) {
			g.Enter()
			m.Meet()
			g.Leave()
			return nil, nil
		})
	}
	finish(t, p)
	t.Diff(2, g.Total(), "the number of tasks that ran after three others had panicked, of 2")
}
