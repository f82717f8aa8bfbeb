package join_test

import (
	"testing"

	"example.com/gokata/grader/suite"
	"example.com/gokata/grader/suites/join"
)

func TestSuite(t *testing.T) { suite.Test(t, join.Suite) }
