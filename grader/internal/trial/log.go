package trial

import (
	"slices"
	"sync"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/internal/wire"
)

// Log takes down what a case finds wrong in one run. Its methods may be called
// from any goroutine, and none of them orders goroutines in the eyes of the
// race detector.
type Log struct {
	names wire.Names
	mu    sync.Mutex // hidden from the race detector; contended only in plain mode
	fails []Failure
	lines []string
	size  int // bytes of all lines, also of those that are left out

	skipped bool
	reason  string

	awaited  []string        // what a real case waits for at present
	children func() []string // see Tell
}

// What is kept of a case that goes on complaining or telling. Reports show the
// first failure only.
const (
	maxFailures = 100
	maxNotes    = 64 << 10 // bytes
)

// Failure is something that a case found wrong.
type Failure struct {
	Kind           grader.Kind // what it is evidence of; "" stands for KindFailed
	ID             string      // the same in every run for the same assertion; "": where it stands
	Message        string
	Expected, Seen string
	Stack          []uintptr // where the case said so, innermost first
	// Dump is a dump of goroutines, as the runtime prints them, whose places in
	// the user's files are shown. It is for real cases.
	Dump  string
	Hangs bool // what matters is where the others stand

	goroutine int
	noted     int // events of the run until then
}

// Fail notes that the case has failed.
//
//go:norace
func (l *Log) Fail(f Failure) {
	if r := sched.Active(); r != nil {
		f.goroutine, f.noted = r.Current().ID, r.Noted()
	}
	l.lock()
	if len(l.fails) < maxFailures {
		l.fails = push(l.fails, f)
	}
	l.unlock()
}

// Failed tells whether the case has failed so far.
//
//go:norace
func (l *Log) Failed() bool {
	l.lock()
	defer l.unlock()
	return len(l.fails) > 0
}

// Failures returns what was noted so far.
//
//go:norace
func (l *Log) Failures() []Failure {
	l.lock()
	defer l.unlock()
	return slices.Clone(l.fails)
}

// Note takes down a line that is shown if the case fails.
//
//go:norace
func (l *Log) Note(line string) {
	line = l.names.CutText(line) // how much is kept must not depend on where the files lie
	l.lock()
	size := l.size + len(line) + 1
	switch {
	case size <= maxNotes:
		l.lines = push(l.lines, line)
	case l.size <= maxNotes:
		l.lines = push(l.lines, "… what was logged beyond 64 KiB is left out")
	}
	l.size = size
	l.unlock()
}

// Skip notes that the case does not apply, and why not.
//
//go:norace
func (l *Log) Skip(reason string) {
	l.lock()
	l.skipped, l.reason = true, reason
	l.unlock()
}

// Await notes that a real case waits for something, in words that complete "the
// case waits for". The function that it returns notes that it does no longer.
//
//go:norace
func (l *Log) Await(what string) (over func()) {
	l.lock()
	defer l.unlock()
	l.awaited = push(l.awaited, what)
	return func() { l.arrived(what) }
}

//go:norace
func (l *Log) arrived(what string) {
	l.lock()
	defer l.unlock()
	var rest []string
	found := false
	for _, w := range l.awaited {
		if w == what && !found {
			found = true // others may wait for the same
			continue
		}
		rest = push(rest, w)
	}
	l.awaited = rest
}

// Tell sets what can tell, when a real case does not come to its end, what each
// of its processes is doing.
//
//go:norace
func (l *Log) Tell(children func() []string) {
	l.lock()
	defer l.unlock()
	l.children = children
}

// state says what the case waits for at present, and what its processes are
// doing.
//
//go:norace
func (l *Log) state() (awaited, children []string) {
	l.lock()
	awaited = l.awaited
	tell := l.children
	l.unlock()
	if tell != nil {
		children = tell()
	}
	return awaited, children
}

//go:norace
func (l *Log) lock() {
	sched.Hide()
	l.mu.Lock()
}

//go:norace
func (l *Log) unlock() {
	l.mu.Unlock()
	sched.Show()
}

// push is append, which the race detector would see.
//
//go:norace
func push[E any](s []E, e E) []E {
	if len(s) == cap(s) {
		bigger := make([]E, len(s), max(8, 2*len(s)))
		//lint:ignore S1001 the race detector would see copy
		for i := range s {
			bigger[i] = s[i]
		}
		s = bigger
	}
	s = s[:len(s)+1]
	s[len(s)-1] = e
	return s
}
