package testing

import (
	"runtime"
	"strings"
)

// helper is a function that called Helper.
type helper struct {
	pc   uintptr // of the call
	name string
}

// Helper is the twin of the method of testing.T, testing.B and testing.F.
//
//go:norace
func (c *common) Helper() {
	c.checkFuzz("Helper")
	var pc [1]uintptr
	runtime.Callers(2, pc[:])
	s := c.lock()
	defer s.unlock()
	for i := range c.helpers {
		if c.helpers[i].pc == pc[0] {
			return
		}
	}
	c.helpers = push(c.helpers, helper{pc[0], funcName(pc[0])})
}

// own is how the names of this package's functions begin.
const own = "example.com/gokata/grader/rt/testing."

// stackDepth is how much of a stack is kept.
const stackDepth = 64

// stack returns the calling goroutine's stack, beginning with whoever called
// into this package, and without the helpers that stand at its beginning. A
// test function is never left out. c may be nil.
//
//go:norace
func (c *common) stack() []uintptr {
	all := make([]uintptr, stackDepth)
	all = all[:runtime.Callers(2, all)]
	for len(all) > 0 && isOwn(all[0]) {
		all = all[1:]
	}
	rest := all
	for len(rest) > 0 && c.isHelper(rest[0]) {
		rest = rest[1:]
	}
	if skipped := len(all) - len(rest); skipped > 0 && (len(rest) == 0 || isOwn(rest[0])) {
		rest = all[skipped-1:]
	}
	return rest
}

//go:norace
func isOwn(pc uintptr) bool { return strings.HasPrefix(funcName(pc), own) }

//go:norace
func (c *common) isHelper(pc uintptr) bool {
	if c == nil {
		return false
	}
	s := c.lock()
	defer s.unlock()
	if len(c.helpers) == 0 {
		return false
	}
	name := funcName(pc)
	for i := range c.helpers {
		if c.helpers[i].name == name {
			return true
		}
	}
	return false
}

// funcName returns the name of the function that a return address lies in.
func funcName(pc uintptr) string { return runtime.FuncForPC(pc - 1).Name() }

// push is append, which the race detector would see.
//
//go:norace
func push[E any](s []E, e E) []E {
	out := make([]E, len(s)+1)
	//lint:ignore S1001 the race detector would see copy
	for i := range s {
		out[i] = s[i]
	}
	out[len(s)] = e
	return out
}
