package lock_test

import (
	"testing"

	"example.com/gokata/grader/suite"
	"example.com/gokata/grader/suites/lock"
)

func TestSuite(t *testing.T) { suite.Test(t, lock.Suite) }
