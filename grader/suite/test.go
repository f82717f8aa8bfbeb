package suite

import (
	"strings"
	"testing"
	"testing/synctest"
)

// Test checks the suite itself, and runs every case once, as an ordinary test
// on the ordinary runtime, against the package that the suite imports. The
// cases are skipped while that is still the stub.
//
//	go test -race -overlay … ./grader/suites/pool
//
// is what a grader without a scheduler would do; make bench measures against
// it.
func Test(t *testing.T, s Suite) {
	if err := s.Check(); err != nil {
		t.Fatal(err)
	}
	for i := range s.Cases {
		c := &s.Cases[i]
		t.Run(c.Name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { testCase(t, c) })
		})
	}
}

func testCase(t *testing.T, c *Case) {
	defer func() {
		if v := recover(); v != nil {
			if text, ok := v.(string); ok && strings.HasPrefix(text, todo) {
				t.Skip(text)
			}
			panic(v)
		}
	}()
	kt := newT()
	kt.begin()
	defer func() {
		for _, f := range kt.fails {
			t.Errorf("%s (expected %s, seen %s)", f.message, f.expected, f.seen)
		}
	}()
	c.Run(kt)
}
