package pool

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"time"

	"example.com/gokata/exercises/pool"
	"example.com/gokata/grader/suite"
)

// submit submits a task that must be accepted.
func submit(t *suite.T, p *pool.Pool, task pool.Task) *pool.Future {
	f, err := p.Submit(task)
	if err != nil {
		t.Fatalf("Submit on an open pool returned the error %q", err)
	}
	if f == nil {
		t.Fatalf("Submit on an open pool returned no Future")
	}
	return f
}

// finish closes and joins a pool.
func finish(t *suite.T, p *pool.Pool) {
	p.Close()
	if err := p.Join(); err != nil {
		t.Fatalf("Join after Close returned the error %q", err)
	}
}

// wait returns the value of a task that must succeed.
func wait(t *suite.T, f *pool.Future) any {
	v, err := f.Wait(context.Background())
	if err != nil {
		t.Fatalf("Wait returned the error %q, but the task had none", err)
	}
	return v
}

func oneWorkerInOrder(t *suite.T) {
	p := pool.New(1)
	for i := range 5 {
		submit(t, p, func() (any, error) {
			t.Event("%d", i)
			return nil, nil
		})
	}
	finish(t, p)
	t.Diff([]string{"0", "1", "2", "3", "4"}, t.Events(), "the order in which one worker runs five tasks")
}

func fifthTaskWaits(t *suite.T) {
	p := pool.New(4)
	started := make([]time.Duration, 5)
	var fs []*pool.Future
	for i := range 5 {
		fs = append(fs, submit(t, p, func() (any, error) {
			started[i] = t.Elapsed()
			t.Work(2 * time.Second)
			return i, nil
		}))
	}
	for i, f := range fs {
		t.Diff(i, wait(t, f), "the value of task %d", i)
	}
	t.Diff([]time.Duration{0, 0, 0, 0, 2 * time.Second}, started, "when the five tasks start")
	t.Diff(4*time.Second, t.Elapsed(), "the time it takes")
	finish(t, p)
}

func neverTooMany(t *suite.T) {
	p := pool.New(2)
	g := t.Gauge("tasks", 2)
	var callers sync.WaitGroup
	for range 2 {
		callers.Go(func() {
			for range 3 {
				submit(t, p, func() (any, error) {
					g.Enter()
					t.Work(time.Millisecond)
					g.Leave()
					return nil, nil
				})
			}
		})
	}
	callers.Wait()
	finish(t, p)
	t.Diff(6, g.Total(), "the number of tasks that ran")
}

func zeroMeansGOMAXPROCS(t *suite.T) {
	n := runtime.GOMAXPROCS(0)
	p := pool.New(0)
	m := t.Rendezvous(n)
	g := t.Gauge("tasks", n)
	for range n + 2 {
		submit(t, p, func() (any, error) {
			g.Enter()
			m.Meet()
			g.Leave()
			return nil, nil
		})
	}
	finish(t, p)
	t.Diff(n+2, g.Total(), "the number of tasks that ran")
}

func workersAreReused(t *suite.T) {
	before := runtime.NumGoroutine()
	p := pool.New(2)
	gate := make(chan struct{})
	for range 20 {
		submit(t, p, func() (any, error) {
			<-gate
			return nil, nil
		})
	}
	t.Settle()
	if n := runtime.NumGoroutine() - before; n > 3 {
		t.Expected("at most 3 goroutines: 2 workers, and 1 to look after them", fmt.Sprintf("%d goroutines", n),
			"a pool of 2 workers with 20 tasks in line keeps too many goroutines")
	}
	close(gate)
	finish(t, p)
}

func allWorkersBusy(t *suite.T) {
	p := pool.New(3)
	m := t.Rendezvous(3)
	for range 3 {
		submit(t, p, func() (any, error) {
			m.Meet()
			return nil, nil
		})
	}
	finish(t, p)
}

func eightSecondsInTwo(t *suite.T) {
	p := pool.New(4)
	for range 8 {
		submit(t, p, func() (any, error) {
			t.Work(time.Second)
			return nil, nil
		})
	}
	finish(t, p)
	t.Diff(2*time.Second, t.Elapsed(), "the time that 8 tasks of 1s take 4 workers")
}

func joinWaitsForAll(t *suite.T) {
	p := pool.New(2)
	const n = 5
	for i := range n {
		submit(t, p, func() (any, error) {
			t.Work(time.Duration(i) * time.Second)
			t.Event("task ends")
			return nil, nil
		})
	}
	finish(t, p)
	t.Happened("task ends").Times(n)
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
			t.Expected("ErrNotClosed", fmt.Sprint(err), "Join before Close returned something else")
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
			t.Event("task ends")
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
			t.Happened("task ends").Times(3)
		})
	}
	joins.Wait()
	finish(t, p) // once more, when all is over
}

func resultsAreVisible(t *suite.T) {
	p := pool.New(2)
	byWait, byJoin := 0, make([]int, 3)
	f := submit(t, p, func() (any, error) {
		byWait = 1
		return "value", errors.New("error")
	})
	for i := range byJoin {
		submit(t, p, func() (any, error) {
			byJoin[i] = i + 1
			return nil, nil
		})
	}
	v, err := f.Wait(context.Background())
	t.Diff("value", v, "the value that Wait returns")
	if err == nil || err.Error() != "error" {
		t.Expected("the task's own error", fmt.Sprint(err), "Wait did not return the error of the task")
	}
	t.Diff(1, byWait, "what the task wrote, read after Wait")
	finish(t, p)
	t.Diff([]int{1, 2, 3}, byJoin, "what the tasks wrote, read after Join")
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
					v, err := f.Wait(context.Background())
					if v != i || err != nil {
						t.Errorf("one of two goroutines that wait for the same task got (%v, %v) instead of (%d, <nil>)", v, err, i)
					}
				})
			}
			waits.Wait()
		})
	}
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

func submitNeverWaits(t *suite.T) {
	p := pool.New(1)
	gate := make(chan struct{})
	ran := t.Gauge("tasks", 0)
	submit(t, p, func() (any, error) {
		for range 40 {
			submit(t, p, func() (any, error) {
				ran.Enter()
				ran.Leave()
				return nil, nil
			})
		}
		<-gate
		return nil, nil
	})
	t.Within(time.Second, "Submit while the only worker is busy", func() {
		for range 40 {
			submit(t, p, func() (any, error) {
				ran.Enter()
				ran.Leave()
				return nil, nil
			})
		}
	})
	t.Settle() // the task has submitted its own by now
	close(gate)
	finish(t, p)
	t.Diff(80, ran.Total(), "the number of tasks that ran")
}

func idleWorkersWake(t *suite.T) {
	p := pool.New(3)
	submit(t, p, func() (any, error) { return nil, nil })
	finish(t, p)

	q := pool.New(2)
	t.Settle() // both workers sleep
	for range 2 {
		submit(t, q, func() (any, error) { return nil, nil })
	}
	t.Settle() // and again
	finish(t, q)
}

func nobodyLeftBehind(t *suite.T) {
	before := runtime.NumGoroutine()
	finish(t, pool.New(3)) // never used
	p := pool.New(2)
	for range 3 {
		submit(t, p, func() (any, error) { return nil, nil })
	}
	finish(t, p)
	t.Settle()
	if n := runtime.NumGoroutine() - before; n > 0 {
		t.Expected("none", fmt.Sprint(n), "after Join, goroutines of the pool are still there")
	}
}

func abandonedWaits(t *suite.T) {
	p := pool.New(1)
	gate := make(chan struct{})
	f := submit(t, p, func() (any, error) {
		<-gate
		return nil, nil
	})
	t.Settle()
	before := runtime.NumGoroutine()
	ctx, cancel := context.WithCancel(context.Background())
	var waits sync.WaitGroup
	for range 3 {
		waits.Go(func() { f.Wait(ctx) })
	}
	t.Settle()
	cancel()
	waits.Wait()
	t.Settle()
	if n := runtime.NumGoroutine() - before; n > 0 {
		t.Expected("no goroutine more than before", fmt.Sprintf("%d more", n), "Waits that were cancelled leave goroutines behind for as long as the task runs")
	}
	close(gate)
	finish(t, p)
}

func waitGivesUp(t *suite.T) {
	p := pool.New(1)
	f := submit(t, p, func() (any, error) {
		t.Work(3 * time.Second)
		return "late", nil
	})
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	_, err := f.Wait(ctx)
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Expected("context.DeadlineExceeded", fmt.Sprint(err), "Wait did not return the context's error when the context ended")
	}
	t.Diff(time.Second, t.Elapsed(), "when Wait gives up")
	canceled, cancelNow := context.WithCancel(context.Background())
	cancelNow()
	if _, err := f.Wait(canceled); !errors.Is(err, context.Canceled) {
		t.Expected("context.Canceled", fmt.Sprint(err), "Wait with a context that is done did not return its error")
	}
	t.Diff("late", wait(t, f), "what a later Wait returns")
	t.Diff(3*time.Second, t.Elapsed(), "when the later Wait returns")
	finish(t, p)
}

func closedIsClosed(t *suite.T) {
	p := pool.New(1)
	var fs []*pool.Future
	for i := range 3 {
		fs = append(fs, submit(t, p, func() (any, error) {
			t.Work(time.Second)
			return i, nil
		}))
	}
	p.Close()
	f, err := p.Submit(func() (any, error) {
		t.Errorf("a task submitted after Close was run")
		return nil, nil
	})
	if !errors.Is(err, pool.ErrClosed) {
		t.Expected("ErrClosed", fmt.Sprint(err), "Submit after Close returned something else")
	}
	if f != nil && err != nil {
		t.Errorf("Submit after Close returned a Future and an error")
	}
	for i, f := range fs {
		t.Diff(i, wait(t, f), "the value of task %d, which was in line at Close", i)
	}
	p.Close()
	finish(t, p)
	if _, err := p.Submit(func() (any, error) { return nil, nil }); !errors.Is(err, pool.ErrClosed) {
		t.Expected("ErrClosed", fmt.Sprint(err), "Submit after Join returned something else")
	}
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
					t.Errorf("Submit returned the error %q", err)
				}
			}
		})
	}
	callers.Go(p.Close)
	callers.Wait()
	finish(t, p)
	if a, r := accepted.Total(), ran.Total(); a != r {
		t.Expected(fmt.Sprintf("%d, as many as Submit has accepted", a), fmt.Sprint(r), "the number of tasks that ran is not the number that Submit accepted")
	}
}

func panicHasItsFuture(t *suite.T) {
	p := pool.New(2)
	bad := submit(t, p, func() (any, error) { panic("on purpose") })
	good := submit(t, p, func() (any, error) { return "fine", nil })
	v, err := bad.Wait(context.Background())
	var pe *pool.PanicError
	switch {
	case !errors.As(err, &pe):
		t.Expected("a *PanicError", fmt.Sprintf("%T: %v", err, err), "Wait for a task that panicked returned another error")
	case pe.Value != "on purpose":
		t.Expected(`Value "on purpose"`, fmt.Sprintf("Value %v", pe.Value), "the PanicError does not carry what the task panicked with")
	case !strings.Contains(pe.Error(), "on purpose"):
		t.Expected(`a text with "on purpose" in it`, pe.Error(), "the text of the PanicError does not say what the task panicked with")
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
	m := t.Rendezvous(2)
	for range 2 {
		submit(t, p, func() (any, error) {
			m.Meet()
			return nil, nil
		})
	}
	finish(t, p)
}
