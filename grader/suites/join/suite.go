// Package join is the hidden suite of the exercise join.
package join

import (
	"example.com/gokata/grader"
	"example.com/gokata/grader/suite"
)

// Suite checks submissions to the exercise join. The numbers under Contract
// are those of the promises in its statement.
var Suite = suite.Suite{
	Exercise: "join",
	Cases: []suite.Case{
		{
			Name: "results-by-index", Aspect: grader.Result, Points: 6, Contract: 4, Run: resultsByIndex, Clock: suite.Adversarial,
			Why: "A result is of use only if one knows whose it is.",
		},
		{
			Name: "results-beside-errors", Aspect: grader.Result, Points: 6, Contract: 4, Run: resultsBesideErrors, Clock: suite.Adversarial,
			Why: "When one of ten servers does not answer, the nine answers are still worth having.",
		},
		{
			Name: "every-error", Aspect: grader.Result, Points: 6, Contract: 5, Run: everyError, Clock: suite.Adversarial,
			Why: "An error that nobody hears of is a fault that nobody repairs.",
		},
		{
			Name: "errors-in-order", Aspect: grader.Order, Points: 8, Contract: 5, Run: errorsInOrder, Clock: suite.Adversarial,
			Why: "The same failures must read the same each time, or logs and tests cannot be compared.",
		},
		{
			Name: "four-twos-are-two", Aspect: grader.Join, Points: 5, Contract: 2, Run: fourTwosAreTwo,
			Why: "Four workers of two seconds each are done after two seconds; that is what they are for.",
		},
		{
			Name: "no-longer-than-the-longest", Aspect: grader.Join, Points: 5, Contract: 2, Run: noLongerThanTheLongest,
			Why: "Whoever waits wants to be woken by the end of the last function, not by a look at the clock some time later.",
		},
		{
			Name: "waits-for-all", Aspect: grader.Join, Points: 5, Contract: 3, Run: waitsForAll, Clock: suite.Adversarial,
			Why: "The caller goes on to use what the functions have done, so all of it must be done.",
		},
		{
			Name: "failure-ends-nothing", Aspect: grader.Join, Points: 5, Contract: 3, Run: failureEndsNothing, Clock: suite.Adversarial,
			Why: "A function that is still at work after the call uses files and variables that its caller has given up.",
		},
		{
			Name: "panic-comes-back", Aspect: grader.Panic, Points: 5, Contract: 6, Run: panicComesBack, Clock: suite.Adversarial,
			Why: "A caller can recover only from what is raised in its own goroutine; anywhere else it ends the program.",
		},
		{
			Name: "panic-waits-for-others", Aspect: grader.Panic, Points: 5, Contract: 6, Run: panicWaitsForOthers, Clock: suite.Adversarial,
			Why: "A caller who recovers goes on, and then nothing must be at work behind its back.",
		},
		{
			Name: "first-panic-counts", Aspect: grader.Panic, Points: 4, Contract: 6, Run: firstPanicCounts, Clock: suite.Adversarial,
			Why: "Which of several panics is shown must not be a matter of luck.",
		},
		{
			Name: "nothing-to-do", Aspect: grader.Deadlock, Points: 5, Contract: 7, Run: nothingToDo, Clock: suite.Adversarial,
			Why: "A list of functions that is made at run time is empty one day, and nobody will come to end the wait.",
		},
		{
			Name: "calls-in-calls", Aspect: grader.Deadlock, Points: 5, Contract: 9, Run: callsInCalls, Clock: suite.Adversarial,
			Why: "A function that divides its own work waits for its parts, while its caller waits for it.",
		},
		{
			Name: "writes-are-visible", Aspect: grader.Race, Points: 5, Contract: 8, Run: writesAreVisible, Clock: suite.Adversarial,
			Why: "To wait for a function means to see all that it has written, and not only to know that it has ended.",
		},
		{
			Name: "calls-at-once", Aspect: grader.Race, Points: 5, Contract: 9, Run: callsAtOnce, Clock: suite.Adversarial,
			Why: "A function of a package is called from everywhere, and one caller's results are no other caller's business.",
		},
		{
			Name: "nobody-left-behind", Aspect: grader.Leak, Points: 4, Contract: 10, Run: nobodyLeftBehind, Clock: suite.Adversarial,
			Why: "A goroutine that never ends keeps its memory for as long as the program runs.",
		},
		{
			Name: "nobody-left-after-a-panic", Aspect: grader.Leak, Points: 4, Contract: 10, Run: nobodyLeftAfterPanic, Clock: suite.Adversarial,
			Why: "A server that survives a panic with every request must not lose a goroutine with each.",
		},
		{
			Name: "all-side-by-side", Aspect: grader.Parallel, Points: 6, Contract: 1, Run: allSideBySide, Clock: suite.Adversarial,
			Why: "Functions that wait for each other, like a client and its server, end only if all of them run.",
		},
		{
			Name: "collect-side-by-side", Aspect: grader.Parallel, Points: 6, Contract: 1, Run: collectSideBySide, Clock: suite.Adversarial,
			Why: "To ask ten servers at once takes ten functions at once, on a machine with one processor too.",
		},
	},
}
