package masterworker_test

import (
	"testing"

	"example.com/gokata/grader/suite"
	"example.com/gokata/grader/suites/masterworker"
)

func TestSuite(t *testing.T) { suite.Test(t, masterworker.Suite) }
