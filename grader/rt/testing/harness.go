package testing

import (
	"flag"
	"os"
	"testing"

	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/rt"
)

// Short is the twin of testing.Short. Without a flag -test.short it is false.
func Short() bool { return isSet("test.short") }

// Verbose is the twin of testing.Verbose. Without a flag -test.v it is false.
func Verbose() bool { return isSet("test.v") }

func isSet(name string) bool {
	f := flag.Lookup(name)
	return f != nil && f.Value.String() != "false"
}

// Testing is the twin of testing.Testing. It returns true.
func Testing() bool { return true }

// AllocsPerRun is the twin of testing.AllocsPerRun. In a run it calls f as
// often and returns 0: what is allocated there is for a good part not f's.
func AllocsPerRun(runs int, f func()) (avg float64) {
	if sched.Active() == nil {
		return testing.AllocsPerRun(runs, f)
	}
	for range runs + 1 {
		f()
	}
	return 0
}

// InternalTest is the twin of testing.InternalTest.
type InternalTest struct {
	Name string
	F    func(*T)
}

// InternalBenchmark is the twin of testing.InternalBenchmark.
type InternalBenchmark struct {
	Name string
	F    func(b *B)
}

// InternalFuzzTarget is the twin of testing.InternalFuzzTarget.
type InternalFuzzTarget struct {
	Name string
	Fn   func(f *F)
}

// RunTests is the twin of testing.RunTests. It runs all the tests, whatever
// their names, and prints why they fail.
func RunTests(matchString func(pat, str string) (bool, error), tests []InternalTest) (ok bool) {
	ok = true
	s := &session{sink: printer{}}
	for _, t := range tests {
		ok = s.test(t.Name, t.F) && ok
	}
	return ok
}

// RunBenchmarks is the twin of testing.RunBenchmarks. It does nothing, as the
// original without a flag -test.bench.
func RunBenchmarks(matchString func(pat, str string) (bool, error), benchmarks []InternalBenchmark) {
}

// MainStart is the twin of testing.MainStart. The M runs the tests and the fuzz
// targets; deps is not used.
func MainStart(deps any, tests []InternalTest, benchmarks []InternalBenchmark, fuzzTargets []InternalFuzzTarget, examples []InternalExample) *M {
	return &M{top: func() bool {
		ok := RunTests(nil, tests)
		s := &session{sink: printer{}}
		for _, f := range fuzzTargets {
			ok = s.fuzz(f.Name, f.Fn) && ok
		}
		return ok
	}}
}

// Main is the twin of testing.Main.
func Main(matchString func(pat, str string) (bool, error), tests []InternalTest, benchmarks []InternalBenchmark, examples []InternalExample) {
	rt.Exit(MainStart(nil, tests, benchmarks, nil, examples).Run())
}

// discard is a Sink for which nothing matters.
type discard struct{}

//go:norace
func (discard) Fail(string, []uintptr) {}

//go:norace
func (discard) Log(string) {}

//go:norace
func (discard) Skip(string) {}

// printer is a Sink that prints what fails.
type printer struct{}

//go:norace
func (printer) Fail(message string, stack []uintptr) {
	os.Stdout.WriteString("FAIL: " + where(stack) + ": " + message + "\n")
}

//go:norace
func (printer) Log(string) {}

//go:norace
func (printer) Skip(string) {}
