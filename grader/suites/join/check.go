package join

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"time"

	"example.com/gokata/grader/suite"
)

// fine fails the case unless err is nil.
func fine(t *suite.T, call string, err error) {
	if err != nil {
		t.Expected("nil", err.Error(), "%s returned an error, but no function failed", call)
	}
}

// noneLost fails the case unless every error of want is in err.
func noneLost(t *suite.T, call string, err error, want ...error) bool {
	seen := "nil"
	if err != nil {
		seen = oneLine(err)
	}
	for _, w := range want {
		if !errors.Is(err, w) {
			t.Expected("an error with all of: "+oneLine(errors.Join(want...)), seen, "%s has lost errors of its functions", call)
			return false
		}
	}
	return true
}

// oneLine is for errors.Join, which puts every error on a line of its own.
func oneLine(err error) string { return strings.ReplaceAll(err.Error(), "\n", "; ") }

// reraised fails the case unless f panics with want.
func reraised(t *suite.T, call string, want any, f func()) {
	switch got := suite.Raised(f); got {
	case want:
	case nil:
		t.Expected(fmt.Sprintf("a panic with the value %v", want), "no panic", "%s returned although a function had panicked", call)
	default:
		t.Expected(fmt.Sprintf("the value %v, of type %T", want, want), fmt.Sprintf("the value %v, of type %T", got, got),
			"%s panicked with another value than it should", call)
	}
}

// work returns a function of the call that takes d and returns err.
func work(t *suite.T, call string, d time.Duration, err error) func() error {
	return func() error {
		t.Work(d)
		t.Event(call)
		return err
	}
}

// ended fails the case unless n functions have come to their end by now. They
// note it as an event with the name of the call.
func ended(t *suite.T, call string, n int) {
	got := 0
	for _, e := range t.Events() {
		if e == call {
			got++
		}
	}
	want, seen := fmt.Sprintf("%d functions have come to their end", n), fmt.Sprint(got)
	switch {
	case got < n:
		t.Expected(want, seen, "%s is over, but not all of its functions have come to their end", call)
	case got > n:
		t.Expected(want, seen, "%s has called a function more than once", call)
	}
}

// none fails the case if there are more goroutines than before, once all has
// come to rest.
func none(t *suite.T, before int, call string) {
	t.Settle()
	if n := runtime.NumGoroutine() - before; n > 0 {
		t.Expected("none", fmt.Sprint(n), "goroutines that %s has started are still there after it", call)
	}
}
