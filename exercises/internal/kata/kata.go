// Package kata keeps the visible tests of an exercise quiet while its stub is
// unfinished.
package kata

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/synctest"
)

const mark = "TODO: implement"

// Skipper is what a test is skipped with; *testing.T is one.
type Skipper interface {
	Helper()
	Skipf(format string, args ...any)
}

// SkipTODO skips the test if it panics because a function is still a stub.
// Use it as the first statement of a test:
//
//	defer kata.SkipTODO(t)
func SkipTODO(t Skipper) {
	t.Helper()
	switch v := recover(); {
	case v == nil:
	case IsTODO(v):
		t.Skipf("%v", v)
	default:
		panic(v)
	}
}

// IsTODO tells whether v is what a stub panics with.
func IsTODO(v any) bool {
	s, ok := v.(string)
	return ok && strings.HasPrefix(s, mark)
}

// Bubble runs the body of a test in virtual time: time passes when everybody
// sleeps, so a test knows to the nanosecond how long something takes, and takes
// no time itself. If nobody can ever go on, that is reported as a deadlock. The
// test is skipped if a function that it needs is still a stub.
func Bubble(t *testing.T, body func(t *testing.T)) {
	t.Helper()
	defer SkipTODO(t)
	var todo any // a bubble is not a place to skip the test around it
	synctest.Test(t, func(t *testing.T) {
		defer func() {
			if todo = recover(); todo != nil && !IsTODO(todo) {
				panic(todo)
			}
		}()
		body(t)
	})
	if todo != nil {
		panic(todo)
	}
}

// Example runs the body of a testable example. While a function it needs is
// still a stub, it prints want instead, so that the example passes unnoticed.
//
//	func ExamplePool() {
//		kata.Example("done\n", func() { fmt.Println("done") })
//		// Output: done
//	}
func Example(want string, body func()) {
	defer func() {
		if v := recover(); v != nil {
			if !IsTODO(v) {
				panic(v)
			}
			fmt.Fprint(os.Stdout, want)
		}
	}()
	body()
}
