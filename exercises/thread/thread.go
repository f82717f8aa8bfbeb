// Package thread gives goroutines what Python's threads have: a name, a start,
// and an end that one can wait for.
package thread

import (
	"context"
	"errors"
	"time"
)

// Errors returned by a Thread.
var (
	ErrStarted    = errors.New("thread: already started")
	ErrNotStarted = errors.New("thread: not started")
)

// PanicError is the error of a thread whose function panicked.
type PanicError struct {
	Value any // what the function panicked with
}

// Error says what the function panicked with.
func (e *PanicError) Error() string {
	panic("TODO: implement PanicError.Error")
}

// Thread runs one function, once, in a goroutine of its own. All methods may be
// called by several goroutines at once, and by the function itself.
type Thread struct {
	// TODO: what does a thread have to remember?
}

// New returns a thread that will run fn when it is started. If name is empty,
// the thread is called Thread-1, Thread-2, and so on, in the order in which New
// is called. New may be called by several goroutines at once.
func New(name string, fn func(ctx context.Context)) *Thread {
	panic("TODO: implement New")
}

// Name returns the name of the thread.
func (t *Thread) Name() string {
	panic("TODO: implement Name")
}

// Start lets the thread run, and does not wait for it. The context that the
// function gets is derived from ctx; Current finds the thread in it. Start
// returns ErrStarted, and does nothing else, if the thread has been started
// before.
func (t *Thread) Start(ctx context.Context) error {
	panic("TODO: implement Start")
}

// Join waits until the function has ended. It returns nil, or a *PanicError if
// the function panicked. If the thread has not been started, Join returns
// ErrNotStarted without waiting. A thread must not call Join on itself.
func (t *Thread) Join() error {
	panic("TODO: implement Join")
}

// JoinTimeout is Join, but waits no longer than d, and not at all if d is 0 or
// less. It tells whether the function has ended; if not, the error is nil, or
// ErrNotStarted.
func (t *Thread) JoinTimeout(d time.Duration) (ended bool, err error) {
	panic("TODO: implement JoinTimeout")
}

// Alive tells whether the thread has been started and has not ended.
func (t *Thread) Alive() bool {
	panic("TODO: implement Alive")
}

// Current returns the thread that ctx belongs to: the one whose function got
// ctx, or got the context that ctx is derived from. A context of no thread
// belongs to the main thread, which is called MainThread. It is there from the
// beginning, and is alive as long as the program.
func Current(ctx context.Context) *Thread {
	panic("TODO: implement Current")
}
