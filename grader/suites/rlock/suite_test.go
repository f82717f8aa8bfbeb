package rlock_test

import (
	"testing"

	"example.com/gokata/grader/suite"
	"example.com/gokata/grader/suites/rlock"
)

func TestSuite(t *testing.T) { suite.Test(t, rlock.Suite) }
