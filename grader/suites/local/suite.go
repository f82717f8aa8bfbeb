// Package local is the hidden suite of the exercise local.
package local

import (
	"example.com/gokata/grader"
	"example.com/gokata/grader/suite"
)

// Suite checks submissions to the exercise local. The numbers under Contract
// are those of the promises in its statement.
var Suite = suite.Suite{
	Exercise: "local",
	Cases: []suite.Case{
		{
			Name: "alice-and-bob", Aspect: grader.Result, Points: 5, Contract: 2, Run: aliceAndBob, Clock: suite.Adversarial,
			Why: "Two threads that run the same function must not find each other's student.",
		},
		{
			Name: "names", Aspect: grader.Result, Points: 4, Contract: 1, Run: names, Clock: suite.Adversarial,
			Why: "A function that many threads run must be able to tell which of them it is.",
		},
		{
			Name: "run-is-a-call", Aspect: grader.Result, Points: 4, Contract: 1, Run: runIsACall, Clock: suite.Adversarial,
			Why: "Whoever calls Run decides about the goroutine, and how to ask the thread to end.",
		},
		{
			Name: "set-get-delete", Aspect: grader.Result, Points: 4, Contract: 4, Run: setGetDelete,
			Why: "To have no value and to have the value 0 are two different things.",
		},
		{
			Name: "children-begin-empty", Aspect: grader.Result, Points: 5, Contract: 3, Run: childrenBeginEmpty, Clock: suite.Adversarial,
			Why: "A context hands its values down, but a value of the thread's own is not for its children.",
		},
		{
			Name: "locals-are-separate", Aspect: grader.Result, Points: 3, Contract: 5, Run: localsAreSeparate,
			Why: "Two variables of the same type are still two variables.",
		},
		{
			Name: "goroutines-of-one-thread", Aspect: grader.Result, Points: 4, Contract: 6, Run: goroutinesOfOneThread, Clock: suite.Adversarial,
			Why: "In Go the context says which thread it is, and helpers that are given it belong to that thread.",
		},
		{
			Name: "len-counts-threads", Aspect: grader.Result, Points: 3, Contract: 11, Run: lenCounts,
			Why: "Whoever looks for a leak has to be told the truth about how many values there are.",
		},
		{
			Name: "one-init-per-thread", Aspect: grader.Race, Points: 6, Contract: 7, Run: oneInitPerThread, Clock: suite.Adversarial,
			Why: "If two goroutines both find nothing and both call init, one of them works with a value that is lost.",
		},
		{
			Name: "first-use", Aspect: grader.Race, Points: 6, Contract: 12, Run: firstUse, Clock: suite.Adversarial,
			Why: "The first use of a Local is made by many threads at once, and none of them is there before the others.",
		},
		{
			Name: "everybody-at-once", Aspect: grader.Race, Points: 6, Contract: 12, Run: everybodyAtOnce, Clock: suite.Adversarial,
			Why: "A Local is there to be shared: its methods are called from everywhere.",
		},
		{
			Name: "inits-side-by-side", Aspect: grader.Parallel, Points: 10, Contract: 8, Run: initsSideBySide, Clock: suite.Adversarial,
			Why: "A thread that opens its connection must not keep all others from opening theirs.",
		},
		{
			Name: "init-uses-locals", Aspect: grader.Deadlock, Points: 5, Contract: 8, Run: initUsesLocals, Clock: suite.Adversarial,
			Why: "What init needs may be in another Local, or come from another thread.",
		},
		{
			Name: "asked-during-init", Aspect: grader.Deadlock, Points: 5, Contract: 8, Run: askedDuringInit, Clock: suite.Adversarial,
			Why: "An init that takes long must not stop threads that have nothing to do with it.",
		},
		{
			Name: "values-die-with-their-thread", Aspect: grader.Leak, Points: 5, Contract: 10, Run: valuesDie, Clock: suite.Adversarial,
			Why: "A server that starts a thread for each request would keep the values of all of them for ever.",
		},
		{
			Name: "ended-is-ended", Aspect: grader.Leak, Points: 5, Contract: 10, Run: endedIsEnded, Clock: suite.Adversarial,
			Why: "A value that is set for a thread after its end would never be taken away again.",
		},
		{
			Name: "end-during-use", Aspect: grader.Leak, Points: 6, Contract: 10, Run: endDuringUse, Clock: suite.Adversarial,
			Why: "A helper may still be at work when its thread ends, and must not leave a value behind.",
		},
		{
			Name: "nothing-is-started", Aspect: grader.Leak, Points: 4, Contract: 13, Run: nothingIsStarted, Clock: suite.Adversarial,
			Why: "A thread of this package costs a context and a few words of memory, and no goroutine besides its own.",
		},
		{
			Name: "panic-in-init", Aspect: grader.Panic, Points: 5, Contract: 9, Run: panicInInit, Clock: suite.Adversarial,
			Why: "An init that failed has made nothing, so the next one has to try again.",
		},
		{
			Name: "panic-ends-the-thread", Aspect: grader.Panic, Points: 5, Contract: 10, Run: panicEndsTheThread, Clock: suite.Adversarial,
			Why: "A thread that panics has ended like any other, and its caller must hear of it.",
		},
	},
}
