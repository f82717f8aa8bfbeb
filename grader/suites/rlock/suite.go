// Package rlock is the hidden suite of the exercise rlock.
package rlock

import (
	"example.com/gokata/grader"
	"example.com/gokata/grader/suite"
)

// torn are the strategies that soonest interrupt somebody between two looks, for
// long enough.
var torn = []suite.Strategy{suite.PCT2, suite.Random, suite.PCT3}

// Suite checks submissions to the exercise rlock. The numbers under Contract
// are those of the promises in its statement.
var Suite = suite.Suite{
	Exercise: "rlock",
	Cases: []suite.Case{
		{
			Name: "depth-counts", Aspect: grader.Result, Points: 3, Contract: 3, Run: depthCounts,
			Why: "Whoever leaves as often as they have entered has to come out with the lock released, and not before.",
		},
		{
			Name: "depth-of-whom", Aspect: grader.Result, Points: 2, Contract: 3, Run: depthOfWhom, Clock: suite.Adversarial, Strategies: torn,
			Why: "An answer that is half about one Owner and half about another was never true.",
		},
		{
			Name: "trylock-knows-its-owner", Aspect: grader.Result, Points: 5, Contract: 5, Run: tryLockKnowsItsOwner,
			Why: "To the holder the lock is open, to everybody else it is shut, whichever way it was taken.",
		},
		{
			Name: "owners-differ", Aspect: grader.Result, Points: 5, Contract: 8, Run: ownersDiffer, Clock: suite.Adversarial,
			Why: "If two Owners pass for the same one, the lock keeps neither of them out.",
		},
		{
			Name: "owner-travels", Aspect: grader.Result, Points: 4, Contract: 9, Run: ownerTravels, Clock: suite.Adversarial,
			Why: "A function may have a part of its work done by another goroutine, and that part needs the same lock.",
		},
		{
			Name: "locks-count-for-themselves", Aspect: grader.Result, Points: 5, Contract: 8, Run: locksCountForThemselves,
			Why: "Who holds two locks and gives one back must not lose the other one.",
		},
		{
			Name: "owners-see-each-other", Aspect: grader.Race, Points: 5, Contract: 10, Run: ownersSeeEachOther, Clock: suite.Adversarial,
			Why: "A lock is there so that what one holder writes can be read by the next.",
		},
		{
			Name: "everybody-at-once", Aspect: grader.Race, Points: 5, Contract: 10, Run: everybodyAtOnce, Clock: suite.Adversarial,
			Why: "Who holds the lock is asked by everybody and changed by many, so it needs a guard of its own.",
		},
		{
			Name: "same-owner-at-once", Aspect: grader.Race, Points: 4, Contract: 9, Run: sameOwnerAtOnce, Clock: suite.Adversarial,
			Why: "Goroutines that share an Owner count at the same time, and the sum has to be right.",
		},
		{
			Name: "waiters-sleep", Aspect: grader.Join, Points: 7, Contract: 4, Run: waitersSleep,
			Why: "Whoever asks again and again keeps a processor busy, or comes too late.",
		},
		{
			Name: "one-owner-at-a-time", Aspect: grader.Limit, Points: 8, Contract: 1, Run: oneOwnerAtATime, Clock: suite.Adversarial,
			Why: "This is what a lock is for.",
		},
		{
			Name: "outermost-releases", Aspect: grader.Limit, Points: 8, Contract: 3, Run: outermostReleases, Clock: suite.Adversarial,
			Why: "A function that calls another one still needs the lock when that one has given it back.",
		},
		{
			Name: "misuse-changes-nothing", Aspect: grader.Limit, Points: 6, Contract: 6, Run: misuseChangesNothing, Clock: suite.Adversarial,
			Why: "One Unlock too many by one Owner must not take the lock away from another.",
		},
		{
			Name: "owner-enters-again", Aspect: grader.Deadlock, Points: 6, Contract: 2, Run: ownerEntersAgain, Clock: suite.Adversarial,
			Why: "An Owner that waits for a lock that it holds waits for itself, and for ever.",
		},
		{
			Name: "everybody-gets-a-turn", Aspect: grader.Deadlock, Points: 5, Contract: 4, Run: everybodyGetsATurn, Clock: suite.Adversarial,
			Why: "If the lock is free and somebody sleeps for it, nobody will ever wake them.",
		},
		{
			Name: "whole-party-comes-in", Aspect: grader.Deadlock, Points: 5, Contract: 9, Run: wholePartyComesIn, Clock: suite.Adversarial,
			Why: "Two goroutines that share an Owner may wait for each other with the lock held, so none may be left outside.",
		},
		{
			Name: "nobody-left-behind", Aspect: grader.Leak, Points: 5, Contract: 11, Run: nobodyLeftBehind, Clock: suite.Adversarial,
			Why: "A Lock cannot be closed, so a goroutine of its own would stay for as long as the program runs.",
		},
		{
			Name: "foreign-unlock", Aspect: grader.Panic, Points: 4, Contract: 6, Run: foreignUnlock,
			Why: "An Unlock without a Lock is a mistake in the program, and is best found where it was made.",
		},
		{
			Name: "one-of-two-unlocks", Aspect: grader.Panic, Points: 4, Contract: 6, Run: oneOfTwoUnlocks, Clock: suite.Adversarial,
			Why: "Two goroutines with one Owner may both think that the last Unlock is theirs, and one of them is wrong.",
		},
		{
			Name: "with-unlocks-on-panic", Aspect: grader.Panic, Points: 4, Contract: 7, Run: withUnlocksOnPanic, Clock: suite.Adversarial,
			Why: "A panic that somebody recovers further up must not leave the lock behind, held for ever.",
		},
	},
}
