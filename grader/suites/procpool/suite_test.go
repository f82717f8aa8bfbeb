package procpool_test

import (
	"testing"

	"example.com/gokata/grader/suite"
	"example.com/gokata/grader/suites/procpool"
)

func TestSuite(t *testing.T) { suite.Test(t, procpool.Suite) }
