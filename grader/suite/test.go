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
	c.Run(newT(log))
}
