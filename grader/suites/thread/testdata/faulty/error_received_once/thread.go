// want: panic
// Fault: The error comes through a channel that is closed afterwards, so the first Join gets it and the others get nil.

package thread

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
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
func (e *PanicError) Error() string { return fmt.Sprintf("thread: function panicked: %v", e.Value) }

// Thread runs one function, once, in a goroutine of its own. All methods may be
// called by several goroutines at once, and by the function itself.
type Thread struct {
	name    string
	fn      func(ctx context.Context)
	started atomic.Bool
	done    chan struct{} // closed when fn has ended
	errs    chan error    // the error, if any, and then closed
}

// key is the key of the thread in its context.
type key struct{}

var (
	numbered   atomic.Int64 // threads that New has given a number
	mainThread = newMain()
)

// newMain returns the main thread. It has been started, and its done is never
// closed.
func newMain() *Thread {
	t := &Thread{name: "MainThread"}
	t.started.Store(true)
	return t
}

// New returns a thread that will run fn when it is started. If name is empty,
// the thread is called Thread-1, Thread-2, and so on, in the order in which New
// is called. New may be called by several goroutines at once.
func New(name string, fn func(ctx context.Context)) *Thread {
	if name == "" {
		name = fmt.Sprintf("Thread-%d", numbered.Add(1))
	}
	return &Thread{name: name, fn: fn, done: make(chan struct{}), errs: make(chan error, 1)}
}

// Name returns the name of the thread.
func (t *Thread) Name() string { return t.name }

// Start lets the thread run, and does not wait for it. The context that the
// function gets is derived from ctx; Current finds the thread in it. Start
// returns ErrStarted, and does nothing else, if the thread has been started
// before.
func (t *Thread) Start(ctx context.Context) error {
	if !t.started.CompareAndSwap(false, true) {
		return ErrStarted
	}
	go t.run(context.WithValue(ctx, key{}, t))
	return nil
}

// run is the life of the thread.
func (t *Thread) run(ctx context.Context) {
	defer close(t.done)
	defer func() {
		if v := recover(); v != nil {
			t.errs <- &PanicError{v}
		}
		close(t.errs)
	}()
	t.fn(ctx)
}

// Join waits until the function has ended. It returns nil, or a *PanicError if
// the function panicked. If the thread has not been started, Join returns
// ErrNotStarted without waiting. A thread must not call Join on itself.
func (t *Thread) Join() error {
	if !t.started.Load() {
		return ErrNotStarted
	}
	return <-t.errs
}

// JoinTimeout is Join, but waits no longer than d, and not at all if d is 0 or
// less. It tells whether the function has ended; if not, the error is nil, or
// ErrNotStarted.
func (t *Thread) JoinTimeout(d time.Duration) (ended bool, err error) {
	if !t.started.Load() {
		return false, ErrNotStarted
	}
	select {
	case <-t.done: // a timer that has fired as well must not be chosen
		return true, <-t.errs
	default:
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-t.done:
		return true, <-t.errs
	case <-timer.C:
		return false, nil
	}
}

// Alive tells whether the thread has been started and has not ended.
func (t *Thread) Alive() bool {
	select {
	case <-t.done:
		return false
	default:
		return t.started.Load()
	}
}

// Current returns the thread that ctx belongs to: the one whose function got
// ctx, or got the context that ctx is derived from. A context of no thread
// belongs to the main thread, which is called MainThread. It is there from the
// beginning, and is alive as long as the program.
func Current(ctx context.Context) *Thread {
	if t, ok := ctx.Value(key{}).(*Thread); ok {
		return t
	}
	return mainThread
}
