// Package local: a sync.Map of pointers, a lock-free list of what a thread has
// to forget, and no lock but that around init.
package local

import (
	"context"
	"sync"
	"sync/atomic"
)

type key struct{}

type thread struct {
	name   string
	ended  atomic.Bool
	forget atomic.Pointer[node]
}

// node is one thing to forget, and the next one.
type node struct {
	f    func()
	next *node
}

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
		t.ended.Store(true)
		t.clean()
	}()
	fn(context.WithValue(ctx, key{}, t))
}

// clean forgets what there is.
func (t *thread) clean() {
	for n := t.forget.Swap(nil); n != nil; n = n.next {
		n.f()
	}
}

// onEnd lets f be called after the end. If that has come meanwhile, the caller
// does it, for nobody else would.
func (t *thread) onEnd(f func()) {
	n := &node{f: f}
	for {
		n.next = t.forget.Load()
		if t.forget.CompareAndSwap(n.next, n) {
			break
		}
	}
	if t.ended.Load() {
		t.clean()
	}
}

// Name returns the name of the thread that ctx belongs to.
func Name(ctx context.Context) string { return current(ctx).name }

// Local is a variable of which every thread has one of its own.
type Local[T any] struct{ cells sync.Map } // *thread to *cell[T]

type cell[T any] struct {
	first sync.Mutex
	value atomic.Pointer[T]
}

func (l *Local[T]) cell(t *thread) *cell[T] {
	if c, ok := l.cells.Load(t); ok {
		return c.(*cell[T])
	}
	if t.ended.Load() {
		return &cell[T]{}
	}
	c, loaded := l.cells.LoadOrStore(t, &cell[T]{})
	if !loaded && t != mainThread {
		t.onEnd(func() { l.cells.Delete(t) })
	}
	return c.(*cell[T])
}

// Get returns the value of the thread of ctx.
func (l *Local[T]) Get(ctx context.Context) (v T, ok bool) {
	t := current(ctx)
	if c, ok := l.cells.Load(t); ok && !t.ended.Load() {
		if p := c.(*cell[T]).value.Load(); p != nil {
			return *p, true
		}
	}
	return v, false
}

// Set makes v the value of the thread of ctx.
func (l *Local[T]) Set(ctx context.Context, v T) { l.cell(current(ctx)).value.Store(&v) }

// Delete takes the value of the thread of ctx away.
func (l *Local[T]) Delete(ctx context.Context) {
	if c, ok := l.cells.Load(current(ctx)); ok {
		c.(*cell[T]).value.Store(nil)
	}
}

// GetOrInit returns the value of the thread of ctx, and makes it if need be.
func (l *Local[T]) GetOrInit(ctx context.Context, init func() T) T {
	if v, ok := l.Get(ctx); ok {
		return v
	}
	c := l.cell(current(ctx))
	c.first.Lock()
	defer c.first.Unlock()
	if v, ok := l.Get(ctx); ok {
		return v
	}
	v := init()
	l.Set(ctx, v)
	return v
}

// Len returns how many threads have a value.
func (l *Local[T]) Len() (n int) {
	l.cells.Range(func(t, c any) bool {
		if !t.(*thread).ended.Load() && c.(*cell[T]).value.Load() != nil {
			n++
		}
		return true
	})
	return n
}
