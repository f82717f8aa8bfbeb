// Package thread: every one who waits leaves a channel of its own, and the thread closes them all when it ends.
package thread

import (
	"context"
	"errors"
	"fmt"
	"strconv"
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

	mu      sync.RWMutex
	started bool
	ended   bool
	err     error
	waiters []chan struct{}
}

type key struct{}

var (
	counting sync.Mutex
	numbers  int

	mainThread = &Thread{name: "MainThread", started: true}
)

// New returns a thread that will run fn when it is started.
func New(name string, fn func(ctx context.Context)) *Thread {
	if name == "" {
		counting.Lock()
		defer counting.Unlock()
		numbers++
		name = "Thread-" + strconv.Itoa(numbers)
	}
	return &Thread{name: name, fn: fn}
}

// Name returns the name of the thread.
func (t *Thread) Name() string { return t.name }

// Start lets the thread run.
func (t *Thread) Start(ctx context.Context) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.started {
		return ErrStarted
	}
	t.started = true
	go t.run(context.WithValue(ctx, key{}, t))
	return nil
}

func (t *Thread) run(ctx context.Context) {
	defer func() {
		v := recover()
		t.mu.Lock()
		defer t.mu.Unlock()
		if v != nil {
			t.err = &PanicError{v}
		}
		t.ended = true
		for _, w := range t.waiters {
			close(w)
		}
		t.waiters = nil
	}()
	t.fn(ctx)
}

// await returns a channel that is closed when the thread has ended, or nil if
// it has not been started.
func (t *Thread) await() <-chan struct{} {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.started {
		return nil
	}
	w := make(chan struct{})
	if t.ended {
		close(w)
	} else {
		t.waiters = append(t.waiters, w)
	}
	return w
}

// Join waits until the function has ended.
func (t *Thread) Join() error {
	w := t.await()
	if w == nil {
		return ErrNotStarted
	}
	<-w
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.err
}

// JoinTimeout is Join, but waits no longer than d. Afterwards it looks once
// more: who has ended has ended, in time or not.
func (t *Thread) JoinTimeout(d time.Duration) (bool, error) {
	w := t.await()
	if w == nil {
		return false, ErrNotStarted
	}
	if d > 0 {
		select {
		case <-w:
		case <-time.After(d):
		}
	}
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.ended, t.err
}

// Alive tells whether the thread has been started and has not ended.
func (t *Thread) Alive() bool {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.started && !t.ended
}

// Current returns the thread that ctx belongs to.
func Current(ctx context.Context) *Thread {
	if t, ok := ctx.Value(key{}).(*Thread); ok {
		return t
	}
	return mainThread
}
