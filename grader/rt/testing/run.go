package testing

import (
	"strconv"
	"sync"

	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/rt"
)

// Sink receives what the tests of one run say. Its methods are called by
// whichever goroutine says it, at that moment, and never two at once. The race
// detector does not see that they take turns; so in a run they should carry the
// mark go:norace, and use neither append nor maps nor package fmt. They must
// call neither the test nor anything that is a point.
type Sink interface {
	// Fail receives a failure, each time one is reported. The message is never
	// empty, and begins with the name of the test if that is a subtest; a last
	// newline is left out. The stack is that of the calling goroutine,
	// innermost first, as runtime.Callers returns it. It begins at the line
	// that called the test's method or, if that is in a helper function, at
	// the line that called the helper. Only the helpers of the test itself
	// count, and only those that stand at the beginning are left out.
	Fail(message string, stack []uintptr)
	// Log receives what is logged, beginning with the name of a subtest and
	// the place of the call: "TestX/sub: x_test.go:12: message".
	Log(message string)
	// Skip receives why the top-level test is skipped; the message may be
	// empty. Subtests that are skipped are logged.
	Skip(message string)
}

// session is what the tests of one RunTest have in common.
type session struct {
	mu      sync.Mutex // hidden from the race detector; contended only outside of a run
	sink    Sink
	names   names
	undo    *undo // newest first
	running int   // top-level tests at the moment
	failed  bool
	exited  bool // somebody called os.Exit
	over    bool // the run has come to a bad end: what goroutines do while they are ended does not count
}

//go:norace
func (s *session) lock() {
	sched.Hide()
	s.mu.Lock()
}

//go:norace
func (s *session) unlock() {
	s.mu.Unlock()
	sched.Show()
}

// RunTest runs one top-level test. If main is not nil it is the package's
// TestMain, which is called with an M whose Run runs the test; a TestMain that
// exits without having done so skips the test. RunTest returns when the test
// and its subtests have come to an end, whichever way. It is to be called by a
// run's main goroutine, with nothing but the end of the run behind it, or
// outside of a run, by one goroutine at a time.
func RunTest(sink Sink, name string, main func(*M), test func(*T)) {
	s := &session{sink: sink}
	s.run(main, func() bool { return s.test(name, test) })
}

// RunFuzz is RunTest for a fuzz target, which is run on its seeds: what it
// adds itself, and the files in testdata/fuzz/<name>.
func RunFuzz(sink Sink, name string, main func(*M), fuzz func(*F)) {
	s := &session{sink: sink}
	s.run(main, func() bool { return s.fuzz(name, fuzz) })
}

// test runs one top-level test and tells whether it passed.
func (s *session) test(name string, test func(*T)) bool {
	t := newT(s, nil, name)
	return t.runTop(func() { test(t) })
}

// run calls top, by way of main if there is one. Neither runs in the calling
// goroutine. When a run comes to a bad end its main goroutine is the first one
// to be ended; so from then on, and not before, what the others say while they
// are ended is not the program's doing.
func (s *session) run(main func(*M), top func() bool) {
	returned := false
	defer func() { s.end(returned) }()
	rt.OnExit(s.exit)
	if main == nil {
		top()
	} else {
		m := &M{s: s, top: top}
		m.done.add()
		rt.Go(func() { m.call(main) })
		m.done.wait()
		m.check()
	}
	returned = true
}

//go:norace
func (s *session) end(returned bool) {
	s.lock()
	s.over = !returned
	u := s.undo
	s.unlock()
	rt.OnExit(nil)
	for ; u != nil; u = u.next {
		u.run()
	}
}

// isOver tells whether the calling goroutine is being ended together with the
// run.
//
//go:norace
func (s *session) isOver() bool {
	s.lock()
	defer s.unlock()
	return s.over
}

// exit is told of calls of os.Exit.
//
//go:norace
func (s *session) exit(code int) {
	stack := (*common)(nil).stack()[1:] // without rt.Exit
	call := "os.Exit(" + strconv.Itoa(code) + ")"
	s.lock()
	defer s.unlock()
	switch {
	case s.over:
		return
	case s.running > 0:
		s.failed = true
		s.sink.Fail(call+" while the test was running", stack)
	case code != 0 && !s.failed:
		s.failed = true
		s.sink.Fail(call+", but no test has failed", stack)
	}
	s.exited = true
}

// M is the twin of testing.M.
type M struct {
	s        *session
	top      func() bool
	ran      bool
	returned bool
	done     latch
}

// Run is the twin of (*testing.M).Run. Within RunTest and RunFuzz it runs that
// one test. The code is 0 if it passed and 1 if not.
func (m *M) Run() (code int) {
	m.ran = true
	if m.top() {
		return 0
	}
	return 1
}

// call calls TestMain. If that panics, nobody is told that it is done: the run
// comes to its end.
func (m *M) call(main func(*M)) {
	defer m.leave()
	main(m)
	m.returned = true
}

//go:norace
func (m *M) leave() {
	m.s.lock()
	done := !m.s.over && (m.returned || m.s.exited)
	m.s.unlock()
	if done {
		m.done.open()
	}
}

// check reports a TestMain that did not run the test.
//
//go:norace
func (m *M) check() {
	m.s.lock()
	defer m.s.unlock()
	if !m.ran && !m.s.failed {
		m.s.sink.Skip("TestMain did not run the tests")
	}
}
