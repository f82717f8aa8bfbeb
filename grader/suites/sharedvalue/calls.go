package sharedvalue

import (
	"errors"
	"io/fs"
	"os"

	"example.com/gokata/exercises/sharedvalue"
	"example.com/gokata/grader/suite"
)

// said is how an error reads in a report. The paths of files differ from one
// run to the next.
func said(err error) string {
	for _, known := range []struct {
		err  error
		name string
	}{
		{sharedvalue.ErrClosed, "ErrClosed"}, {sharedvalue.ErrSize, "ErrSize"},
		{fs.ErrExist, "fs.ErrExist"}, {fs.ErrNotExist, "fs.ErrNotExist"},
	} {
		if errors.Is(err, known.err) {
			return known.name
		}
	}
	var at *os.PathError
	switch {
	case err == nil:
		return "nil"
	case errors.As(err, &at):
		return at.Op + ": " + at.Err.Error()
	}
	return err.Error()
}

// must ends the case if a call that has to succeed did not.
func must(t *suite.T, err error, call string) {
	if err != nil {
		t.Fatalf("%s returned an error: %s", call, said(err))
	}
}

// is fails the case unless a call has returned a certain error.
func is(t *suite.T, want, got error, format string, args ...any) {
	if !errors.Is(got, want) {
		t.Expected(said(want), said(got), format+": its error", args...)
	}
}

// loads calls Load and fails the case unless it returns a certain number. when
// completes "what Load returns".
func loads(t *suite.T, v *sharedvalue.Value, want int64, when string) {
	n, err := v.Load()
	must(t, err, "Load")
	t.Diff(want, n, "what Load returns %s", when)
}

// stores calls Store, which has to succeed.
func stores(t *suite.T, v *sharedvalue.Value, n int64) { must(t, v.Store(n), "Store") }

// adds calls Add and fails the case unless it returns a certain sum.
func adds(t *suite.T, v *sharedvalue.Value, delta, want int64, when string) {
	n, err := v.Add(delta)
	must(t, err, "Add")
	t.Diff(want, n, "what Add(%d) returns %s", delta, when)
}

// shut closes Values that nobody uses any more.
func shut(t *suite.T, vs ...*sharedvalue.Value) {
	for _, v := range vs {
		must(t, v.Close(), "Close")
	}
}
