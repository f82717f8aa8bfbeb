package testing

import (
	"errors"
	"unsafe"

	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/rt"
)

var errGoexit = errors.New("test executed panic(nil) or runtime.Goexit")

// start calls f, the test's function, in a goroutine of its own.
func (c *common) start(f func()) {
	rt.Go(func() { c.main(f) })
}

// runTop runs f as the function of a top-level test, and tells whether it
// passed.
func (c *common) runTop(f func()) bool {
	c.s.enter(1)
	c.start(f)
	c.back.wait()
	c.s.enter(-1)
	return !c.Failed()
}

//go:norace
func (s *session) enter(n int) {
	s.lock()
	if s.running += n; n > 0 {
		s.names = names{}
	}
	s.unlock()
}

// main is what the goroutine of a test executes. None of its deferred calls
// does anything when the run has come to a bad end.
//
//go:norace
func (c *common) main(f func()) {
	defer c.end()
	defer c.endSubs()
	defer c.endAlone()
	f()
	c.finish()
}

// endAlone runs the cleanups of a test that has no parallel subtests.
//
//go:norace
func (c *common) endAlone() {
	if !c.s.isOver() && c.subs.n == 0 {
		c.cleanUp()
	}
}

// endSubs lets the parallel subtests run, waits for them, and then runs the
// cleanups. If the test panics, the subtests do not run.
//
//go:norace
func (c *common) endSubs() {
	if c.s.isOver() || c.subs.n == 0 {
		return
	}
	if p := recover(); p != nil {
		defer panic(p)
	} else {
		c.barrier.open()
		c.subs.wait()
	}
	c.cleanUp()
}

// end tells those who wait for the test that it is over. After a panic it does
// not: nobody is to go on then.
//
//go:norace
func (c *common) end() {
	if c.s.isOver() {
		return
	}
	if p := recover(); p != nil {
		panic(p) // what stands on the stack stays there
	}
	if !c.isFinished() {
		c.explainGoexit()
	}
	s := c.lock()
	c.flush(s)
	c.done = true
	s.unlock()
	if c.parallel && c.parent != nil {
		c.parent.subs.open()
	} else {
		c.back.open()
	}
}

// explainGoexit finds out why the test's goroutine ends although nobody called
// FailNow or SkipNow on this test.
//
//go:norace
func (c *common) explainGoexit() {
	s := c.lock()
	exited, above := s.exited, false
	for p := c.parent; p != nil; p = p.parent {
		above = above || p.finished
	}
	c.aborted = true
	s.unlock()
	switch {
	case exited:
	case above && !c.parallel:
		c.fail(errGoexit.Error()+": subtest may have called FailNow on a parent test", true)
	default:
		panic(errGoexit)
	}
}

//go:norace
func (c *common) isFinished() bool {
	s := c.lock()
	defer s.unlock()
	return c.finished
}

// addSub makes c wait for one more parallel subtest.
//
//go:norace
func (c *common) addSub() {
	s := c.lock()
	c.subs.add()
	s.unlock()
}

type cleanup struct {
	f    func()
	next *cleanup // registered before
}

// Cleanup is the twin of the method of testing.T, testing.B and testing.F. For
// the race detector the call comes before that of f.
//
//go:norace
func (c *common) Cleanup(f func()) {
	c.checkFuzz("Cleanup")
	sched.ReleaseMerge(unsafe.Pointer(&c.handed))
	s := c.lock()
	c.cleanups = &cleanup{f, c.cleanups}
	s.unlock()
}

// cleanUp calls the cleanups, the latest first. Those that are left when one of
// them panics or calls FailNow are called all the same.
//
//go:norace
func (c *common) cleanUp() {
	defer c.cleanUpRest()
	s := c.lock()
	c.cleaning = true
	asked := c.asked
	s.unlock()
	if asked {
		c.cancel()
	}
	for f := c.nextCleanup(); f != nil; f = c.nextCleanup() {
		f()
	}
}

//go:norace
func (c *common) cleanUpRest() {
	s := c.lock()
	over, more := s.over, c.cleanups != nil
	c.cleaning = more
	s.unlock()
	if more && !over {
		c.cleanUp()
	}
}

//go:norace
func (c *common) nextCleanup() func() {
	s := c.lock()
	next := c.cleanups
	if next != nil {
		c.cleanups = next.next
	}
	s.unlock()
	if next == nil {
		return nil
	}
	sched.Acquire(unsafe.Pointer(&c.handed))
	return next.f
}
