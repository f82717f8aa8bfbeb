package suite

import (
	"fmt"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/sched"
)

// Suite is the hidden test of one exercise.
type Suite struct {
	Exercise string // the slug
	Cases    []Case // their points sum to 100
}

// Case checks one promise of the statement.
type Case struct {
	Name     string        // a few words with hyphens: "close-wakes-all"
	Aspect   grader.Aspect // what points for it count towards
	Points   int
	Contract int    // the number of the promise in the statement
	Why      string // one sentence for the learner: why the promise matters
	Run      func(*T)

	Clock     Clock // Fair where time is part of the promise
	Schedules int   // how many to run; 0 means DefaultSchedules
	MaxSteps  int   // bound on the steps of one schedule; 0 means 20,000
	// Strategies lists what is tried in turn after the default schedule; nil
	// means random and PCT with depths 1 to 3.
	Strategies []Strategy
}

// DefaultSchedules is how many schedules of a case are run unless it says
// otherwise.
const DefaultSchedules = 200

// Clock says how virtual time passes during a case.
type Clock int

// The clocks.
const (
	// Fair lets time pass only when nobody can run, so that elapsed time is
	// exact.
	Fair Clock = iota
	// Adversarial lets time also pass while somebody can run, in every other
	// schedule. It finds timers that fire at the worst moment and sleeps that
	// stand in for synchronisation.
	Adversarial
)

// Strategy is a way to choose schedules.
type Strategy int

// The strategies.
const (
	Random Strategy = iota // every ready goroutine is equally likely, at every step
	PCT1                   // random priorities
	PCT2                   // … that change once
	PCT3                   // … that change twice
)

var defaultStrategies = []Strategy{Random, PCT1, Random, PCT2, Random, PCT3}

// strategy returns the strategy for the i-th schedule of the case, of which
// the longest so far made length steps.
func (c *Case) strategy(i int, seed uint64, length int) sched.Strategy {
	if i == 0 {
		return sched.Default{}
	}
	list := c.Strategies
	if list == nil {
		list = defaultStrategies
	}
	seed = sched.Mix(seed, uint64(i))
	switch s := list[(i-1)%len(list)]; s {
	case Random:
		return sched.NewRandom(seed)
	default:
		return sched.NewPCT(seed, int(s-PCT1)+1, length)
	}
}

// clock returns the clock for the i-th schedule of the case.
func (c *Case) clock(i int) sched.Clock {
	if c.Clock == Adversarial && i%2 == 1 {
		return sched.Adversarial
	}
	return sched.Fair
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

// result returns the case as it stands in a report before it was run.
func (c *Case) result() grader.CaseResult {
	return grader.CaseResult{
		Name: c.Name, Aspect: c.Aspect, Contract: c.Contract, Why: c.Why,
		Status: grader.NotRun, Max: c.Points,
	}
}
