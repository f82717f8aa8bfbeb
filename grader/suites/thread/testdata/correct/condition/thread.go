// Package thread: everything is kept under one mutex, and whoever waits does so on a condition.
package thread

import (
	"context"
	"errors"
	"fmt"
	"sync"
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
	name string
	fn   func(ctx context.Context)

	mu     sync.Mutex
	change *sync.Cond // the thread has ended, or somebody's time is up
	state  state
	err    error
}

type state int

const (
	fresh state = iota
	running
	ended
)

type key struct{}

// names gives out the default names.
var names struct {
	sync.Mutex
	last int
}

// mainThread is made when somebody asks for it.
var mainThread = sync.OnceValue(func() *Thread {
	t := New("MainThread", nil)
	t.state = running
	return t
})

// New returns a thread that will run fn when it is started.
func New(name string, fn func(ctx context.Context)) *Thread {
	if name == "" {
		names.Lock()
		names.last++
		name = fmt.Sprint("Thread-", names.last)
		names.Unlock()
	}
	t := &Thread{name: name, fn: fn}
	t.change = sync.NewCond(&t.mu)
	return t
}

// Name returns the name of the thread.
func (t *Thread) Name() string { return t.name }

// Start lets the thread run.
func (t *Thread) Start(ctx context.Context) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.state != fresh {
		return ErrStarted
	}
	t.state = running
	go func() {
		err := t.call(context.WithValue(ctx, key{}, t))
		t.mu.Lock()
		defer t.mu.Unlock()
		t.state, t.err = ended, err
		t.change.Broadcast()
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
	return nil
}

// Join waits until the function has ended.
func (t *Thread) Join() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.state == fresh {
		return ErrNotStarted
	}
	for t.state != ended {
		t.change.Wait()
	}
	return t.err
}

// JoinTimeout is Join, but waits no longer than d.
func (t *Thread) JoinTimeout(d time.Duration) (bool, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.state == fresh {
		return false, ErrNotStarted
	}
	late := d <= 0
	if !late {
		alarm := time.AfterFunc(d, func() {
			t.mu.Lock()
			defer t.mu.Unlock()
			late = true
			t.change.Broadcast()
		})
		defer alarm.Stop()
	}
	for t.state != ended {
		if late {
			return false, nil
		}
		t.change.Wait()
	}
	return true, t.err
}

// Alive tells whether the thread has been started and has not ended.
func (t *Thread) Alive() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.state == running
}

// Current returns the thread that ctx belongs to.
func Current(ctx context.Context) *Thread {
	if t, ok := ctx.Value(key{}).(*Thread); ok {
		return t
	}
	return mainThread()
}
