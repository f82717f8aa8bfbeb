// Package parallel is the hidden suite of the exercise parallel.
package parallel

import (
	"example.com/gokata/grader"
	"example.com/gokata/grader/suite"
)

// Suite checks submissions to the exercise parallel. The numbers under Contract
// are those of the promises in its statement.
var Suite = suite.Suite{
	Exercise: "parallel",
	Cases: []suite.Case{
		{
			Name: "results-in-order", Aspect: grader.Result, Points: 4, Contract: 1, Run: resultsInOrder, Clock: suite.Adversarial,
			Why: "A result is of use only if one knows whose it is, whoever was ready first.",
		},
		{
			Name: "every-item-once", Aspect: grader.Result, Points: 4, Contract: 1, Run: everyItemOnce, Clock: suite.Adversarial,
			Why: "Work that is done twice costs twice, and an order that is sent twice may cost more.",
		},
		{
			Name: "first-error-counts", Aspect: grader.Result, Points: 4, Contract: 4, Run: firstErrorCounts, Clock: suite.Adversarial,
			Why: "That the others were told to stop is of no help to whoever looks for the cause.",
		},
		{
			Name: "one-worker-in-order", Aspect: grader.Order, Points: 4, Contract: 3, Run: oneWorkerInOrder, Clock: suite.Adversarial,
			Why: "With one worker, Map is a loop.",
		},
		{
			Name: "nobody-jumps-far", Aspect: grader.Order, Points: 4, Contract: 3, Run: nobodyJumpsFar, Clock: suite.Adversarial,
			Why: "What stands first in the list was put there to be done first.",
		},
		{
			Name: "workers-meet", Aspect: grader.Parallel, Points: 6, Contract: 2, Run: workersMeet, Clock: suite.Adversarial,
			Why: "Three workers who never work at the same time are as slow as one.",
		},
		{
			Name: "more-workers-than-items", Aspect: grader.Parallel, Points: 4, Contract: 2, Run: moreWorkersThanItems, Clock: suite.Adversarial,
			Why: "A machine with many processors also gets short lists.",
		},
		{
			Name: "nobody-idles", Aspect: grader.Parallel, Points: 5, Contract: 3, Run: nobodyIdles,
			Why: "If each worker had a fixed share of the items, the one with the long ones would make all the others wait.",
		},
		{
			Name: "never-too-many", Aspect: grader.Limit, Points: 5, Contract: 2, Run: neverTooMany, Clock: suite.Adversarial,
			Why: "More calls than processors only fight for them, and each of them needs memory.",
		},
		{
			Name: "zero-means-gomaxprocs", Aspect: grader.Limit, Points: 4, Contract: 2, Run: zeroMeansGOMAXPROCS, Clock: suite.Adversarial,
			Why: "A function that computes wants one worker per processor.",
		},
		{
			Name: "few-goroutines", Aspect: grader.Limit, Points: 4, Contract: 10, Run: fewGoroutines,
			Why: "A million items must not need a million goroutines.",
		},
		{
			Name: "waits-for-all", Aspect: grader.Join, Points: 6, Contract: 6, Run: waitsForAll, Clock: suite.Adversarial,
			Why: "A call that is still at work after Map uses what its caller has given up.",
		},
		{
			Name: "error-stops-new-items", Aspect: grader.Cancel, Points: 4, Contract: 4, Run: errorStopsNewItems,
			Why: "When the whole has failed, all further work is in vain.",
		},
		{
			Name: "error-ends-the-rest", Aspect: grader.Cancel, Points: 4, Contract: 4, Run: errorEndsTheRest, Clock: suite.Adversarial,
			Why: "A call that looks at its context can stop at once, instead of computing for another hour.",
		},
		{
			Name: "context-ends", Aspect: grader.Cancel, Points: 4, Contract: 5, Run: contextEnds,
			Why: "The caller decides how long the work may take.",
		},
		{
			Name: "cancelled-in-the-middle", Aspect: grader.Cancel, Points: 3, Contract: 5, Run: cancelledInTheMiddle, Clock: suite.Adversarial,
			Why: "A list of results with holes in it and no error looks like a good one.",
		},
		{
			Name: "done-from-the-start", Aspect: grader.Cancel, Points: 3, Contract: 5, Run: doneFromTheStart, Clock: suite.Adversarial,
			Why: "Nobody waits for the results any more.",
		},
		{
			Name: "every-call-fails", Aspect: grader.Deadlock, Points: 3, Contract: 4, Run: everyCallFails, Clock: suite.Adversarial,
			Why: "When the network is down, all calls fail at once, and somebody has to take all their errors.",
		},
		{
			Name: "nothing-to-do", Aspect: grader.Deadlock, Points: 3, Contract: 9, Run: nothingToDo, Clock: suite.Adversarial,
			Why: "A list that is made at run time is empty one day, and nobody will come to end the wait.",
		},
		{
			Name: "maps-in-maps", Aspect: grader.Deadlock, Points: 3, Contract: 11, Run: mapsInMaps, Clock: suite.Adversarial,
			Why: "A call that divides its own work waits for its parts, while Map waits for it.",
		},
		{
			Name: "writes-are-visible", Aspect: grader.Race, Points: 4, Contract: 11, Run: writesAreVisible, Clock: suite.Adversarial,
			Why: "To have the results means to be able to read them, and all that the calls have written.",
		},
		{
			Name: "maps-at-once", Aspect: grader.Race, Points: 3, Contract: 11, Run: mapsAtOnce, Clock: suite.Adversarial,
			Why: "A function of a package is called from everywhere, and one caller's items are no other caller's business.",
		},
		{
			Name: "panic-comes-back", Aspect: grader.Panic, Points: 4, Contract: 8, Run: panicComesBack, Clock: suite.Adversarial,
			Why: "A caller can recover only from what is raised in its own goroutine; anywhere else it ends the program.",
		},
		{
			Name: "panic-beside-errors", Aspect: grader.Panic, Points: 2, Contract: 8, Run: panicBesideErrors, Clock: suite.Adversarial,
			Why: "An error is something that happens, a panic is a bug, and a bug must not go unseen.",
		},
		{
			Name: "nobody-left-behind", Aspect: grader.Leak, Points: 3, Contract: 6, Run: nobodyLeftBehind, Clock: suite.Adversarial,
			Why: "A server that calls Map for each request must not lose a goroutine with each.",
		},
		{
			Name: "context-of-the-calls", Aspect: grader.Leak, Points: 3, Contract: 7, Run: contextOfTheCalls, Clock: suite.Adversarial,
			Why: "A context that is never cancelled stays with its parent, and takes up memory for as long as that one lives.",
		},
	},
}
