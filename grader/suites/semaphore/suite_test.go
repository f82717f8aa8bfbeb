package semaphore_test

import (
	"testing"

	"example.com/gokata/grader/suite"
	"example.com/gokata/grader/suites/semaphore"
)

func TestSuite(t *testing.T) { suite.Test(t, semaphore.Suite) }
