package testing

import (
	"runtime"
	"time"
)

// T is the twin of testing.T. All its methods may be called from any goroutine
// of the run, although those that end a test end the goroutine that calls
// them, whichever it is.
type T struct {
	common
	alone bool // it has changed something of the whole process
}

//go:norace
func newT(s *session, parent *common, name string) *T {
	t := &T{}
	t.init(s, parent, name)
	return t
}

// Run is the twin of (*testing.T).Run.
//
//go:norace
func (t *T) Run(name string, f func(t *T)) bool {
	sub := newT(t.s, &t.common, t.subName(name))
	sub.start(func() { f(sub) })
	sub.back.wait()
	if sub.isAborted() {
		runtime.Goexit() // of os.Exit, or of FailNow on this test or one above it
	}
	return !sub.Failed()
}

// subName returns the full name of a new subtest.
//
//go:norace
func (t *T) subName(name string) string {
	s := t.lock()
	defer s.unlock()
	if t.cleaning {
		panic("testing: t.Run called during t.Cleanup")
	}
	return s.names.unique(t.name, name)
}

//go:norace
func (c *common) isAborted() bool {
	s := c.lock()
	defer s.unlock()
	return c.aborted
}

const parallelConflict = `testing: test using t.Setenv, t.Chdir, or cryptotest.SetGlobalRandom can not use t.Parallel`

// Parallel is the twin of (*testing.T).Parallel. In a subtest it returns when
// the function of the parent has; all parallel subtests of a test then run
// concurrently. At the top level there is nobody to run in parallel with.
//
//go:norace
func (t *T) Parallel() {
	if t.parallel {
		panic("testing: t.Parallel called multiple times")
	}
	if t.alone {
		panic(parallelConflict)
	}
	t.parallel = true
	if t.parent == nil {
		return
	}
	t.parent.addSub()
	t.back.open()
	t.parent.barrier.wait()
}

// runsAlone panics if other tests may run in parallel with this one, and keeps
// it from becoming parallel.
//
//go:norace
func (t *T) runsAlone() {
	for c := &t.common; c != nil; c = c.parent {
		if c.parallel {
			panic(parallelConflict)
		}
	}
	t.alone = true
}

// Setenv is the twin of (*testing.T).Setenv.
func (t *T) Setenv(key, value string) {
	t.runsAlone()
	t.common.Setenv(key, value)
}

// Chdir is the twin of (*testing.T).Chdir.
func (t *T) Chdir(dir string) {
	t.runsAlone()
	t.common.Chdir(dir)
}

// Deadline is the twin of (*testing.T).Deadline. There is none.
func (t *T) Deadline() (deadline time.Time, ok bool) { return time.Time{}, false }
