// Package local gives every thread values of its own, as Python's
// threading.local does.
package local

import "context"

// Run calls fn as a thread of the given name, and returns when fn does. The
// thread is alive until then. fn runs in the goroutine of the caller, with a
// context that is derived from ctx and belongs to the new thread; so do all
// contexts that are derived from it in turn, except by Run. If fn panics, the
// thread ends, and the panic goes on to the caller of Run.
func Run(ctx context.Context, name string, fn func(ctx context.Context)) {
	panic("TODO: implement Run")
}

// Name returns the name of the thread that ctx belongs to. A context of no
// thread belongs to the main thread, which is called MainThread.
func Name(ctx context.Context) string {
	panic("TODO: implement Name")
}

// Local is a variable of which every thread has one of its own. The zero Local
// is ready to use. All methods may be called by several goroutines at once. A
// Local must not be copied after its first use.
type Local[T any] struct {
	// TODO: where is the value of a thread kept?
}

// Get returns the value that the thread of ctx has, and true; or false if it
// has none.
func (l *Local[T]) Get(ctx context.Context) (v T, ok bool) {
	panic("TODO: implement Get")
}

// Set makes v the value of the thread of ctx. It does nothing if the thread has
// ended.
func (l *Local[T]) Set(ctx context.Context, v T) {
	panic("TODO: implement Set")
}

// Delete takes the value of the thread of ctx away, if it has one.
func (l *Local[T]) Delete(ctx context.Context) {
	panic("TODO: implement Delete")
}

// GetOrInit returns the value that the thread of ctx has. If it has none,
// GetOrInit calls init, makes the result the value of the thread, and returns
// it. Of several goroutines of one thread, only one calls init; the others wait
// for it. If init panics, the panic goes on to its caller, and the thread still
// has no value. init must not use the same Local for the same thread.
func (l *Local[T]) GetOrInit(ctx context.Context, init func() T) T {
	panic("TODO: implement GetOrInit")
}

// Len returns how many threads have a value, the main thread included.
func (l *Local[T]) Len() int {
	panic("TODO: implement Len")
}
