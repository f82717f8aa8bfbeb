package queue_test

import (
	"testing"

	"example.com/gokata/grader/suite"
	"example.com/gokata/grader/suites/queue"
)

func TestSuite(t *testing.T) { suite.Test(t, queue.Suite) }
