// Package thread: a thread is two contexts, one that ends when it begins, and one that ends when it does.
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

// Thread runs one function, once, in a goroutine of its own.
type Thread struct {
	name  string
	fn    func(ctx context.Context)
	once  chan struct{}   // holds the right to start
	begun context.Context // done when the thread has been started
	begin context.CancelFunc
	ended context.Context // done when it has ended, with its result as the cause
	end   context.CancelCauseFunc
}

// fine is the cause of the end of a thread that did not panic.
var fine = errors.New("thread: no error")

type key struct{}

var (
	last       atomic.Uint32
	mainThread = New("MainThread", nil)
)

func init() {
	<-mainThread.once
	mainThread.begin()
}

// New returns a thread that will run fn when it is started.
func New(name string, fn func(ctx context.Context)) *Thread {
	for name == "" {
		if n := last.Load(); last.CompareAndSwap(n, n+1) {
			name = fmt.Sprintf("Thread-%d", n+1)
		}
	}
	t := &Thread{name: name, fn: fn, once: make(chan struct{}, 1)}
	t.once <- struct{}{}
	t.begun, t.begin = context.WithCancel(context.Background())
	t.ended, t.end = context.WithCancelCause(context.Background())
	return t
}

// Name returns the name of the thread.
func (t *Thread) Name() string { return t.name }

// Start lets the thread run.
func (t *Thread) Start(ctx context.Context) error {
	select {
	case <-t.once:
		t.begin()
		go t.run(context.WithValue(ctx, key{}, t))
		return nil
	default:
		<-t.begun.Done() // another Start is about to say so
		return ErrStarted
	}
}

// run calls the function, and says how it has ended.
func (t *Thread) run(ctx context.Context) {
	defer func() {
		if v := recover(); v != nil {
			t.end(&PanicError{v})
		}
		t.end(fine) // does nothing after a panic
	}()
	t.fn(ctx)
}

// result is for a thread that has ended.
func (t *Thread) result() error {
	if err := context.Cause(t.ended); err != fine {
		return err
	}
	return nil
}

// Join waits until the function has ended.
func (t *Thread) Join() error {
	if t.begun.Err() == nil {
		return ErrNotStarted
	}
	<-t.ended.Done()
	return t.result()
}

// JoinTimeout is Join, but waits no longer than d.
func (t *Thread) JoinTimeout(d time.Duration) (bool, error) {
	if t.begun.Err() == nil {
		return false, ErrNotStarted
	}
	either, cancel := context.WithTimeout(t.ended, d)
	defer cancel()
	<-either.Done()
	if t.ended.Err() == nil {
		return false, nil
	}
	return true, t.result()
}

// Alive tells whether the thread has been started and has not ended.
func (t *Thread) Alive() bool { return t.begun.Err() != nil && t.ended.Err() == nil }

// Current returns the thread that ctx belongs to.
func Current(ctx context.Context) *Thread {
	if t, ok := ctx.Value(key{}).(*Thread); ok {
		return t
	}
	return mainThread
}
