// want: cancel
// Fault: Map looks for the errors of calls alone, so when its context has ended in between, it returns results with holes and no error.

package parallel

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// Map calls fn for each of the items, in at most workers calls at once, and
// returns their results in the order of the items. 0 workers or less means
// runtime.GOMAXPROCS(0).
//
// The first call that returns an error ends the whole: no more items are begun,
// the context of all calls is done, and when the calls that are running have
// returned, Map returns nil and that error. When ctx is done, the same happens
// with ctx.Err(). When a call panics, the same happens, but then Map panics with
// the same value.
//
// Map may be called by several goroutines at once, and by fn.
func Map[T, R any](ctx context.Context, items []T, workers int, fn func(ctx context.Context, item T) (R, error)) ([]R, error) {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	calls, cancel := context.WithCancel(ctx)
	defer cancel()
	end := ending{cancel: cancel}
	results := make([]R, len(items))
	var taken atomic.Int64 // how many items have been taken
	var wg sync.WaitGroup
	for range min(workers, len(items)) {
		wg.Go(func() {
			defer end.recover()
			for calls.Err() == nil {
				i := int(taken.Add(1)) - 1
				if i >= len(items) {
					return
				}
				r, err := fn(calls, items[i])
				if err != nil {
					end.fail(err)
					return
				}
				results[i] = r
			}
		})
	}
	wg.Wait()
	if end.panicked {
		panic(end.value)
	}
	if end.err != nil {
		return nil, end.err
	}
	return results, nil
}

// ending is why a Map ends before its time.
type ending struct {
	cancel context.CancelFunc

	mu       sync.Mutex
	err      error // the first one
	panicked bool
	value    any // of the first panic
}

// fail notes the error of a call, unless it has been preceded by another one.
func (e *ending) fail(err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.err == nil {
		e.err = err
	}
	e.cancel()
}

// recover notes a panic of the function that has deferred it.
func (e *ending) recover() {
	v := recover()
	if v == nil {
		return
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if !e.panicked {
		e.panicked, e.value = true, v
	}
	e.cancel()
}
