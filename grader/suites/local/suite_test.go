package local_test

import (
	"testing"

	"example.com/gokata/grader/suite"
	"example.com/gokata/grader/suites/local"
)

func TestSuite(t *testing.T) { suite.Test(t, local.Suite) }
