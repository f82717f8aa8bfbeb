package suite

import (
	"fmt"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/trial"
	"example.com/gokata/grader/rt"
)

// Suite is the hidden test of one exercise.
type Suite struct {
	Exercise string // the slug
	Cases    []Case // their points sum to 100
	// Main, if set, is called first in every process that runs the program. It
	// is for suites whose cases start the program again, and does not return in
	// the processes that come of it.
	Main func()
}

// Case checks one promise of the statement.
type Case struct {
	Name     string        // a few words with hyphens: "close-wakes-all"
	Aspect   grader.Aspect // what points for it count towards
	Points   int
	Contract int    // the number of the promise in the statement
	Why      string // one sentence for the learner: why the promise matters
	Run      func(*T)

	// Real cases deal with other processes. They are run outside of the
	// scheduler's control, once, in real time; see package child.
	Real      bool
	Clock     Clock // Fair where time is part of the promise
	Schedules int   // how many to run; 0 means DefaultSchedules
	MaxSteps  int   // bound on the steps of one schedule; 0 means 20,000
	// Strategies lists what is tried in turn after the default schedule; nil
	// means random and PCT with depths 1 to 3.
	Strategies []Strategy
}

// DefaultSchedules is how many schedules of a case are run unless it says
// otherwise.
const DefaultSchedules = trial.DefaultSchedules

// Clock says how virtual time passes during a case.
type Clock = trial.Clock

// The clocks.
const (
	Fair        = trial.Fair        // time passes only when nobody can run: elapsed time is exact
	Adversarial = trial.Adversarial // in every other schedule, it also passes while somebody can
)

// Strategy is a way to choose schedules.
type Strategy = trial.Strategy

// The strategies.
const (
	Random = trial.Random // every ready goroutine is equally likely, at every step
	PCT1   = trial.PCT1   // random priorities
	PCT2   = trial.PCT2   // … that change once
	PCT3   = trial.PCT3   // … that change twice
)

// Mode says how the cases of a suite are run.
type Mode = trial.Mode

// The modes.
const (
	Scheduled = trial.Scheduled // under the scheduler; the program has been rewritten
	Plain     = trial.Plain     // once each, on the ordinary runtime
)

// Serve runs cases of s on request until there are no more requests, and does
// not return. It is the main function of the program that the grader builds
// from a suite and a submission.
func Serve(s Suite, mode Mode) {
	if s.Main != nil {
		rt.Reset()
		s.Main()
	}
	trial.Serve(s.program(), mode)
}

// program returns the suite as its cases are run.
func (s Suite) program() trial.Program {
	p := trial.Program{Name: s.Exercise}
	for i := range s.Cases {
		p.Cases = append(p.Cases, s.Cases[i].trial())
	}
	return p
}

func (c *Case) trial() trial.Case {
	return trial.Case{
		Result: grader.CaseResult{
			Name: c.Name, Aspect: c.Aspect, Contract: c.Contract, Why: c.Why,
			Status: grader.NotRun, Max: c.Points,
		},
		Run:  func(log *trial.Log) { c.Run(newT(log)) },
		Real: c.Real, Clock: c.Clock, Schedules: c.Schedules, MaxSteps: c.MaxSteps, Strategies: c.Strategies,
	}
}

// Check reports what is wrong with the suite itself: points that do not sum
// to 100, names that occur twice, cases without a promise or a reason.
func (s Suite) Check() error {
	sum := 0
	seen := map[string]bool{}
	for _, c := range s.Cases {
		switch {
		case c.Name == "" || seen[c.Name]:
			return fmt.Errorf("suite %s: case name %q is empty or occurs twice", s.Exercise, c.Name)
		case c.Points <= 0 || c.Contract <= 0 || c.Why == "" || c.Run == nil:
			return fmt.Errorf("suite %s: case %s needs Points, Contract, Why and Run", s.Exercise, c.Name)
		}
		seen[c.Name] = true
		sum += c.Points
	}
	if sum != grader.MaxScore {
		return fmt.Errorf("suite %s: points sum to %d, want %d", s.Exercise, sum, grader.MaxScore)
	}
	return nil
}
