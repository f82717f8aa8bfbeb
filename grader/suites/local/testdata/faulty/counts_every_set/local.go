// want: result
// Fault: Set counts a thread once more when it has a value already.

package local

import (
	"context"
	"sync"
	"sync/atomic"
)

type key struct{}

// thread has a variable for each Local that it has used.
type thread struct {
	name string

	mu    sync.Mutex
	ended bool
	vars  map[any]variable // by Local; nothing is there after the end
}

// variable is a *cell[T].
type variable interface{ drop() }

var mainThread = &thread{name: "MainThread"}

func current(ctx context.Context) *thread {
	if t, ok := ctx.Value(key{}).(*thread); ok {
		return t
	}
	return mainThread
}

// Run calls fn as a thread of the given name.
func Run(ctx context.Context, name string, fn func(ctx context.Context)) {
	t := &thread{name: name}
	defer func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		for _, v := range t.vars {
			v.drop()
		}
		t.vars, t.ended = nil, true
	}()
	fn(context.WithValue(ctx, key{}, t))
}

// Name returns the name of the thread that ctx belongs to.
func Name(ctx context.Context) string { return current(ctx).name }

// Local is a variable of which every thread has one of its own.
type Local[T any] struct{ count atomic.Int32 }

// cell is the variable of one thread; the mutex of the thread is held.
type cell[T any] struct {
	of    *Local[T]
	value *T            // nil if there is none
	init  chan struct{} // nil, or closed at the end of the init that runs
}

func (c *cell[T]) drop() {
	if c.value != nil {
		c.of.count.Add(-1)
		c.value = nil
	}
}

func (c *cell[T]) keep(t *thread, v T) {
	if t.ended {
		return
	}
	c.of.count.Add(1)
	c.value = &v
}

// enter locks the current thread, and returns it and its variable.
func (l *Local[T]) enter(ctx context.Context) (*thread, *cell[T]) {
	t := current(ctx)
	t.mu.Lock()
	c, ok := t.vars[l].(*cell[T])
	if !ok {
		c = &cell[T]{of: l}
		if t.vars == nil && !t.ended {
			t.vars = map[any]variable{}
		}
		if !t.ended {
			t.vars[l] = c
		}
	}
	return t, c
}

// Get returns the value of the thread of ctx.
func (l *Local[T]) Get(ctx context.Context) (v T, ok bool) {
	t, c := l.enter(ctx)
	defer t.mu.Unlock()
	if c.value == nil {
		return v, false
	}
	return *c.value, true
}

// Set makes v the value of the thread of ctx.
func (l *Local[T]) Set(ctx context.Context, v T) {
	t, c := l.enter(ctx)
	defer t.mu.Unlock()
	c.keep(t, v)
}

// Delete takes the value of the thread of ctx away.
func (l *Local[T]) Delete(ctx context.Context) {
	t, c := l.enter(ctx)
	defer t.mu.Unlock()
	c.drop()
}

// GetOrInit returns the value of the thread of ctx, and makes it if need be.
func (l *Local[T]) GetOrInit(ctx context.Context, init func() T) T {
	t, c := l.enter(ctx)
	for c.value == nil && c.init != nil {
		running := c.init
		t.mu.Unlock()
		<-running
		t.mu.Lock()
	}
	if c.value != nil {
		defer t.mu.Unlock()
		return *c.value
	}
	done := make(chan struct{})
	c.init = done
	t.mu.Unlock()
	defer func() { // also after a panic
		t.mu.Lock()
		defer t.mu.Unlock()
		c.init = nil
		close(done)
	}()
	v := init()
	t.mu.Lock()
	defer t.mu.Unlock()
	c.keep(t, v)
	return v
}

// Len returns how many threads have a value.
func (l *Local[T]) Len() int { return int(l.count.Load()) }
