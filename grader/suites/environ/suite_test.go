package environ_test

import (
	"testing"

	"example.com/gokata/grader/suite"
	"example.com/gokata/grader/suites/environ"
)

func TestSuite(t *testing.T) { suite.Test(t, environ.Suite) }
