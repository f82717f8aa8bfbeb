package trial

import (
	"flag"
	"os"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/rt"
)

// Program is a number of cases, and what they are about.
type Program struct {
	Name  string // stands before the names of cases in schedules: "pool"
	Cases []Case
	// Tests tells that the cases are the user's own tests, so that what stands
	// in them is shown.
	Tests bool
}

// find returns the case of a name, or nil.
func (p *Program) find(name string) *Case {
	for i := range p.Cases {
		if p.Cases[i].Result.Name == name {
			return &p.Cases[i]
		}
	}
	return nil
}

// start runs a case from a fresh start.
func (p *Program) start(c *Case, log *Log) {
	if p.Tests {
		// Tests define flags when their packages are initialised, which happens
		// in every run.
		flag.CommandLine = flag.NewFlagSet(os.Args[0], flag.ExitOnError)
	}
	rt.Reset()
	c.Run(log)
}

// Case is a function that is run under many schedules.
type Case struct {
	Result grader.CaseResult // as it stands before the case was run
	Run    func(*Log)

	Clock     Clock
	Schedules int // how many to run; 0 means DefaultSchedules
	MaxSteps  int // bound on the steps of one schedule; 0 means 20,000
	MaxLive   int // bound on goroutines alive at once; 0 means 2,000
	// Budget, if positive, bounds the steps of all schedules: when they have
	// made more, no further one is run.
	Budget int
	// Strategies lists what is tried in turn after the default schedule; nil
	// means random and PCT with depths 1 to 3.
	Strategies []Strategy
	// Preemptions, if positive, makes the second half of the schedules a
	// search through all interleavings without preemption, then with at most
	// one, and so on up to this bound.
	Preemptions int
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

// clock returns the clock for the i-th schedule of the case: one and the other
// in turn, and another one for the same strategy when its turn comes again.
func (c *Case) clock(i int) sched.Clock {
	if round := i / max(len(c.Strategies), len(defaultStrategies)); c.Clock == Adversarial && (i+round)%2 == 1 {
		return sched.Adversarial
	}
	return sched.Fair
}
