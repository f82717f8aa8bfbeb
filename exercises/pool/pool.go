// Package pool runs tasks on a fixed number of workers.
package pool

import (
	"context"
	"errors"
)

// Errors returned by a Pool.
var (
	ErrClosed    = errors.New("pool: closed")
	ErrNotClosed = errors.New("pool: not closed")
)

// Task is a piece of work with a result.
type Task func() (any, error)

// PanicError is the error of a task that panicked.
type PanicError struct {
	Value any // what the task panicked with
}

// Error says what the task panicked with.
func (e *PanicError) Error() string {
	panic("TODO: implement PanicError.Error")
}

// Pool runs tasks on a fixed number of workers. All methods may be called by
// several goroutines at once, and by tasks.
type Pool struct {
	// TODO: what does a pool have to remember?
}

// New returns a pool with the given number of workers. 0 or less means
// runtime.GOMAXPROCS(0).
func New(workers int) *Pool {
	panic("TODO: implement New")
}

// Submit puts task at the end of the line and returns its Future at once,
// without waiting for a worker. After Close it returns nil and ErrClosed, and
// the task will not run.
func (p *Pool) Submit(task Task) (*Future, error) {
	panic("TODO: implement Submit")
}

// Close lets no more tasks in, and does not wait. Those in the line still run.
// Closing a pool again does nothing.
func (p *Pool) Close() {
	panic("TODO: implement Close")
}

// Join waits until all tasks have ended and all workers are gone. Before Close
// it returns ErrNotClosed, without waiting. A task must not call it after Close,
// for it would wait for itself.
func (p *Pool) Join() error {
	panic("TODO: implement Join")
}

// Future is the result of a task, which may not be there yet.
type Future struct {
	// TODO: how does a waiter learn that the task has ended?
}

// Wait returns the result of the task as soon as it has ended: its value and
// its error, or a *PanicError if it panicked. When ctx is done earlier, Wait
// returns ctx.Err(); the task goes on, and a later Wait still gets its result.
func (f *Future) Wait(ctx context.Context) (any, error) {
	panic("TODO: implement Wait")
}
