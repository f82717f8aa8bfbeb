package masterworker

import (
	"context"
	"fmt"
	"math"
	"strings"
	"sync/atomic"
	"time"

	"example.com/gokata/exercises/masterworker"
	"example.com/gokata/grader/suite"
)

func everyTaskOnce(t *suite.T) {
	calls := t.Gauge("calls of work", 0)
	double := func(_ context.Context, task int) (int, error) {
		calls.Enter()
		return 10 * task, nil
	}
	for _, cfg := range []config{{Workers: 1, Outstanding: 1}, {Workers: 2, Outstanding: 3}, {Workers: 9, Outstanding: math.MaxInt, Retries: 1}} {
		before := calls.Total()
		want := []string{"0 = 0", "1 = 10", "2 = 20", "3 = 30", "4 = 40"}
		about := fmt.Sprintf("by %d workers, with %d tasks outstanding", cfg.Workers, cfg.Outstanding)
		t.Diff(want, run(t, cfg, 5, double), "what was merged of five tasks %s", about)
		t.Diff(5, calls.Total()-before, "the number of calls of work for five tasks that succeed, %s", about)
	}
	t.Diff([]string{}, run(t, config{Workers: 2, Outstanding: 2}, 0, double), "what was merged of no tasks at all")
}

func triesAndErrors(t *suite.T) {
	for retries := range 3 {
		var calls [3]int
		got := run(t, config{Workers: 1, Outstanding: 2, Retries: retries}, 3, func(_ context.Context, task int) (int, error) {
			calls[task]++
			if task == 1 || task == 2 && calls[task] <= retries { // task 2 succeeds in the end
				return -1, fmt.Errorf("failure %d", calls[task])
			}
			return calls[task], nil
		})
		want := []string{"0 = 1", fmt.Sprintf("1: failure %d", retries+1), fmt.Sprintf("2 = %d", retries+1)}
		t.Diff(want, got, "what was merged with Retries: %d, when task 1 fails every time and task 2 only %d times", retries, retries)
		t.Diff([3]int{1, retries + 1, retries + 1}, calls, "the numbers of tries of these tasks")
	}
	calls := t.Gauge("calls of work", 0)
	got := run(t, config{Workers: 1, Outstanding: 1, Retries: -1}, 1, func(context.Context, int) (int, error) {
		calls.Enter()
		return 0, errFailed
	})
	t.Diff([]string{"0: no luck"}, got, "what was merged of a task that fails, with Retries: -1")
	t.Diff(1, calls.Total(), "the number of its tries")
}

func allMergedIsNil(t *suite.T) {
	ctx, cancel := context.WithCancel(background)
	err := masterworker.Run(ctx, config{Workers: 2, Outstanding: 2}, tasks(3), func(_ context.Context, task int) (int, error) {
		return task, nil
	}, func(task, _ int, _ error) {
		t.Event("merge")
		if task == 2 {
			cancel()
		}
	})
	t.Happened("merge").Times(3)
	t.Diff("nil", said(err), "what Run returns when its context was cancelled during the last merge")
}

func mergedInOrder(t *suite.T) {
	const n = 4
	var over [n + 1]chan struct{}
	for i := range over {
		over[i] = make(chan struct{})
	}
	close(over[n])
	got := run(t, config{Workers: n, Outstanding: n}, n, func(_ context.Context, task int) (int, error) {
		<-over[task+1] // the last one ends first
		close(over[task])
		return task, nil
	})
	t.Diff([]string{"0 = 0", "1 = 1", "2 = 2", "3 = 3"}, got, "the order in which four tasks are merged that end in the opposite order")
}

func mergedAtOnce(t *suite.T) {
	for _, c := range []struct {
		workers int
		takes   []int // seconds that the tasks take
		want    []int // seconds after which they are merged
	}{
		{4, []int{1, 4, 2, 5}, []int{1, 4, 4, 5}},
		{2, []int{1, 3, 3, 1}, []int{1, 3, 4, 4}},
	} {
		start := t.Elapsed()
		var got []int
		err := masterworker.Run(background, config{Workers: c.workers, Outstanding: 4}, c.takes, func(_ context.Context, seconds int) (int, error) {
			t.Work(time.Duration(seconds) * time.Second)
			return 0, nil
		}, func(int, int, error) { got = append(got, int((t.Elapsed()-start)/time.Second)) })
		t.Diff("nil", said(err), "what Run returns")
		t.Diff(c.want, got, "the seconds after which tasks are merged that take %d workers %v seconds", c.workers, c.takes)
	}
}

func begunInOrder(t *suite.T) {
	run(t, config{Workers: 1, Outstanding: 3}, 5, func(_ context.Context, task int) (int, error) {
		t.Event("task %d", task)
		return 0, nil
	})
	t.Diff([]string{"task 0", "task 1", "task 2", "task 3", "task 4"}, t.Events(), "the order in which one worker begins five tasks")
}

func neverTooManyWorkers(t *suite.T) {
	g := t.Gauge("tries", 2)
	var calls [5]atomic.Int32
	got := run(t, config{Workers: 2, Outstanding: 4, Retries: 1}, 5, func(_ context.Context, task int) (int, error) {
		g.Enter()
		defer g.Leave()
		if calls[task].Add(1) == 1 && task%2 == 0 {
			if task == 2 {
				panic("on purpose")
			}
			return 0, errFailed
		}
		return task, nil
	})
	t.Diff([]string{"0 = 0", "1 = 1", "2 = 2", "3 = 3", "4 = 4"}, got, "what was merged of five tasks, of which some fail at first")
}

func neverTooManyOutstanding(t *suite.T) {
	g := t.Gauge("outstanding tasks", 3)
	gate := make(chan struct{})
	done := make(chan error)
	go func() {
		done <- masterworker.Run(background, config{Workers: 2, Outstanding: 3}, tasks(6), func(_ context.Context, task int) (int, error) {
			g.Enter()
			if task == 0 {
				<-gate
			}
			return task, nil
		}, func(int, int, error) { g.Leave() })
	}()
	t.Settle()
	t.Diff(3, g.Total(), "the number of tasks begun while task 0 runs on and on, with 2 workers and at most 3 tasks outstanding")
	close(gate)
	<-done
	t.Diff(6, g.Total(), "the number of tasks begun, of 6, when Run has returned")
}

func workersSideBySide(t *suite.T) {
	for _, cfg := range []config{{Workers: 3, Outstanding: 3}, {Workers: 5, Outstanding: 3}, {Workers: 3, Outstanding: 9}} {
		m := t.Rendezvous(3, "the tasks")
		run(t, cfg, 4, func(_ context.Context, task int) (int, error) {
			if task > 0 {
				m.Meet() // task 0 is out of the way by then, or not
			}
			return task, nil
		})
	}
}

func noWorkerIdle(t *suite.T) {
	start := t.Elapsed()
	run(t, config{Workers: 2, Outstanding: 6}, 6, func(_ context.Context, task int) (int, error) {
		t.Work(time.Duration(task%2*2+1) * time.Second) // 1s or 3s
		return task, nil
	})
	// One of them does 1s, 1s and 3s, the other one 3s, 1s and 3s.
	t.Diff(7*time.Second, t.Elapsed()-start, "the time that two workers take for tasks of 1s, 3s, 1s, 3s, 1s and 3s")
	start = t.Elapsed()
	failed := false
	run(t, config{Workers: 2, Outstanding: 4, Retries: 1}, 4, func(_ context.Context, task int) (int, error) {
		t.Work(time.Second)
		if task == 3 && !failed {
			failed = true
			return 0, errFailed
		}
		return task, nil
	})
	t.Diff(3*time.Second, t.Elapsed()-start, "the time that two workers take for four tasks of 1s, of which the last one is tried twice")
}

func workWhileMerging(t *suite.T) {
	m := t.Rendezvous(3, "two tasks and the merge of another one")
	err := masterworker.Run(background, config{Workers: 2, Outstanding: 3}, tasks(4), func(_ context.Context, task int) (int, error) {
		if task == 1 || task == 2 {
			m.Meet() // both run while task 0 is being merged
		}
		return task, nil
	}, func(task, _ int, _ error) {
		if task == 0 {
			m.Meet()
		}
	})
	t.Diff("nil", said(err), "what Run returns")
}

func panicFailsItsTask(t *suite.T) {
	var value any
	var text string
	err := masterworker.Run(background, config{Workers: 2, Outstanding: 2, Retries: 1}, tasks(3), func(_ context.Context, task int) (int, error) {
		if task == 1 {
			panic(42)
		}
		return task, nil
	}, func(task, result int, err error) {
		if p, ok := err.(*masterworker.PanicError); ok {
			value, text = p.Value, p.Error()
		}
		t.Event("%s", outcome(task, result, err))
	})
	t.Diff("nil", said(err), "what Run returns when the work on one of its tasks panics")
	t.Diff([]string{"0 = 0", "1: PanicError{42}", "2 = 2"}, t.Events(), "what was merged when the work on task 1 panics with 42, each time")
	if value != 42 {
		t.Expected("the Value 42, an int", fmt.Sprintf("the Value %v, of type %[1]T", value), "the PanicError does not carry what the work panicked with")
	} else if !strings.Contains(text, "42") {
		t.Expected(`a text with "42" in it`, fmt.Sprintf("%q", text), "the text of the PanicError does not say what the work panicked with")
	}
}

func workersOutlivePanics(t *suite.T) {
	m := t.Rendezvous(2, "the tasks")
	var calls [4]atomic.Int32
	got := run(t, config{Workers: 2, Outstanding: 4, Retries: 2}, 4, func(_ context.Context, task int) (int, error) {
		try := calls[task].Add(1)
		if task < 2 && try < 3 {
			panic(try)
		}
		if task >= 2 {
			m.Meet()
		}
		return int(try), nil
	})
	t.Diff([]string{"0 = 3", "1 = 3", "2 = 1", "3 = 1"}, got, "what was merged of four tasks, two of which panic twice and succeed then")
}

func badConfigPanics(t *suite.T) {
	for _, cfg := range []config{{Outstanding: 1}, {Workers: -1, Outstanding: 1}, {Workers: 1}, {Workers: 1, Outstanding: -1}} {
		value := suite.Raised(func() {
			_ = masterworker.Run(background, cfg, tasks(1), func(context.Context, int) (int, error) {
				t.Errorf("work is called with Workers: %d and Outstanding: %d", cfg.Workers, cfg.Outstanding)
				return 0, nil
			}, ignoreMerge)
		})
		if value == nil {
			t.Errorf("Run does not panic with Workers: %d and Outstanding: %d", cfg.Workers, cfg.Outstanding)
		}
	}
}
