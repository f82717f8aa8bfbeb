package gil_test

import (
	"testing"

	"example.com/gokata/grader/suite"
	"example.com/gokata/grader/suites/gil"
)

func TestSuite(t *testing.T) { suite.Test(t, gil.Suite) }
