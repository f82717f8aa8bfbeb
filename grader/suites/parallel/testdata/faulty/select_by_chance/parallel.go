// want: cancel
// Fault: When the context is done and a worker is ready, select may choose to hand out one more item, and the worker does not look.

package parallel

import (
	"context"
	"runtime"
)

type outcome[R any] struct {
	index    int
	result   R
	err      error
	panicked bool
	value    any
}

// Map calls fn for each of the items, in at most workers calls at once.
func Map[T, R any](ctx context.Context, items []T, workers int, fn func(ctx context.Context, item T) (R, error)) ([]R, error) {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	inner, cancel := context.WithCancelCause(ctx) // the first cause counts
	defer cancel(nil)
	todo := make(chan int)
	done := make(chan outcome[R])

	workers = min(workers, len(items))
	for range workers {
		go func() {
			for i := range todo {
				o := call(inner, i, items[i], fn)
				if o.panicked || o.err != nil {
					cancel(o.err) // before this worker looks again
				}
				done <- o
			}
			done <- outcome[R]{index: -1} // goes home
		}()
	}
	go func() {
		defer close(todo)
		for i := range items {
			select {
			case todo <- i:
			case <-inner.Done():
				return
			}
		}
	}()

	results := make([]R, len(items))
	missing := len(items)
	failed := false
	var mishap *outcome[R]
	for workers > 0 {
		o := <-done
		switch {
		case o.index < 0:
			workers--
		case o.panicked:
			if mishap == nil {
				mishap = &o
			}
		case o.err != nil:
			failed = true
		default:
			results[o.index] = o.result
			missing--
		}
	}
	switch {
	case mishap != nil:
		panic(mishap.value)
	case failed || missing > 0:
		return nil, context.Cause(inner)
	}
	return results, nil
}

func call[T, R any](ctx context.Context, i int, item T, fn func(ctx context.Context, item T) (R, error)) (o outcome[R]) {
	o.index = i
	defer func() {
		if v := recover(); v != nil {
			o.panicked, o.value = true, v
		}
	}()
	o.result, o.err = fn(ctx, item)
	return o
}
