package philosophers_test

import (
	"testing"

	"example.com/gokata/grader/suite"
	"example.com/gokata/grader/suites/philosophers"
)

func TestSuite(t *testing.T) { suite.Test(t, philosophers.Suite) }
