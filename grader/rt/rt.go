package rt

import "example.com/gokata/grader/internal/sched"

// Go stands for go f().
//
//go:norace
func Go(f func()) {
	if r := sched.Active(); r != nil {
		r.Go(f)
		return
	}
	go sched.ToItsEnd(f)()
}

// Spin stands at the head of every loop body. Every thousandth iteration
// without a synchronisation operation is a point, so that a loop that waits for
// somebody else lets them run, and one that never ends is found out.
//
//go:norace
func Spin() {
	if r := sched.Active(); r != nil {
		r.Spin()
	}
}

// Zero sets *p to its type's zero value.
func Zero[T any](p *T) {
	var zero T
	*p = zero
}

// KeepOrigins makes runs note where goroutines are started. Files that name
// runtime.Stack or runtime.Goexit call it before main: Stack tells it, and it
// says whose goroutine it is that Goexit ends. For all others it would be a waste.
func KeepOrigins() { sched.KeepOrigins = true }

type fresh struct {
	path  string
	reset func()
}

var packages []fresh

// Fresh registers how the package-level variables of the package at path are
// set to their initial values.
func Fresh(path string, reset func()) { packages = append(packages, fresh{path, reset}) }

// Reset gives the package-level variables of all registered packages their
// initial values, and runs their init functions. It is called at the beginning
// of every run, in the run's main goroutine.
func Reset() {
	sched.AfterEnds()
	for _, p := range packages {
		p.reset()
	}
}
