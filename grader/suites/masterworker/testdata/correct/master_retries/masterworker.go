// Package masterworker has a master that decides on every try. It starts a
// goroutine for each, and is told when that ends. Merging is done by another
// goroutine, so that the master always listens.
package masterworker

import (
	"container/heap"
	"context"
	"errors"
	"fmt"
	"sort"
	"time"
)

var ErrTimeout = errors.New("masterworker: try took too long")

type PanicError struct{ Value any }

func (e *PanicError) Error() string { return fmt.Sprint("panic: ", e.Value) }

type Config struct {
	Workers, Outstanding, Retries int
	Timeout                       time.Duration
}

type report[R any] struct {
	task, try int
	value     R
	err       error
}

// waiting are tasks that may be tried, the smallest number first.
type waiting struct{ sort.IntSlice }

func (w *waiting) Push(x any) { w.IntSlice = append(w.IntSlice, x.(int)) }

func (w *waiting) Pop() any {
	last := w.IntSlice[len(w.IntSlice)-1]
	w.IntSlice = w.IntSlice[:len(w.IntSlice)-1]
	return last
}

func Run[T, R any](ctx context.Context, cfg Config, tasks []T, work func(context.Context, T) (R, error), merge func(task int, result R, err error)) error {
	if cfg.Workers < 1 || cfg.Outstanding < 1 {
		panic("masterworker: nobody to do the work")
	}
	n := len(tasks)
	reports := make(chan report[R])
	toMerge := make(chan report[R])
	merged := make(chan bool) // whether it has been, or the context was done before
	go func() {
		defer close(merged)
		for r := range toMerge {
			if ctx.Err() != nil {
				merged <- false
				continue
			}
			merge(r.task, r.value, r.err)
			merged <- true
		}
	}()
	var (
		ready     waiting
		tries     = make([]int, n)
		ended     = map[int]report[R]{}
		next      int // the next task to begin
		nextMerge int
		count     int // of those merged
		running   int
		merging   bool
	)
	for count < n && ctx.Err() == nil || running > 0 || merging {
		for next < n && next-count < cfg.Outstanding {
			heap.Push(&ready, next)
			next++
		}
		for running < cfg.Workers && ready.Len() > 0 && ctx.Err() == nil {
			i := heap.Pop(&ready).(int)
			tries[i]++
			running++
			go func() { reports <- try(ctx, cfg.Timeout, i, tasks[i], work) }()
		}
		var out chan report[R]
		r, ok := ended[nextMerge]
		if ok && !merging && ctx.Err() == nil {
			out = toMerge
		}
		var done <-chan struct{}
		if running == 0 && !merging {
			done = ctx.Done()
		}
		select {
		case r := <-reports:
			running--
			if r.err != nil && tries[r.task] <= cfg.Retries {
				heap.Push(&ready, r.task)
			} else {
				ended[r.task] = r
			}
		case out <- r:
			delete(ended, nextMerge)
			nextMerge++
			merging = true
		case really := <-merged:
			merging = false
			if really {
				count++
			}
		case <-done:
		}
	}
	close(toMerge)
	<-merged
	if count < n {
		return ctx.Err()
	}
	return nil
}

func try[T, R any](ctx context.Context, limit time.Duration, i int, task T, work func(context.Context, T) (R, error)) (r report[R]) {
	r.task = i
	deadline := time.Now().Add(limit)
	if limit > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithDeadline(ctx, deadline)
		defer cancel()
	}
	defer func() {
		if v := recover(); v != nil {
			r.err = &PanicError{v}
		} else if limit > 0 && !time.Now().Before(deadline) {
			r.err = ErrTimeout
		}
	}()
	r.value, r.err = work(ctx, task)
	return r
}
