// Package parallel has a slot for each call that may run, and a goroutine for
// each item that has got a slot.
package parallel

import (
	"context"
	"runtime"
	"sync"
)

// Map calls fn for each of the items, in at most workers calls at once.
func Map[T, R any](ctx context.Context, items []T, workers int, fn func(ctx context.Context, item T) (R, error)) ([]R, error) {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	if len(items) == 0 {
		return nil, nil
	}
	own, stop := context.WithCancelCause(ctx)
	defer stop(nil)

	slots := make(chan struct{}, min(workers, len(items)))
	out := make([]R, len(items))
	var once sync.Once
	var mishap []any // what a call panicked with
	var calls sync.WaitGroup
	for i, item := range items {
		slots <- struct{}{}
		if own.Err() != nil {
			break
		}
		calls.Add(1)
		go func() {
			defer calls.Done()
			defer func() { <-slots }()
			defer func() {
				if v := recover(); v != nil {
					once.Do(func() { mishap = append(mishap, v) })
					stop(context.Canceled)
				}
			}()
			r, err := fn(own, item)
			if err != nil {
				stop(err) // the first one counts
				return
			}
			out[i] = r
		}()
	}
	calls.Wait()
	if len(mishap) > 0 {
		panic(mishap[0])
	}
	if own.Err() != nil {
		return nil, context.Cause(own)
	}
	return out, nil
}
