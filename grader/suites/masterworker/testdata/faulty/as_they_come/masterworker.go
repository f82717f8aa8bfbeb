// want: order
// Fault: Results are merged in the order in which they come.

package masterworker

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// ErrTimeout is the error of a try that was not over in time.
var ErrTimeout = errors.New("masterworker: try took too long")

// PanicError is the error of a try that panicked.
type PanicError struct {
	Value any // what it panicked with
}

// Error says what the try panicked with.
func (e *PanicError) Error() string { return fmt.Sprintf("masterworker: try panicked: %v", e.Value) }

// Config says how Run goes about it.
type Config struct {
	Workers     int           // how many tries may run at once, at least 1
	Outstanding int           // how many tasks may have begun without being merged, at least 1
	Retries     int           // how often a task is tried again when it fails; less than 0 means 0
	Timeout     time.Duration // how long a try may take; 0 or less means as long as it likes
}

// outcome is what has become of a task.
type outcome[R any] struct {
	task   int
	result R
	err    error
}

// Run has work called for each of the tasks by several workers, and calls merge
// for each, in the order of the tasks, one after the other. A try fails if work
// returns an error, panics, or takes longer than cfg.Timeout; the task is tried
// again then, up to cfg.Retries times, and merge gets the error of the last try.
//
// Run returns nil when all tasks have been merged. When ctx is done before, no
// try begins any more, nothing more is merged, and Run returns ctx.Err() as soon
// as the tries that are running have ended. It panics if cfg has a number that
// is too small.
func Run[T, R any](ctx context.Context, cfg Config, tasks []T, work func(context.Context, T) (R, error), merge func(task int, result R, err error)) error {
	if cfg.Workers < 1 || cfg.Outstanding < 1 {
		panic("masterworker: at least one worker and one outstanding task are needed")
	}
	// Both channels have room for all that is outstanding. So neither the master
	// nor a worker ever waits for the other to take something.
	outstanding := min(cfg.Outstanding, len(tasks))
	todo := make(chan int, outstanding)
	done := make(chan outcome[R], outstanding)
	var workers sync.WaitGroup
	defer workers.Wait()
	defer close(todo)
	for range min(cfg.Workers, len(tasks)) {
		workers.Go(func() {
			for task := range todo {
				result, err := persist(ctx, cfg, tasks[task], work)
				done <- outcome[R]{task, result, err}
			}
		})
	}

	begun, merged := 0, 0
	for merged < len(tasks) {
		for begun < min(merged+outstanding, len(tasks)) {
			todo <- begun
			begun++
		}
		o := <-done
		if ctx.Err() != nil {
			return ctx.Err()
		}
		merge(o.task, o.result, o.err)
		merged++
	}
	return nil
}

// persist tries a task until it succeeds, no more tries are allowed, or ctx is
// done. What it returns then does not matter: it will not be merged.
func persist[T, R any](ctx context.Context, cfg Config, task T, work func(context.Context, T) (R, error)) (result R, err error) {
	for tries := 0; ctx.Err() == nil && tries <= max(cfg.Retries, 0); tries++ {
		result, err = try(ctx, cfg.Timeout, task, work)
		if err == nil {
			break
		}
	}
	return result, err
}

// try calls work once.
func try[T, R any](ctx context.Context, timeout time.Duration, task T, work func(context.Context, T) (R, error)) (result R, err error) {
	if timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, timeout)
		defer cancel()
	}
	defer func() {
		if v := recover(); v != nil {
			err = &PanicError{Value: v}
		}
	}()
	result, err = work(ctx, task)
	if ctx.Err() != nil { // whatever it returns, it is too late
		err = ErrTimeout
	}
	return result, err
}
