// Package deadlock is the hidden suite of the exercise deadlock.
package deadlock

import (
	"example.com/gokata/grader"
	"example.com/gokata/grader/suite"
)

// torn are the strategies that soonest interrupt somebody who reads several
// balances, at one point in the middle, for long enough.
var torn = []suite.Strategy{suite.PCT2, suite.Random, suite.PCT3}

// Suite checks submissions to the exercise deadlock. The numbers under Contract
// are those of the promises in its statement.
var Suite = suite.Suite{
	Exercise: "deadlock",
	Cases: []suite.Case{
		{
			Name: "moves-the-money", Aspect: grader.Result, Points: 4, Contract: 1, Run: movesTheMoney,
			Why: "What leaves one account must arrive in the other, and nowhere else.",
		},
		{
			Name: "no-transfer-is-lost", Aspect: grader.Result, Points: 5, Contract: 1, Run: noTransferIsLost, Clock: suite.Adversarial,
			Why: "Money that is gone because two people paid at the same moment is gone for good.",
		},
		{
			Name: "not-enough-money", Aspect: grader.Result, Points: 4, Contract: 2, Run: notEnoughMoney,
			Why: "Who has too little must be told so, and must not lose what there is.",
		},
		{
			Name: "decided-at-its-turn", Aspect: grader.Result, Points: 3, Contract: 2, Run: decidedAtItsTurn, Clock: suite.Adversarial,
			Why: "While a transfer waits for an account, the balance changes, so what it was before says nothing.",
		},
		{
			Name: "less-than-one", Aspect: grader.Result, Points: 3, Contract: 3, Run: lessThanOne,
			Why: "To give somebody -30 is to take 30 from them.",
		},
		{
			Name: "yes-or-no", Aspect: grader.Result, Points: 4, Contract: 4, Run: yesOrNo,
			Why: "Who is asked has the last word, and is asked once.",
		},
		{
			Name: "total-is-one-instant", Aspect: grader.Result, Points: 5, Contract: 6, Run: totalIsOneInstant, Clock: suite.Adversarial, Strategies: torn,
			Why: "An audit that finds too little or too much, although nothing is missing, is of no use.",
		},
		{
			Name: "never-on-its-way", Aspect: grader.Result, Points: 3, Contract: 6, Run: neverOnItsWay, Clock: suite.Adversarial, Strategies: torn,
			Why: "If somebody could see the money in neither account, they would report a theft.",
		},
		{
			Name: "each-account-counts-once", Aspect: grader.Result, Points: 2, Contract: 6, Run: eachAccountCountsOnce,
			Why: "To name an account twice does not make anybody richer.",
		},
		{
			Name: "to-oneself", Aspect: grader.Result, Points: 3, Contract: 8, Run: toOneself,
			Why: "Nobody gets richer by paying themselves, and nobody may pay with money that they do not have.",
		},
		{
			Name: "never-below-zero", Aspect: grader.Limit, Points: 6, Contract: 2, Run: neverBelowZero, Clock: suite.Adversarial,
			Why: "Two who each find enough for themselves may together take more than there is.",
		},
		{
			Name: "one-approval-for-an-account", Aspect: grader.Limit, Points: 5, Contract: 5, Run: oneApprovalForAnAccount, Clock: suite.Adversarial,
			Why: "Who approves a transfer decides by the balance, so no other transfer may be under way for the same account.",
		},
		{
			Name: "held-until-approved", Aspect: grader.Limit, Points: 4, Contract: 5, Run: heldUntilApproved, Clock: suite.Adversarial,
			Why: "An answer is right only as long as nothing changes that the question was about.",
		},
		{
			Name: "opposite-directions", Aspect: grader.Deadlock, Points: 4, Contract: 7, Run: oppositeDirections, Clock: suite.Adversarial,
			Why: "Two threads and two locks: each has one and waits for the other one.",
		},
		{
			Name: "in-a-circle", Aspect: grader.Deadlock, Points: 3, Contract: 7, Run: inACircle, Clock: suite.Adversarial,
			Why: "Three who each wait for the next one wait for ever, although no two of them wait for each other.",
		},
		{
			Name: "one-owner-many-accounts", Aspect: grader.Deadlock, Points: 3, Contract: 7, Run: oneOwnerManyAccounts, Clock: suite.Adversarial,
			Why: "An order with a tie is no order: nobody says who comes first of two that are equal.",
		},
		{
			Name: "opened-at-once", Aspect: grader.Deadlock, Points: 3, Contract: 7, Run: openedAtOnce, Clock: suite.Adversarial,
			Why: "Two accounts that are opened at the same moment must not look the same to whoever puts them in order.",
		},
		{
			Name: "total-in-any-order", Aspect: grader.Deadlock, Points: 4, Contract: 7, Run: totalInAnyOrder, Clock: suite.Adversarial,
			Why: "Whoever reads several accounts at one instant needs several locks too, and may close the circle.",
		},
		{
			Name: "goes-on-after-failure", Aspect: grader.Deadlock, Points: 2, Contract: 7, Run: goesOnAfterFailure,
			Why: "An account that is not given back when a transfer fails is lost to everybody.",
		},
		{
			Name: "does-not-wait-for-itself", Aspect: grader.Deadlock, Points: 2, Contract: 8, Run: doesNotWaitForItself, Clock: suite.Adversarial,
			Why: "If both accounts are the same, there is only one to take.",
		},
		{
			Name: "side-by-side", Aspect: grader.Parallel, Points: 3, Contract: 9, Run: sideBySide, Clock: suite.Adversarial,
			Why: "A bank that works on one transfer at a time has long queues.",
		},
		{
			Name: "waits-only-for-its-own", Aspect: grader.Parallel, Points: 3, Contract: 9, Run: waitsOnlyForItsOwn,
			Why: "A phone that nobody answers must not stop those who have nothing to do with it.",
		},
		{
			Name: "no-time-is-lost", Aspect: grader.Parallel, Points: 3, Contract: 10, Run: noTimeIsLost,
			Why: "Who asks again and again wastes a processor while waiting, and is late when it matters.",
		},
		{
			Name: "wakes-the-right-one", Aspect: grader.Parallel, Points: 2, Contract: 10, Run: wakesTheRightOne,
			Why: "Who is woken for an account that is not theirs goes back to sleep, and the one for whom it is free sleeps on.",
		},
		{
			Name: "what-approve-wrote", Aspect: grader.Race, Points: 3, Contract: 5, Run: whatApproveWrote, Clock: suite.Adversarial,
			Why: "Whoever holds an account may write into its books without another lock.",
		},
		{
			Name: "everybody-at-once", Aspect: grader.Race, Points: 3, Contract: 11, Run: everybodyAtOnce, Clock: suite.Adversarial,
			Why: "Accounts are shared by their nature: they are opened, read and used from everywhere.",
		},
		{
			Name: "panic-gives-back", Aspect: grader.Panic, Points: 6, Contract: 4, Run: panicGivesBack,
			Why: "A transfer that breaks off must leave no trace, but the panic must not be hidden either.",
		},
		{
			Name: "nobody-left-behind", Aspect: grader.Leak, Points: 5, Contract: 12, Run: nobodyLeftBehind, Clock: suite.Adversarial,
			Why: "An account cannot be closed, so a goroutine that it keeps stays for as long as the program runs.",
		},
	},
}
