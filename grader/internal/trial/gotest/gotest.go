// Package gotest makes cases of the tests of any package, which have been
// rewritten so that they use the twin of package testing.
package gotest

import (
	"regexp"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/trial"
	"example.com/gokata/grader/rt/testing"
)

// What is explored of a test unless somebody says otherwise.
const (
	schedules   = 1000
	preemptions = 2
	maxSteps    = 1_000_000  // of one schedule: nobody has said how long a test may take
	budget      = 20_000_000 // steps of all schedules
	maxLive     = 7_500      // goroutines; the race detector gives up at 8,128
)

// Match tells whether a test is among those that -test.run asks for.
func Match(pattern, name string) (bool, error) { return regexp.MatchString(pattern, name) }

// Test makes a case of a test function. main is the package's TestMain, or
// nil.
func Test(name string, main func(*testing.M), test func(*testing.T)) trial.Case {
	return newCase(name, func(s testing.Sink) { testing.RunTest(s, name, main, test) })
}

// Fuzz makes a case of a fuzz target, which is run on its seeds.
func Fuzz(name string, main func(*testing.M), target func(*testing.F)) trial.Case {
	return newCase(name, func(s testing.Sink) { testing.RunFuzz(s, name, main, target) })
}

func newCase(name string, run func(testing.Sink)) trial.Case {
	return trial.Case{
		Result:    grader.CaseResult{Name: name, Status: grader.NotRun},
		Run:       func(log *trial.Log) { run(sink{log}) },
		Schedules: schedules, Preemptions: preemptions,
		MaxSteps: maxSteps, Budget: budget, MaxLive: maxLive,
	}
}

// sink takes down what a test says in the log of the run.
type sink struct{ log *trial.Log }

//go:norace
func (s sink) Fail(message string, stack []uintptr) {
	s.log.Fail(trial.Failure{Message: message, Stack: stack})
}

//go:norace
func (s sink) Log(message string) { s.log.Note(message) }

//go:norace
func (s sink) Skip(message string) { s.log.Skip(message) }
