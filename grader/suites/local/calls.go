package local

import (
	"context"
	"fmt"
	"sync"

	"example.com/gokata/exercises/local"
	"example.com/gokata/grader/suite"
)

// main is a context of the main thread.
var main = context.Background()

// has fails the case unless the thread of ctx has the value want. what is the
// one who asks.
func has[T comparable](t *suite.T, l *local.Local[T], ctx context.Context, want T, what string) {
	switch got, ok := l.Get(ctx); {
	case !ok:
		t.Expected(fmt.Sprintf("%v, true", want), fmt.Sprintf("%v, false", got), "Get does not find the value of %s", what)
	case got != want:
		t.Expected(fmt.Sprintf("%v, true", want), fmt.Sprintf("%v, true", got), "Get finds a wrong value for %s", what)
	}
}

// hasNone fails the case if the thread of ctx has a value.
func hasNone[T comparable](t *suite.T, l *local.Local[T], ctx context.Context, what string) {
	var zero T
	switch got, ok := l.Get(ctx); {
	case ok:
		t.Expected(fmt.Sprintf("%v, false", zero), fmt.Sprintf("%v, true", got), "Get finds a value for %s", what)
	case got != zero:
		t.Expected(fmt.Sprintf("%v, false", zero), fmt.Sprintf("%v, false", got), "Get returns false, but not the zero value, for %s", what)
	}
}

// size fails the case unless n threads have a value. when completes "the number
// of threads that have a value …".
func size[T any](t *suite.T, l *local.Local[T], n int, when string) {
	t.Diff(n, l.Len(), "Len, the number of threads that have a value, %s", when)
}

// threads runs each function as a thread, in a goroutine of its own, and
// returns when all have ended.
func threads(fns ...func(ctx context.Context)) {
	var all sync.WaitGroup
	for i, fn := range fns {
		all.Go(func() { local.Run(main, fmt.Sprintf("Thread-%d", i+1), fn) })
	}
	all.Wait()
}

// passedOn fails the case unless a panic with the value want was seen.
func passedOn(t *suite.T, want, got any, call string) {
	switch got {
	case want:
	case nil:
		t.Expected(fmt.Sprintf("a panic with the value %v", want), "no panic", "%s keeps the panic to itself", call)
	default:
		t.Expected(fmt.Sprintf("a panic with the value %v", want), fmt.Sprintf("a panic with the value %v", got), "%s panics with another value", call)
	}
}
