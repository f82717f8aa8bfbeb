// Package local: whoever receives the map of a Local from its channel may use
// it, and sends it back. A thread is a context that is done at its end.
package local

import (
	"context"
	"sync"
)

type threadKey struct{}

type thread struct {
	name   string
	alive  context.Context
	locals chan []forgetter // nil in the channel when the thread has ended
}

type forgetter interface{ forget(t *thread) }

func newThread(name string) (*thread, context.CancelFunc) {
	alive, end := context.WithCancel(context.Background())
	t := &thread{name: name, alive: alive, locals: make(chan []forgetter, 1)}
	t.locals <- nil
	return t, end
}

func current(ctx context.Context) *thread {
	t, _ := ctx.Value(threadKey{}).(*thread)
	return t
}

// Run calls fn as a thread of the given name.
func Run(ctx context.Context, name string, fn func(ctx context.Context)) {
	t, end := newThread(name)
	defer func() {
		list := <-t.locals
		end()
		t.locals <- nil
		for _, l := range list {
			l.forget(t)
		}
	}()
	fn(context.WithValue(ctx, threadKey{}, t))
}

// Name returns the name of the thread that ctx belongs to.
func Name(ctx context.Context) string {
	if t := current(ctx); t != nil {
		return t.name
	}
	return "MainThread"
}

// uses adds l to what the thread has to tell at its end, and reports false if
// it has come already.
func (t *thread) uses(l forgetter) bool {
	if t == nil {
		return true
	}
	list := <-t.locals
	ok := t.alive.Err() == nil
	if ok {
		list = append(list, l)
	}
	t.locals <- list
	return ok
}

// Local is a variable of which every thread has one of its own.
type Local[T any] struct {
	once  sync.Once
	state chan map[*thread]*variable[T]
}

type variable[T any] struct {
	value []T           // one, or none
	turn  chan struct{} // holds the right to call init
}

// take gets the map, and with it the right to use it. Whoever takes it gives it
// back.
func (l *Local[T]) take() map[*thread]*variable[T] {
	l.once.Do(func() {
		l.state = make(chan map[*thread]*variable[T], 1)
		l.state <- map[*thread]*variable[T]{}
	})
	return <-l.state
}

func (l *Local[T]) forget(t *thread) {
	m := l.take()
	delete(m, t)
	l.state <- m
}

// with calls f with the variable of the thread of ctx, which belongs to f for
// that long.
func (l *Local[T]) with(ctx context.Context, f func(v *variable[T])) {
	m := l.take()
	defer func() { l.state <- m }()
	t := current(ctx)
	v := m[t]
	if v == nil {
		v = &variable[T]{turn: make(chan struct{}, 1)}
		if t.uses(l) {
			m[t] = v
		}
	}
	f(v)
}

// Get returns the value of the thread of ctx.
func (l *Local[T]) Get(ctx context.Context) (v T, ok bool) {
	l.with(ctx, func(own *variable[T]) {
		if ok = len(own.value) > 0; ok {
			v = own.value[0]
		}
	})
	return v, ok
}

// Set makes v the value of the thread of ctx.
func (l *Local[T]) Set(ctx context.Context, v T) {
	l.with(ctx, func(own *variable[T]) { own.value = []T{v} })
}

// Delete takes the value of the thread of ctx away.
func (l *Local[T]) Delete(ctx context.Context) {
	l.with(ctx, func(own *variable[T]) { own.value = nil })
}

// GetOrInit returns the value of the thread of ctx, and makes it if need be.
func (l *Local[T]) GetOrInit(ctx context.Context, init func() T) T {
	var turn chan struct{}
	l.with(ctx, func(own *variable[T]) { turn = own.turn })
	turn <- struct{}{}
	defer func() { <-turn }()
	if v, ok := l.Get(ctx); ok {
		return v
	}
	v := init()
	l.Set(ctx, v)
	return v
}

// Len returns how many threads have a value.
func (l *Local[T]) Len() int {
	m := l.take()
	defer func() { l.state <- m }()
	n := 0
	for _, v := range m {
		n += len(v.value)
	}
	return n
}
