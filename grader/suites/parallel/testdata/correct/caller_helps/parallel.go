// Package parallel lets the caller do a share of the work, and keeps all that
// the workers have in common under one lock.
package parallel

import (
	"context"
	"runtime"
	"sync"
)

// job is one call of Map.
type job[T, R any] struct {
	ctx    context.Context
	cancel context.CancelFunc
	fn     func(ctx context.Context, item T) (R, error)

	mu      sync.Mutex
	idle    *sync.Cond // somebody has gone home
	items   []T        // not begun
	next    int        // the index of the first of them
	out     []R
	busy    int // workers
	stopped bool
	err     error
	mishap  func() // panics again
}

// Map calls fn for each of the items, in at most workers calls at once.
func Map[T, R any](ctx context.Context, items []T, workers int, fn func(ctx context.Context, item T) (R, error)) ([]R, error) {
	if workers < 1 {
		workers = runtime.GOMAXPROCS(0)
	}
	j := &job[T, R]{fn: fn, items: items, out: make([]R, len(items))}
	j.ctx, j.cancel = context.WithCancel(ctx)
	defer j.cancel()
	j.idle = sync.NewCond(&j.mu)
	j.busy = max(1, min(workers, len(items)))
	for range j.busy - 1 {
		go j.work()
	}
	j.work()

	j.mu.Lock()
	defer j.mu.Unlock()
	for j.busy > 0 {
		j.idle.Wait()
	}
	if j.mishap != nil {
		j.mishap()
	}
	if j.err != nil {
		return nil, j.err
	}
	return j.out, nil
}

func (j *job[T, R]) work() {
	j.mu.Lock()
	defer j.mu.Unlock()
	for {
		if err := j.ctx.Err(); err != nil && !j.stopped && len(j.items) > 0 {
			j.stopped, j.err = true, err
		}
		if j.stopped || len(j.items) == 0 {
			break
		}
		item, i := j.items[0], j.next
		j.items, j.next = j.items[1:], j.next+1
		j.mu.Unlock()
		r, err, mishap := j.call(item)
		j.mu.Lock()
		if mishap != nil && j.mishap == nil {
			j.mishap = mishap
		}
		if err != nil && j.err == nil {
			j.err = err
		}
		if err != nil || mishap != nil {
			j.stopped = true
			j.cancel()
		}
		j.out[i] = r
	}
	j.busy--
	j.idle.Signal()
}

func (j *job[T, R]) call(item T) (r R, err error, mishap func()) {
	ended := false
	defer func() {
		if !ended {
			v := recover()
			mishap = func() { panic(v) }
		}
	}()
	r, err = j.fn(j.ctx, item)
	ended = true
	return r, err, nil
}
