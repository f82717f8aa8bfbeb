// Package masterworker lets a master hand out tasks to workers, and merges
// their results in the order of the tasks.
package masterworker

import (
	"context"
	"errors"
	"time"
)

// ErrTimeout is the error of a try that was not over in time.
var ErrTimeout = errors.New("masterworker: try took too long")

// PanicError is the error of a try that panicked.
type PanicError struct {
	Value any // what it panicked with
}

// Error says what the try panicked with.
func (e *PanicError) Error() string {
	panic("TODO: implement PanicError.Error")
}

// Config says how Run goes about it.
type Config struct {
	Workers     int           // how many tries may run at once, at least 1
	Outstanding int           // how many tasks may have begun without being merged, at least 1
	Retries     int           // how often a task is tried again when it fails; less than 0 means 0
	Timeout     time.Duration // how long a try may take; 0 or less means as long as it likes
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
	panic("TODO: implement Run")
}
