// want: parallel
// Fault: GetOrInit holds the lock of the Local while init runs.

package local

import (
	"context"
	"sync"
)

// key is the key of the thread in its context.
type key struct{}

// thread is what contexts refer to. The main thread is nil: it never ends.
type thread struct {
	name string

	mu    sync.Mutex
	ended bool
	atEnd []func() // forget the values of the thread
}

// current returns the thread that ctx belongs to.
func current(ctx context.Context) *thread {
	t, _ := ctx.Value(key{}).(*thread)
	return t
}

// Run calls fn as a thread of the given name, and returns when fn does. The
// thread is alive until then. fn runs in the goroutine of the caller, with a
// context that is derived from ctx and belongs to the new thread; so do all
// contexts that are derived from it in turn, except by Run. If fn panics, the
// thread ends, and the panic goes on to the caller of Run.
func Run(ctx context.Context, name string, fn func(ctx context.Context)) {
	t := &thread{name: name}
	defer t.end()
	fn(context.WithValue(ctx, key{}, t))
}

// end ends the thread, and calls what was left for this moment. No lock is held
// then, for these functions take locks of their own.
func (t *thread) end() {
	for _, f := range t.close() {
		f()
	}
}

// close marks the thread as ended, and returns what is to be called. From now
// on, nothing is added to it.
func (t *thread) close() []func() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.ended = true
	return t.atEnd
}

// onEnd lets f be called at the end of the thread, and tells whether that is
// still to come.
func (t *thread) onEnd(f func()) bool {
	if t == nil {
		return true
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.ended {
		return false
	}
	t.atEnd = append(t.atEnd, f)
	return true
}

// Name returns the name of the thread that ctx belongs to. A context of no
// thread belongs to the main thread, which is called MainThread.
func Name(ctx context.Context) string {
	if t := current(ctx); t != nil {
		return t.name
	}
	return "MainThread"
}

// Local is a variable of which every thread has one of its own. The zero Local
// is ready to use. All methods may be called by several goroutines at once. A
// Local must not be copied after its first use.
type Local[T any] struct {
	mu    sync.Mutex
	cells map[*thread]*cell[T] // of threads that have not ended
}

// cell is the variable of one thread.
type cell[T any] struct {
	value T // this and set belong to the mutex of the Local
	set   bool
}

// cell returns the variable of a thread; l.mu is held. A thread that has ended
// gets one that nobody else will see.
func (l *Local[T]) cell(t *thread) *cell[T] {
	c := l.cells[t]
	if c != nil {
		return c
	}
	c = &cell[T]{}
	if t.onEnd(func() { l.forget(t) }) {
		if l.cells == nil {
			l.cells = map[*thread]*cell[T]{}
		}
		l.cells[t] = c
	}
	return c
}

// forget takes away all that l has for a thread.
func (l *Local[T]) forget(t *thread) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.cells, t)
}

// Get returns the value that the thread of ctx has, and true; or false if it
// has none.
func (l *Local[T]) Get(ctx context.Context) (v T, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if c := l.cells[current(ctx)]; c != nil {
		return c.value, c.set
	}
	return v, false
}

// Set makes v the value of the thread of ctx. It does nothing if the thread has
// ended.
func (l *Local[T]) Set(ctx context.Context, v T) {
	l.mu.Lock()
	defer l.mu.Unlock()
	c := l.cell(current(ctx))
	c.value, c.set = v, true
}

// Delete takes the value of the thread of ctx away, if it has one.
func (l *Local[T]) Delete(ctx context.Context) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if c := l.cells[current(ctx)]; c != nil {
		var zero T
		c.value, c.set = zero, false
	}
}

// GetOrInit returns the value that the thread of ctx has. If it has none,
// GetOrInit calls init, makes the result the value of the thread, and returns
// it. Of several goroutines of one thread, only one calls init; the others wait
// for it. If init panics, the panic goes on to its caller, and the thread still
// has no value. init must not use the same Local for the same thread.
func (l *Local[T]) GetOrInit(ctx context.Context, init func() T) T {
	l.mu.Lock()
	defer l.mu.Unlock()
	c := l.cell(current(ctx))
	if !c.set {
		v := init()
		c.value, c.set = v, true
	}
	return c.value
}

// Len returns how many threads have a value, the main thread included.
func (l *Local[T]) Len() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	n := 0
	for _, c := range l.cells {
		if c.set {
			n++
		}
	}
	return n
}
