package parallel_test

import (
	"testing"

	"example.com/gokata/grader/suite"
	"example.com/gokata/grader/suites/parallel"
)

func TestSuite(t *testing.T) { suite.Test(t, parallel.Suite) }
