package trial

import (
	"flag"
	"os"
	"strings"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/wire"
	"example.com/gokata/grader/rt"
)

// Program is a number of cases, and what they are about.
type Program struct {
	Name  string // stands before the names of cases in schedules: "pool"
	Cases []Case
	// Tests tells that the cases are the user's own tests, so that what stands
	// in them is shown.
	Tests bool
	// Match tells whether the name of a test matches a regular expression. Only
	// programs with Tests need it.
	Match func(pattern, name string) (bool, error)
	// Names tells which files are the user's.
	Names wire.Names
	// Suspects are what the code uses, in words, that can be different from one
	// run to the next although the schedule is the same.
	Suspects []string
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
		// in every run. Those of package testing stay.
		fresh := flag.NewFlagSet(os.Args[0], flag.ExitOnError)
		flag.VisitAll(func(f *flag.Flag) {
			if strings.HasPrefix(f.Name, "test.") {
				fresh.Var(f.Value, f.Name, f.Usage)
			}
		})
		flag.CommandLine = fresh
	}
	rt.Reset()
	c.Run(log)
}

// Case is a function that is run under many schedules.
type Case struct {
	Result grader.CaseResult // as it stands before the case was run
	Run    func(*Log)

	// Real says that the case is run outside of the scheduler's control: once,
	// in real time, with real processes.
	Real bool

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
