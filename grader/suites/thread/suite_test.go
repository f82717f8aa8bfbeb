package thread_test

import (
	"testing"

	"example.com/gokata/grader/suite"
	"example.com/gokata/grader/suites/thread"
)

func TestSuite(t *testing.T) { suite.Test(t, thread.Suite) }
