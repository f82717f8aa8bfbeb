package suite

import (
	"os"
	"testing"
	"testing/synctest"

	"example.com/gokata/grader/internal/trial"
)

// CasesVariable is the environment variable that makes [Test] run the cases.
const CasesVariable = "KATA_CASES"

// Test checks the suite itself. With [CasesVariable] set it also runs every
// case once, as an ordinary test on the ordinary runtime, against the package
// that the suite imports. With a solution in place of the stub,
//
//	KATA_CASES=1 go test -race -overlay … ./grader/suites/pool
//
// is what a grader without a scheduler would do; make bench measures against
// it.
func Test(t *testing.T, s Suite) {
	if err := s.Check(); err != nil {
		t.Fatal(err)
	}
	if os.Getenv(CasesVariable) == "" {
		return
	}
	for i := range s.Cases {
		c := &s.Cases[i]
		t.Run(c.Name, func(t *testing.T) {
			if c.Real {
				t.Skip("it needs the grader, which puts the processes that it starts in place")
			}
			synctest.Test(t, func(t *testing.T) { testCase(t, c) })
		})
	}
}

func testCase(t *testing.T, c *Case) {
	log := &trial.Log{}
	defer func() {
		for _, f := range log.Failures() {
			t.Errorf("%s (expected %s, seen %s)", f.Message, f.Expected, f.Seen)
		}
	}()
	c.Once(log)
}

// Once runs the case once on the ordinary runtime, and takes down in log what is
// wrong. It is for tests of suites and of the kit.
func (c *Case) Once(log *trial.Log) { c.Run(newT(log)) }
