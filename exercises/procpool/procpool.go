// Package procpool lets a fixed number of worker processes share tasks, like
// Python's multiprocessing.Pool.
package procpool

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
)

// Errors returned by a Pool.
var (
	ErrClosed     = errors.New("procpool: closed")
	ErrNotClosed  = errors.New("procpool: not closed")
	ErrTerminated = errors.New("procpool: terminated")
	ErrLine       = errors.New("procpool: a task must be one line")
)

// TaskError is the error of a task that its worker has answered by
// "error MESSAGE".
type TaskError struct {
	Message string
}

// Error returns the message.
func (e *TaskError) Error() string { return e.Message }

// CrashError is the error of a task whose worker ended before it had answered.
type CrashError struct {
	ExitCode int // the exit status, or, if a signal has ended the worker, its negative number
}

// Error says how the worker ended.
func (e *CrashError) Error() string {
	return fmt.Sprintf("procpool: the worker ended before it had answered (exit code %d)", e.ExitCode)
}

// Pool lets worker processes carry out tasks. All methods may be called by
// several goroutines at once.
type Pool struct {
	// TODO: what does a pool have to remember?
}

// New returns a pool of at most size worker processes. 0 or less means
// runtime.NumCPU(). Each call of worker returns a new command that is one
// worker; neither its Stdin nor its Stdout is set. It may be called from any
// goroutine. New starts no process.
func New(size int, worker func() *exec.Cmd) *Pool {
	panic("TODO: implement New")
}

// ApplyAsync puts task at the end of the line and returns its Future, without
// waiting for a worker. After Close or Terminate it returns nil and ErrClosed,
// and if the task contains a line break, nil and ErrLine.
func (p *Pool) ApplyAsync(task string) (*Future, error) {
	panic("TODO: implement ApplyAsync")
}

// Apply puts task at the end of the line and waits for its result. It is
// ApplyAsync and Get.
func (p *Pool) Apply(ctx context.Context, task string) (string, error) {
	panic("TODO: implement Apply")
}

// Map puts all tasks at the end of the line and waits until each of them has
// ended. The results are in the order of the tasks, "" for one that has failed.
// The error is that of the first task, in this order, that has failed. If tasks
// cannot be put in line, Map returns nil and the error of ApplyAsync, and when
// ctx is done before the last task has ended, nil and ctx.Err().
func (p *Pool) Map(ctx context.Context, tasks []string) ([]string, error) {
	panic("TODO: implement Map")
}

// Close lets no more tasks in, and does not wait. Those in line are still
// carried out. Closing a pool again does nothing.
func (p *Pool) Close() {
	panic("TODO: implement Close")
}

// Join waits until all tasks have ended and all worker processes are gone.
// Before Close or Terminate it returns ErrNotClosed, without waiting.
func (p *Pool) Join() error {
	panic("TODO: implement Join")
}

// Terminate kills all worker processes and waits until they are gone. Tasks that
// have not ended fail with ErrTerminated. It lets no more tasks in. Terminating
// a pool again does nothing more.
func (p *Pool) Terminate() {
	panic("TODO: implement Terminate")
}

// Future is the result of a task, which may not be there yet.
type Future struct {
	// TODO: how does a waiter learn that the task has ended?
}

// Get returns the result of the task as soon as it has ended: what the worker
// has answered, or a *TaskError, or a *CrashError, or why no worker could be
// started, or ErrTerminated. When ctx is done earlier, Get returns ctx.Err(); the
// task goes on, and a later Get still gets its result.
func (f *Future) Get(ctx context.Context) (string, error) {
	panic("TODO: implement Get")
}
