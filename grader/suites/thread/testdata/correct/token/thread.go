// Package thread: the result is handed around in a channel that has room for one; whoever takes it puts it back.
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
	name   string
	fn     func(ctx context.Context)
	state  atomic.Int32
	result chan error // holds the result when the thread has ended
}

// What state can be. It only grows.
const (
	fresh = iota
	running
	ended
)

type key struct{}

// next holds the number of the next thread without a name.
var next = make(chan int, 1)

var mainThread = &Thread{name: "MainThread", result: make(chan error, 1)}

func init() {
	next <- 1
	mainThread.state.Store(running)
}

// New returns a thread that will run fn when it is started.
func New(name string, fn func(ctx context.Context)) *Thread {
	if name == "" {
		n := <-next
		next <- n + 1
		name = fmt.Sprintf("Thread-%d", n)
	}
	return &Thread{name: name, fn: fn, result: make(chan error, 1)}
}

// Name returns the name of the thread.
func (t *Thread) Name() string { return t.name }

// Start lets the thread run.
func (t *Thread) Start(ctx context.Context) error {
	if !t.state.CompareAndSwap(fresh, running) {
		return ErrStarted
	}
	go func() {
		err := t.call(context.WithValue(ctx, key{}, t))
		t.state.Store(ended)
		t.result <- err
	}()
	return nil
}

// call turns a panic into an error.
func (t *Thread) call(ctx context.Context) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &PanicError{v}
		}
	}()
	t.fn(ctx)
	return
}

// pass gives the result to the next one, and returns it.
func (t *Thread) pass(err error) error {
	t.result <- err
	return err
}

// Join waits until the function has ended.
func (t *Thread) Join() error {
	if t.state.Load() == fresh {
		return ErrNotStarted
	}
	return t.pass(<-t.result)
}

// JoinTimeout is Join, but waits no longer than d.
func (t *Thread) JoinTimeout(d time.Duration) (bool, error) {
	switch t.state.Load() {
	case fresh:
		return false, ErrNotStarted
	case ended: // the result is there, or somebody is about to put it there
		return true, t.Join()
	}
	if d <= 0 {
		return false, nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case err := <-t.result:
		return true, t.pass(err)
	case <-timer.C:
		return false, nil
	}
}

// Alive tells whether the thread has been started and has not ended.
func (t *Thread) Alive() bool { return t.state.Load() == running }

// Current returns the thread that ctx belongs to.
func Current(ctx context.Context) *Thread {
	if t, ok := ctx.Value(key{}).(*Thread); ok {
		return t
	}
	return mainThread
}
