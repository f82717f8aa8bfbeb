// Package semaphore is the hidden suite of the exercise semaphore.
package semaphore

import (
	"example.com/gokata/grader"
	"example.com/gokata/grader/suite"
)

// Suite checks submissions to the exercise semaphore. The numbers under Contract
// are those of the promises in its statement.
var Suite = suite.Suite{
	Exercise: "semaphore",
	Cases: []suite.Case{
		{
			Name: "never-too-many-units", Aspect: grader.Limit, Points: 6, Contract: 1, Run: neverTooManyUnits, Clock: suite.Adversarial,
			Why: "The capacity protects something that has no more to give: memory, connections, seats.",
		},
		{
			Name: "giving-up-adds-no-units", Aspect: grader.Limit, Points: 6, Contract: 6, Run: givingUpAddsNoUnits, Clock: suite.Adversarial,
			Why: "Who got nothing has nothing to give back.",
		},
		{
			Name: "first-come-first-served", Aspect: grader.Order, Points: 6, Contract: 3, Run: firstComeFirstServed, Clock: suite.Adversarial,
			Why: "A line is fair only if nobody in it is overtaken.",
		},
		{
			Name: "line-without-the-one-who-left", Aspect: grader.Order, Points: 6, Contract: 6, Run: lineWithoutTheOneWhoLeft, Clock: suite.Adversarial,
			Why: "Who leaves the line must not change the order of those who stay.",
		},
		{
			Name: "newcomer-goes-to-the-end", Aspect: grader.Fairness, Points: 5, Contract: 3, Run: newcomerGoesToTheEnd, Clock: suite.Adversarial,
			Why: "If small requests could slip past a large one, there might never be enough room for the large one.",
		},
		{
			Name: "small-waits-behind-large", Aspect: grader.Fairness, Points: 5, Contract: 3, Run: smallWaitsBehindLarge, Clock: suite.Adversarial,
			Why: "Units that come back are saved up for who is first in the line, until there are enough.",
		},
		{
			Name: "as-many-as-fit", Aspect: grader.Parallel, Points: 4, Contract: 2, Run: asManyAsFit, Clock: suite.Adversarial,
			Why: "A semaphore that lets in fewer than it could is only a slow lock.",
		},
		{
			Name: "no-time-is-lost", Aspect: grader.Parallel, Points: 4, Contract: 4, Run: noTimeIsLost,
			Why: "Six jobs, two at a time, take as long as three jobs in a row, and not a moment longer.",
		},
		{
			Name: "yes-or-no-at-once", Aspect: grader.Result, Points: 3, Contract: 5, Run: yesOrNoAtOnce,
			Why: "Who tries wants to know at once, so as to do something else in the meantime.",
		},
		{
			Name: "no-only-for-a-reason", Aspect: grader.Result, Points: 3, Contract: 5, Run: noOnlyForAReason, Clock: suite.Adversarial,
			Why: "A caller who is told no goes away, although there was room.",
		},
		{
			Name: "more-than-there-is", Aspect: grader.Result, Points: 3, Contract: 8, Run: moreThanThereIs,
			Why: "A request that can never be met would wait for ever, and everybody behind it too.",
		},
		{
			Name: "units-are-all-alike", Aspect: grader.Result, Points: 3, Contract: 4, Run: unitsAreAllAlike, Clock: suite.Adversarial,
			Why: "One goroutine may take the units, others may give them back, bit by bit.",
		},
		{
			Name: "gives-up-in-time", Aspect: grader.Cancel, Points: 4, Contract: 6, Run: givesUpInTime,
			Why: "The caller decides how long to wait.",
		},
		{
			Name: "done-from-the-start", Aspect: grader.Cancel, Points: 4, Contract: 6, Run: doneFromTheStart,
			Why: "Nobody is there any more to use the units, or to give them back.",
		},
		{
			Name: "nothing-taken-on-error", Aspect: grader.Cancel, Points: 4, Contract: 6, Run: nothingTakenOnError, Clock: suite.Adversarial,
			Why: "Whoever gets an error will not call Release, so units taken along with it are lost for ever.",
		},
		{
			Name: "all-or-nothing", Aspect: grader.Deadlock, Points: 4, Contract: 1, Run: allOrNothing, Clock: suite.Adversarial,
			Why: "Two who each hold half of what they need, and wait for the other half, wait for ever.",
		},
		{
			Name: "nobody-is-forgotten", Aspect: grader.Deadlock, Points: 4, Contract: 4, Run: nobodyIsForgotten, Clock: suite.Adversarial,
			Why: "Units came back, but somebody whom they were enough for sleeps on.",
		},
		{
			Name: "next-one-moves-up", Aspect: grader.Deadlock, Points: 4, Contract: 7, Run: nextOneMovesUp, Clock: suite.Adversarial,
			Why: "When the one who held up the line has left, there may be room for those behind.",
		},
		{
			Name: "what-came-before-release", Aspect: grader.Race, Points: 4, Contract: 10, Run: whatCameBeforeRelease, Clock: suite.Adversarial,
			Why: "A semaphore of one unit is a lock, and what it guards needs no other.",
		},
		{
			Name: "everybody-at-once", Aspect: grader.Race, Points: 4, Contract: 10, Run: everybodyAtOnce, Clock: suite.Adversarial,
			Why: "A semaphore is there to be shared: its methods are called from everywhere.",
		},
		{
			Name: "nobody-left-behind", Aspect: grader.Leak, Points: 6, Contract: 11, Run: nobodyLeftBehind,
			Why: "A Semaphore cannot be closed, so a goroutine that it keeps stays for as long as the program runs.",
		},
		{
			Name: "released-too-often", Aspect: grader.Panic, Points: 3, Contract: 9, Run: releasedTooOften,
			Why: "A unit released twice lets one too many in, and nobody would ever find out why.",
		},
		{
			Name: "released-twice-at-once", Aspect: grader.Panic, Points: 2, Contract: 9, Run: releasedTwiceAtOnce, Clock: suite.Adversarial,
			Why: "When two goroutines release the same units, one of them is wrong, and has to be told.",
		},
		{
			Name: "less-than-one-unit", Aspect: grader.Panic, Points: 3, Contract: 9, Run: lessThanOneUnit,
			Why: "To acquire -1 units would be to add one.",
		},
	},
}
