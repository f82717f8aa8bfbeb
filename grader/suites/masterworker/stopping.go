package masterworker

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"example.com/gokata/exercises/masterworker"
	"example.com/gokata/grader/suite"
)

// canceled fails the case unless err is that of a cancelled context.
func canceled(t *suite.T, err error, when string) {
	if !errors.Is(err, context.Canceled) {
		t.Expected("context.Canceled", said(err), "Run does not return the error of its context, %s", when)
	}
}

func lateResultIsNone(t *suite.T) {
	var tries [2]atomic.Int32
	got := run(t, config{Workers: 1, Outstanding: 1, Retries: 1, Timeout: 2 * time.Second}, 2, func(_ context.Context, task int) (int, error) {
		if tries[task].Add(1) == 1 || task == 1 {
			t.Work(3 * time.Second) // and does not look at its context
			return -1, nil
		}
		t.Work(1500 * time.Millisecond)
		return 1, nil
	})
	t.Diff([]string{"0 = 1", "1: ErrTimeout"}, got, "what was merged, when a try may take 2s; the first try of task 0 and both of task 1 take 3s and return -1, and the second of task 0 takes 1.5s and returns 1")
	t.Diff(10500*time.Millisecond, t.Elapsed(), "the time that tries of 3s, 1.5s, 3s and 3s take one worker")
	got = run(t, config{Workers: 1, Outstanding: 1, Timeout: time.Nanosecond}, 1, func(context.Context, int) (int, error) {
		t.Work(time.Second)
		return 1, nil
	})
	t.Diff([]string{"0: ErrTimeout"}, got, "what was merged of a task that takes 1s, when a try may take 1ns")
}

func limitIsPerTry(t *suite.T) {
	wait := func(ctx context.Context, task int) (int, error) {
		if task == 0 {
			t.Work(1500 * time.Millisecond)
			return 7, nil // in time
		}
		<-ctx.Done()
		t.Event("%v", t.Elapsed())
		return 7, ctx.Err()
	}
	got := run(t, config{Workers: 1, Outstanding: 2, Retries: 2, Timeout: 2 * time.Second}, 2, wait)
	t.Diff([]string{"0 = 7", "1: ErrTimeout"}, got, "what was merged, when a try may take 2s; task 0 takes 1.5s, and task 1 waits for its context each time")
	t.Diff([]string{"3.5s", "5.5s", "7.5s"}, t.Events(), "the times at which the contexts of the three tries of task 1 are done, one after the other, when task 0 has ended after 1.5s")
}

func noLimitNoTimeout(t *suite.T) {
	for _, limit := range []time.Duration{0, -time.Second} {
		got := run(t, config{Workers: 1, Outstanding: 1, Timeout: limit}, 1, func(ctx context.Context, _ int) (int, error) {
			t.Work(1000 * time.Hour)
			return 7, ctx.Err()
		})
		t.Diff([]string{"0 = 7"}, got, "what was merged of a task of 1000 hours, with Timeout: %v", limit)
	}
}

func oneTryAtATime(t *suite.T) {
	g := t.Gauge("tries of one task", 1)
	var tries atomic.Int32
	got := run(t, config{Workers: 3, Outstanding: 3, Retries: 2, Timeout: time.Second}, 1, func(context.Context, int) (int, error) {
		g.Enter()
		defer g.Leave()
		try := tries.Add(1)
		if try < 3 {
			t.Work(5 * time.Second) // much too long
		}
		return int(try), nil
	})
	t.Diff([]string{"0 = 3"}, got, "what was merged of a task whose third try is in time")
	t.Diff(10*time.Second, t.Elapsed(), "the time at which it is merged, when a try may take 1s, but two of them have taken 5s")
}

func stopsOnCancel(t *suite.T) {
	for _, cfg := range []config{{Workers: 1, Outstanding: 3, Retries: 3}, {Workers: 2, Outstanding: 5, Retries: 3}} {
		ctx, cancel := context.WithCancel(background)
		begun := t.Gauge("tries", 0)
		stopped := false
		err := masterworker.Run(ctx, cfg, tasks(20), func(ctx context.Context, task int) (int, error) {
			begun.Enter()
			if task < 2 {
				return task, nil
			}
			if task == 2 {
				cancel()
			}
			<-ctx.Done()
			return 0, ctx.Err()
		}, func(task, _ int, err error) {
			if ctx.Err() != nil && stopped {
				t.Errorf("task %d is merged after the context was cancelled during an earlier merge", task)
			}
			if task >= 2 {
				t.Expected("it is not merged", outcome(task, 0, err), "a task is merged that has not ended before the context was cancelled")
			}
			stopped = ctx.Err() != nil
		})
		canceled(t, err, "which was cancelled while tasks were running")
		if n := begun.Total(); n > 2+cfg.Workers {
			t.Expected(fmt.Sprintf("at most %d", 2+cfg.Workers), fmt.Sprint(n), "too many tries have begun, when each of %d workers has one that ends only with the context, after two that have succeeded", cfg.Workers)
		}
	}
}

func cancelInMerge(t *suite.T) {
	ctx, cancel := context.WithCancel(background)
	var merged []int
	all := t.Rendezvous(3, "the tasks") // all tasks have begun when the first is merged
	err := masterworker.Run(ctx, config{Workers: 3, Outstanding: 3}, tasks(3), func(_ context.Context, task int) (int, error) {
		all.Meet()
		return task, nil
	}, func(task, _ int, _ error) {
		merged = append(merged, task)
		t.Settle() // the others have ended
		cancel()
	})
	canceled(t, err, "which was cancelled during the merge of the first of three tasks")
	t.Diff([]int{0}, merged, "the tasks that were merged when the context was cancelled during the merge of the first")
}

func doneFromTheStart(t *suite.T) {
	ctx, cancel := context.WithCancel(background)
	cancel()
	for range 3 {
		err := masterworker.Run(ctx, config{Workers: 2, Outstanding: 2}, tasks(4), func(context.Context, int) (int, error) {
			t.Errorf("work is called, although the context is done from the start")
			return 0, nil
		}, func(int, int, error) {
			t.Errorf("merge is called, although the context is done from the start")
		})
		canceled(t, err, "which is done from the start")
	}
}

func waitsForTheRunning(t *suite.T) {
	ctx, cancel := context.WithTimeout(background, 2*time.Second)
	defer cancel()
	g := t.Gauge("tries", 0)
	err := masterworker.Run(ctx, config{Workers: 2, Outstanding: 2, Retries: 5}, tasks(4), func(_ context.Context, task int) (int, error) {
		g.Enter()
		t.Work(time.Duration(3+task) * time.Second) // and does not look at its context
		g.Leave()
		return 0, errFailed
	}, ignoreMerge)
	t.Diff("context deadline exceeded", said(err), "what Run returns when its context is done after 2s, and all tries take longer")
	t.Diff(0, g.Inside(), "the number of tries that are still running when Run returns")
	t.Diff(4*time.Second, t.Elapsed(), "the time at which Run returns, when its context is done after 2s and the running tries end after 3s and 4s")
	t.Diff(2, g.Total(), "the number of tries that were begun in 2s by two workers")
}

func runningAreTold(t *suite.T) {
	ctx, cancel := context.WithTimeout(background, time.Second)
	defer cancel()
	err := masterworker.Run(ctx, config{Workers: 2, Outstanding: 2, Timeout: time.Hour}, tasks(2), func(ctx context.Context, _ int) (int, error) {
		<-ctx.Done()
		return 0, ctx.Err()
	}, ignoreMerge)
	t.Diff("context deadline exceeded", said(err), "what Run returns when its context is done")
	t.Diff(time.Second, t.Elapsed(), "the time at which Run returns, when its context is done after 1s and all tries wait for theirs")
}

func nobodyStuck(t *suite.T) {
	for _, cfg := range []config{{Workers: 2, Outstanding: 2, Retries: 1}, {Workers: 3, Outstanding: 1, Retries: 2}, {Workers: 1, Outstanding: 4, Retries: 1}} {
		n := t.Gauge("tries", 0)
		run(t, cfg, 5, func(context.Context, int) (int, error) {
			n.Enter()
			return 0, errFailed
		})
		t.Diff(5*(cfg.Retries+1), n.Total(), "the number of tries of five tasks that fail every time, with Retries: %d", cfg.Retries)
	}
}

func cancelWhenever(t *suite.T) {
	ctx, cancel := context.WithCancel(background)
	next, over := 0, false
	var other sync.WaitGroup
	other.Go(cancel)
	err := masterworker.Run(ctx, config{Workers: 2, Outstanding: 2, Retries: 1}, tasks(3), func(_ context.Context, task int) (int, error) {
		if task == 1 {
			return 0, errFailed
		}
		return task, nil
	}, func(task, _ int, err error) {
		if over || task != next || (err != nil) != (task == 1) {
			t.Expected(fmt.Sprintf("task %d, as it has ended", next), fmt.Sprintf("task %d with the error %s", task, said(err)), "what is merged is not as promised, when the context is cancelled meanwhile")
		}
		next++
	})
	over = true
	if next < 3 {
		canceled(t, err, fmt.Sprintf("although only %d of 3 tasks were merged", next))
	} else {
		t.Diff("nil", said(err), "what Run returns when all tasks were merged")
	}
	other.Wait()
}

func mergeSeesTheWork(t *suite.T) {
	const n = 4
	written, sum := make([]int, n), 0
	got := run(t, config{Workers: 2, Outstanding: 3, Retries: 1}, n, func(_ context.Context, task int) (int, error) {
		written[task]++ // the second try sees the first
		if written[task] == 1 {
			return 0, errFailed
		}
		return written[task], nil
	})
	for _, w := range written {
		sum += w
	}
	t.Diff([]string{"0 = 2", "1 = 2", "2 = 2", "3 = 2"}, got, "what was merged of four tasks that each succeed the second time")
	t.Diff(2*n, sum, "what eight tries have written, read after Run")

	total := 0
	err := masterworker.Run(background, config{Workers: 3, Outstanding: 4}, tasks(n), func(_ context.Context, task int) (int, error) {
		written[task] = task
		return 0, nil
	}, func(task, _ int, _ error) {
		total += written[task] // one merge at a time
	})
	t.Diff("nil", said(err), "what Run returns")
	t.Diff(0+1+2+3, total, "the sum that the merges have come to of what the work has written")
}

func nobodyLeftBehind(t *suite.T) {
	before := t.Goroutines()
	long, end := context.WithCancel(background) // outlives all calls
	defer end()
	check := func(when string) {
		t.Settle()
		if n := t.Goroutines() - before; n > 0 {
			t.Expected("none", fmt.Sprint(n), "the number of goroutines left behind by a Run %s", when)
		}
	}
	quick := func(_ context.Context, task int) (int, error) { return task, nil }
	_ = masterworker.Run(long, config{Workers: 3, Outstanding: 2, Timeout: time.Hour}, tasks(4), quick, ignoreMerge)
	check("that has merged all its tasks, while its context lives on")
	_ = masterworker.Run(long, config{Workers: 3, Outstanding: 2, Timeout: time.Hour}, nil, quick, ignoreMerge)
	check("without any tasks")
	short, cancel := context.WithCancel(long)
	_ = masterworker.Run(short, config{Workers: 2, Outstanding: 3, Retries: 1}, tasks(5), func(_ context.Context, task int) (int, error) {
		if task == 1 {
			cancel()
		}
		return task, nil
	}, ignoreMerge)
	check("that was cancelled")
}

func tooLateIsOver(t *suite.T) {
	before := t.Goroutines()
	run(t, config{Workers: 2, Outstanding: 2, Retries: 1, Timeout: time.Second}, 3, func(context.Context, int) (int, error) {
		t.Work(3 * time.Second)
		return 0, nil
	})
	t.Settle()
	if n := t.Goroutines() - before; n > 0 {
		t.Expected("none", fmt.Sprint(n), "the number of goroutines left behind by a Run whose tries have all taken too long")
	}
}
