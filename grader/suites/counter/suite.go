// Package counter is the hidden suite of the exercise counter.
package counter

import (
	"example.com/gokata/grader"
	"example.com/gokata/grader/suite"
)

// torn are the strategies that soonest interrupt somebody who reads several
// counts, at one point in the middle, for long enough.
var torn = []suite.Strategy{suite.PCT2, suite.Random, suite.PCT3}

// Suite checks submissions to the exercise counter. The numbers under Contract
// are those of the promises in its statement.
var Suite = suite.Suite{
	Exercise: "counter",
	Cases: []suite.Case{
		{
			Name: "two-threads-one-balance", Aspect: grader.Result, Points: 8, Contract: 1, Run: twoThreadsOneBalance, Clock: suite.Adversarial,
			Why: "Who adds 5 and takes 5 away again must leave the balance as it was, whatever others do to it meanwhile.",
		},
		{
			Name: "no-inc-is-lost", Aspect: grader.Result, Points: 8, Contract: 1, Run: noIncIsLost, Clock: suite.Adversarial,
			Why: "A counter that loses some of its counts is worse than none, for nobody can tell that the number is wrong.",
		},
		{
			Name: "every-number-once", Aspect: grader.Result, Points: 8, Contract: 2, Run: everyNumberOnce, Clock: suite.Adversarial,
			Why: "Callers use what Inc returns as their number in line, and two of them must not get the same one.",
		},
		{
			Name: "unknown-keys", Aspect: grader.Result, Points: 6, Contract: 3, Run: unknownKeys,
			Why: "Asking must not change the answer: a key is there because it was counted, not because somebody looked.",
		},
		{
			Name: "snapshot-is-yours", Aspect: grader.Result, Points: 6, Contract: 5, Run: snapshotIsYours,
			Why: "A report that changes while it is being written, or that changes the counts, is no report.",
		},
		{
			Name: "snapshot-is-one-instant", Aspect: grader.Order, Points: 10, Contract: 4, Run: snapshotIsOneInstant, Clock: suite.Adversarial, Strategies: torn,
			Why: "Counts that belong together, such as requests and replies, must be read together.",
		},
		{
			Name: "each-is-one-instant", Aspect: grader.Order, Points: 6, Contract: 6, Run: eachIsOneInstant, Clock: suite.Adversarial, Strategies: torn,
			Why: "Each is a report too: its lines must have been true at the same time.",
		},
		{
			Name: "each-in-order", Aspect: grader.Order, Points: 6, Contract: 6, Run: eachInOrder,
			Why: "A list in ascending order can be read, and compared with the one of yesterday.",
		},
		{
			Name: "everybody-at-once", Aspect: grader.Race, Points: 7, Contract: 10, Run: everybodyAtOnce, Clock: suite.Adversarial,
			Why: "Counters are shared by their nature, and nobody can say who will be the first to use one.",
		},
		{
			Name: "snapshot-is-nobody-elses", Aspect: grader.Race, Points: 5, Contract: 5, Run: snapshotIsNobodyElses, Clock: suite.Adversarial,
			Why: "What is the caller's own needs no lock, neither for reading nor for writing.",
		},
		{
			Name: "each-is-over-when-it-returns", Aspect: grader.Join, Points: 4, Contract: 7, Run: eachIsOver,
			Why: "Whoever calls Each goes on to use what the callback has collected.",
		},
		{
			Name: "callback-calls-back", Aspect: grader.Deadlock, Points: 5, Contract: 8, Run: callbackCallsBack,
			Why: "You cannot know what somebody else's function does; if it uses the counter, a lock that you hold is one it waits for.",
		},
		{
			Name: "callback-waits-for-others", Aspect: grader.Deadlock, Points: 5, Contract: 8, Run: callbackWaitsForOthers, Clock: suite.Adversarial,
			Why: "A callback may wait for a goroutine that counts, and that one must not have to wait for the callback.",
		},
		{
			Name: "every-call-ends", Aspect: grader.Deadlock, Points: 4, Contract: 11, Run: everyCallEnds, Clock: suite.Adversarial,
			Why: "A lock that is taken twice, or not given back, stops everybody who ever counts again.",
		},
		{
			Name: "nobody-left-behind", Aspect: grader.Leak, Points: 4, Contract: 12, Run: nobodyLeftBehind, Clock: suite.Adversarial,
			Why: "A Counter cannot be closed, so a goroutine of its own would stay for as long as the program runs.",
		},
		{
			Name: "blocked-callback-stops-nobody", Aspect: grader.Parallel, Points: 5, Contract: 9, Run: blockedCallbackStopsNobody,
			Why: "A callback that writes to a slow disk must not hold up those who only want to count.",
		},
		{
			Name: "callbacks-side-by-side", Aspect: grader.Parallel, Points: 3, Contract: 9, Run: callbacksSideBySide,
			Why: "Two callers of Each have nothing to do with each other.",
		},
	},
}
