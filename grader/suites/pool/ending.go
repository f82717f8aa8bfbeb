package pool

import (
	"errors"
	"fmt"
	"sync"
	"time"

	"example.com/gokata/exercises/pool"
	"example.com/gokata/grader/suite"
)

func joinWaitsForAll(t *suite.T) {
	p := pool.New(2)
	const n = 5
	for i := range n {
		submit(t, p, func() (any, error) {
			t.Work(time.Duration(i) * time.Second)
			t.Event("a task ends")
			return nil, nil
		})
	}
	finish(t, p)
	t.Event("Join returns")
	t.Settle() // whatever is still to come
	for i, e := range t.Events() {
		if e == "Join returns" {
			t.Diff(n, i, "the number of tasks, of %d, that had ended when Join returned", n)
		}
	}
}

func joinBeforeClose(t *suite.T) {
	p := pool.New(1)
	gate := make(chan struct{})
	f := submit(t, p, func() (any, error) {
		<-gate
		return "done", nil
	})
	t.Within(time.Second, "Join before Close", func() {
		if err := p.Join(); !errors.Is(err, pool.ErrNotClosed) {
			t.Expected("ErrNotClosed", suite.Said(err), "Join before Close does not say so")
		}
	})
	close(gate)
	t.Diff("done", wait(t, f), "the value of a task that was running during that Join")
	t.Diff(2, wait(t, submit(t, p, func() (any, error) { return 2, nil })), "the value of a task submitted after that Join")
	finish(t, p)
}

func manyJoins(t *suite.T) {
	p := pool.New(2)
	for range 3 {
		submit(t, p, func() (any, error) {
			t.Work(time.Second)
			t.Event("a task ends")
			return nil, nil
		})
	}
	p.Close()
	var joins sync.WaitGroup
	for range 3 {
		joins.Go(func() {
			if err := p.Join(); err != nil {
				t.Errorf("Join after Close returned the error %q", err)
			}
			t.Diff(3, len(t.Events()), "the number of tasks, of 3, that had ended when one of three Joins returned")
		})
	}
	joins.Wait()
	finish(t, p) // once more, when all is over
}

func submitNeverWaits(t *suite.T) {
	const many, more = 1100, 20 // no channel that anybody would make has room for these
	p := pool.New(1)
	gate := make(chan struct{})
	ran := t.Gauge("tasks", 0)
	count := func() (any, error) {
		ran.Enter()
		ran.Leave()
		return nil, nil
	}
	submit(t, p, func() (any, error) {
		<-gate
		t.Within(time.Second, "Submit called by a task", func() {
			for range more {
				submit(t, p, count)
			}
		})
		return nil, nil
	})
	t.Within(time.Second, "Submit while the only worker is busy", func() {
		for range many {
			submit(t, p, count)
		}
	})
	close(gate)
	t.Settle() // the task has submitted its own by now
	finish(t, p)
	t.Diff(many+more, ran.Total(), "the number of tasks that ran, of %d", many+more)
}

func idleWorkersWake(t *suite.T) {
	p := pool.New(3)
	submit(t, p, nothing)
	finish(t, p)

	q := pool.New(2)
	t.Settle() // both workers sleep
	for range 2 {
		submit(t, q, nothing)
	}
	t.Settle() // and again
	finish(t, q)
}

func nobodyLeftBehind(t *suite.T) {
	before := t.Goroutines()
	finish(t, pool.New(3)) // never used
	p := pool.New(2)
	for range 3 {
		submit(t, p, nothing)
	}
	finish(t, p)
	t.Settle()
	if n := t.Goroutines() - before; n > 0 {
		t.Expected("none", fmt.Sprint(n), "goroutines of the pool are still there after Join")
	}
}

func closedIsClosed(t *suite.T) {
	p := pool.New(1)
	gate := make(chan struct{})
	var fs []*pool.Future
	for i := range 3 {
		fs = append(fs, submit(t, p, func() (any, error) {
			<-gate
			return i, nil
		}))
	}
	t.Within(time.Second, "Close while a task runs", p.Close)
	refused(t, p, "after Close")
	t.Within(time.Second, "a second Close", p.Close)
	close(gate)
	for i, f := range fs {
		t.Diff(i, wait(t, f), "the value of task %d, which was submitted before Close", i)
	}
	finish(t, p)
	refused(t, p, "after Join")
}

func closeDuringSubmit(t *suite.T) {
	p := pool.New(1)
	accepted := t.Gauge("accepted", 0)
	ran := t.Gauge("ran", 0)
	var callers sync.WaitGroup
	for range 2 {
		callers.Go(func() {
			for range 2 {
				_, err := p.Submit(func() (any, error) {
					ran.Enter()
					ran.Leave()
					return nil, nil
				})
				if err == nil {
					accepted.Enter()
				} else if !errors.Is(err, pool.ErrClosed) {
					t.Expected("ErrClosed", suite.Said(err), "Submit at the same time as Close fails with another error")
				}
			}
		})
	}
	callers.Go(p.Close)
	callers.Wait()
	finish(t, p)
	if a, r := accepted.Total(), ran.Total(); a != r {
		t.Expected(fmt.Sprintf("%d, as many as were accepted", a), fmt.Sprint(r), "the number of tasks that ran is not the number that Submit accepted")
	}
}
