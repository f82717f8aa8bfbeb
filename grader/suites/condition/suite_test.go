package condition_test

import (
	"testing"

	"example.com/gokata/grader/suite"
	"example.com/gokata/grader/suites/condition"
)

func TestSuite(t *testing.T) { suite.Test(t, condition.Suite) }
