package counter_test

import (
	"testing"

	"example.com/gokata/grader/suite"
	"example.com/gokata/grader/suites/counter"
)

func TestSuite(t *testing.T) { suite.Test(t, counter.Suite) }
