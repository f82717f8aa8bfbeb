package pool_test

import (
	"testing"

	"example.com/gokata/grader/suite"
	"example.com/gokata/grader/suites/pool"
)

func TestSuite(t *testing.T) { suite.Test(t, pool.Suite) }
