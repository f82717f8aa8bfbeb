// Package testing is the twin of the standard package testing, for tests that
// are put under the scheduler: the same API, with subtests and their waiting
// under its control.
//
// One run is one top-level test under one schedule:
//
//	for each schedule {
//		sched.Do(options, func() {
//			rt.Reset()
//			testing.RunTest(sink, "TestX", TestMain, TestX)
//		})
//	}
//
// What a test says goes to a [Sink]. A panic ends the run, as it ends a
// program; deadlocks, leaks and races show in the result of the run as ever.
// The run's main goroutine does nothing but wait for the test, which has one of
// its own. As it is the first to be ended when a run comes to a bad end, it is
// what tells the tests to keep silent while the others are ended, for their
// deferred calls are not the program's doing then. It also takes back what the
// test has done to the process: environment, directories.
//
// # The race detector
//
// The original guards what it keeps about a test with a mutex, which orders
// any two goroutines that log or fail, and so hides races between them. Here
// the detector does not see that. It does see what the program may rely on: a
// subtest comes after the call of Run that starts it, Run returns after the
// subtest, parallel subtests come after the function of their parent, and
// cleanups after the calls that registered them.
//
// # What differs
//
// The calling test waits for its subtests without a point of its own, since
// there is nothing it could do meanwhile. All parallel subtests of a test run
// at once, however many they are. Parallel does nothing in a top-level test,
// for each has a run of its own. No flag has an effect but -test.short and
// -test.v, where they are defined: every subtest is run, and no test has a
// deadline. Benchmarks run their function once, with N = 1. Fuzz targets run
// on their seeds. In a run AllocsPerRun reports that nothing is allocated.
//
// Directories made by TempDir have the same name in every run.
package testing

//go:generate go run ../../internal/gentwin testing
