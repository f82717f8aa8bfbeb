package testing

import (
	"runtime"
	"strings"

	"example.com/gokata/grader/rt/context"
)

// common is what T, B and F have in common. Its fields are read and written
// under the session's lock or by the test's own goroutine, in functions that
// the race detector does not watch.
type common struct {
	s      *session // nil in a T that somebody made by hand
	parent *common  // nil at the top level
	name   string

	failed, skipped bool
	finished        bool // the function has returned, or FailNow or SkipNow has ended it
	aborted         bool // something other than these has ended it: so it goes with the parent
	done            bool // nothing more is to come, from subtests neither
	parallel        bool
	inFuzz          bool // the fuzz target is running

	cleanups *cleanup
	cleaning bool
	handed   uint64 // released by whoever registers a cleanup

	helpers []helper
	partial string // written to Output since the last newline
	dir     string // what TempDir puts its directories into
	dirs    int
	outDir  string // the result of ArtifactDir

	ctx    context.Context
	cancel context.CancelFunc
	asked  bool // Context was called

	back    latch // opens when Run can return
	barrier latch // opens when the function has returned, and parallel subtests can go on
	subs    latch // opens when each of them is done
}

// nobody listens to a T that does not belong to a session.
var nobody = &session{sink: discard{}}

//go:norace
func (c *common) init(s *session, parent *common, name string) {
	c.s, c.parent, c.name = s, parent, name
	// Made now, so that it comes before whatever the test does.
	c.ctx, c.cancel = context.WithCancel(context.Background())
	c.back.add()
	c.barrier.add()
}

//go:norace
func (c *common) session() *session {
	if c.s == nil {
		return nobody
	}
	return c.s
}

// lock returns the session, locked.
//
//go:norace
func (c *common) lock() *session {
	s := c.session()
	s.lock()
	return s
}

// checkFuzz panics if the method is called on an F by its own fuzz target.
//
//go:norace
func (c *common) checkFuzz(method string) {
	if c.inFuzz {
		panic("testing: f." + method + " was called inside the fuzz target, use t." + method + " instead")
	}
}

// Name is the twin of the method of testing.T, testing.B and testing.F.
//
//go:norace
func (c *common) Name() string { return c.name }

// Failed is the twin of the method of testing.T, testing.B and testing.F. Data
// races do not count: the run reports them.
//
//go:norace
func (c *common) Failed() bool {
	s := c.lock()
	defer s.unlock()
	return c.failed
}

// Skipped is the twin of the method of testing.T, testing.B and testing.F.
//
//go:norace
func (c *common) Skipped() bool {
	c.checkFuzz("Skipped")
	s := c.lock()
	defer s.unlock()
	return c.skipped
}

// Context is the twin of the method of testing.T, testing.B and testing.F. The
// context is under the scheduler's control.
//
//go:norace
func (c *common) Context() context.Context {
	c.checkFuzz("Context")
	s := c.lock()
	defer s.unlock()
	c.asked = true
	return c.ctx
}

// Fail is the twin of the method of testing.T, testing.B and testing.F.
//
//go:norace
func (c *common) Fail() {
	c.checkFuzz("Fail")
	c.fail("", false)
}

// FailNow is the twin of the method of testing.T, testing.B and testing.F. It
// ends the calling goroutine.
//
//go:norace
func (c *common) FailNow() {
	c.checkFuzz("FailNow")
	c.fail("", false)
	c.finish()
	runtime.Goexit()
}

// Error is the twin of the method of testing.T, testing.B and testing.F.
//
//go:norace
func (c *common) Error(args ...any) {
	c.checkFuzz("Error")
	c.fail(sprintln(args), true)
}

// Errorf is the twin of the method of testing.T, testing.B and testing.F.
//
//go:norace
func (c *common) Errorf(format string, args ...any) {
	c.checkFuzz("Errorf")
	c.fail(sprintf(format, args...), true)
}

// Fatal is the twin of the method of testing.T, testing.B and testing.F.
//
//go:norace
func (c *common) Fatal(args ...any) {
	c.checkFuzz("Fatal")
	c.fail(sprintln(args), true)
	c.finish()
	runtime.Goexit()
}

// Fatalf is the twin of the method of testing.T, testing.B and testing.F.
//
//go:norace
func (c *common) Fatalf(format string, args ...any) {
	c.checkFuzz("Fatalf")
	c.fail(sprintf(format, args...), true)
	c.finish()
	runtime.Goexit()
}

// SkipNow is the twin of the method of testing.T, testing.B and testing.F. It
// ends the calling goroutine.
//
//go:norace
func (c *common) SkipNow() {
	c.checkFuzz("SkipNow")
	c.skip("")
}

// Skip is the twin of the method of testing.T, testing.B and testing.F.
//
//go:norace
func (c *common) Skip(args ...any) {
	c.checkFuzz("Skip")
	c.skip(sprintln(args))
}

// Skipf is the twin of the method of testing.T, testing.B and testing.F.
//
//go:norace
func (c *common) Skipf(format string, args ...any) {
	c.checkFuzz("Skipf")
	c.skip(sprintf(format, args...))
}

//go:norace
func (c *common) skip(message string) {
	message = strings.TrimSuffix(message, "\n")
	s := c.lock()
	switch {
	case s.over:
	case c.parent == nil:
		s.sink.Skip(message)
	case message == "":
		s.sink.Log(c.prefix() + "skipped")
	default:
		s.sink.Log(c.prefix() + "skipped: " + message)
	}
	c.skipped = true
	s.unlock()
	c.finish()
	runtime.Goexit()
}

// finish notes that the test's function has come to an end that is its own
// doing.
//
//go:norace
func (c *common) finish() {
	s := c.lock()
	c.finished = true
	s.unlock()
}

// fail reports a failure. Unless something is said, it is of no interest if
// there was one before.
//
//go:norace
func (c *common) fail(message string, said bool) {
	stack := c.stack()
	if said && c.isDone() {
		c.log(message)
	}
	s := c.lock()
	defer s.unlock()
	if s.over {
		return
	}
	late := ""
	for p := c; p != nil; p = p.parent {
		if p.done {
			late = p.name
		}
	}
	if late != "" {
		panic("Fail in goroutine after " + late + " has completed")
	}
	message = strings.TrimSuffix(message, "\n")
	if message == "" {
		message = "the test failed without saying why"
	}
	if said || !c.failed {
		s.sink.Fail(c.prefix()+message, stack)
	}
	s.failed = true
	for p := c; p != nil; p = p.parent {
		p.failed = true
	}
}

//go:norace
func (c *common) isDone() bool {
	s := c.lock()
	defer s.unlock()
	return c.done
}

// prefix is what stands before the messages of a subtest.
//
//go:norace
func (c *common) prefix() string {
	if c.parent == nil {
		return ""
	}
	return c.name + ": "
}
