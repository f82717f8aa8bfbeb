// Package masterworker has a goroutine for each outstanding task, and a channel
// for the outcome of each, in the order of the tasks. Workers are tokens.
package masterworker

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

var ErrTimeout = errors.New("masterworker: try took too long")

type PanicError struct{ Value any }

func (e *PanicError) Error() string { return fmt.Sprint("panic: ", e.Value) }

type Config struct {
	Workers, Outstanding, Retries int
	Timeout                       time.Duration
}

type outcome[R any] struct {
	r   R
	err error
}

func Run[T, R any](ctx context.Context, cfg Config, tasks []T, work func(context.Context, T) (R, error), merge func(task int, result R, err error)) error {
	if cfg.Workers < 1 || cfg.Outstanding < 1 {
		panic("masterworker: workers and outstanding tasks have to be at least 1")
	}
	if len(tasks) == 0 {
		return nil
	}
	window := make(chan bool, min(cfg.Outstanding, len(tasks)))
	workers := make(chan bool, min(cfg.Workers, len(tasks)))
	promises := make([]chan outcome[R], len(tasks))
	for i := range promises {
		promises[i] = make(chan outcome[R], 1)
	}
	stop := make(chan struct{})
	var all sync.WaitGroup
	defer all.Wait()
	defer close(stop)
	all.Go(func() { // hands out
		for i, task := range tasks {
			select {
			case window <- true:
			case <-stop:
				return
			}
			select {
			case workers <- true:
			case <-stop:
				return
			}
			if ctx.Err() != nil {
				return
			}
			all.Go(func() {
				promises[i] <- persist(ctx, cfg, task, work)
				<-workers
			})
		}
	})
	for i, promise := range promises {
		select {
		case o := <-promise:
			if ctx.Err() != nil {
				return ctx.Err()
			}
			merge(i, o.r, o.err)
			<-window
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

func persist[T, R any](ctx context.Context, cfg Config, task T, work func(context.Context, T) (R, error)) (o outcome[R]) {
	o = once(ctx, cfg.Timeout, task, work)
	for left := cfg.Retries; left > 0 && o.err != nil && ctx.Err() == nil; left-- {
		o = once(ctx, cfg.Timeout, task, work)
	}
	return o
}

func once[T, R any](ctx context.Context, limit time.Duration, task T, work func(context.Context, T) (R, error)) (o outcome[R]) {
	defer func() {
		if v := recover(); v != nil {
			o.err = &PanicError{Value: v}
		}
	}()
	late := false
	var mu sync.Mutex
	if limit > 0 {
		var cancel context.CancelCauseFunc
		ctx, cancel = context.WithCancelCause(ctx)
		defer cancel(nil)
		timer := time.AfterFunc(limit, func() {
			mu.Lock()
			defer mu.Unlock()
			late = true
			cancel(ErrTimeout)
		})
		defer timer.Stop()
	}
	o.r, o.err = work(ctx, task)
	mu.Lock()
	defer mu.Unlock()
	if late {
		o.err = ErrTimeout
	}
	return o
}
