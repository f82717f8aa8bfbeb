package deadlock_test

import (
	"testing"

	"example.com/gokata/grader/suite"
	"example.com/gokata/grader/suites/deadlock"
)

func TestSuite(t *testing.T) { suite.Test(t, deadlock.Suite) }
