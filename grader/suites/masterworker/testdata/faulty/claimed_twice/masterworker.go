// want: result
// Fault: Two workers who look for the next task at the same time may both take the same one.
// Plain: passes

package masterworker

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

var ErrTimeout = errors.New("masterworker: try took too long")

type PanicError struct{ Value any }

func (e *PanicError) Error() string { return fmt.Sprint("panic: ", e.Value) }

type Config struct {
	Workers, Outstanding, Retries int
	Timeout                       time.Duration
}

type result[R any] struct {
	value R
	err   error
}

func Run[T, R any](ctx context.Context, cfg Config, tasks []T, work func(context.Context, T) (R, error), merge func(task int, result R, err error)) error {
	if cfg.Workers < 1 || cfg.Outstanding < 1 {
		panic(fmt.Sprintf("masterworker: %+v", cfg))
	}
	places := make([]atomic.Pointer[result[R]], len(tasks))
	news := make(chan struct{}, 1) // there may be something new in a place
	mayBegin := make(chan struct{}, len(tasks))
	for range min(cfg.Outstanding, len(tasks)) {
		mayBegin <- struct{}{}
	}
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(cfg.Workers, len(tasks)) {
		wg.Go(func() {
			for range mayBegin {
				i := int(next.Load())
				next.Store(int64(i + 1))
				if i >= len(tasks) {
					return
				}
				places[i].Store(tries(ctx, cfg, tasks[i], work))
				select {
				case news <- struct{}{}:
				default:
				}
			}
		})
	}
	defer wg.Wait()
	defer close(mayBegin)
	for i := range places {
		r := places[i].Load()
		for ; r == nil; r = places[i].Load() {
			<-news
		}
		if err := ctx.Err(); err != nil {
			next.Store(int64(len(tasks)))
			return err
		}
		merge(i, r.value, r.err)
		if i+cfg.Outstanding < len(tasks) && i+cfg.Outstanding > 0 {
			mayBegin <- struct{}{}
		}
	}
	return nil
}

func tries[T, R any](ctx context.Context, cfg Config, task T, work func(context.Context, T) (R, error)) *result[R] {
	for left := max(cfg.Retries, 0); ; left-- {
		r := &result[R]{err: ctx.Err()}
		if r.err != nil {
			return r
		}
		r.value, r.err = try(ctx, cfg, task, work)
		if r.err == nil || left == 0 {
			return r
		}
	}
}

func try[T, R any](ctx context.Context, cfg Config, task T, work func(context.Context, T) (R, error)) (value R, err error) {
	var mine context.Context
	var cancel context.CancelFunc
	if cfg.Timeout > 0 {
		mine, cancel = context.WithTimeoutCause(ctx, cfg.Timeout, ErrTimeout)
	} else {
		mine, cancel = context.WithCancel(ctx)
	}
	defer cancel()
	defer func() {
		if mine.Err() != nil {
			err = context.Cause(mine)
		}
		if v := recover(); v != nil {
			err = &PanicError{v}
		}
	}()
	return work(mine, task)
}
