// Package philosophers is the hidden suite of the exercise philosophers.
package philosophers

import (
	"example.com/gokata/grader"
	"example.com/gokata/grader/suite"
)

// Suite checks submissions to the exercise philosophers. The numbers under
// Contract are those of the promises in its statement.
var Suite = suite.Suite{
	Exercise: "philosophers",
	Cases: []suite.Case{
		{
			Name: "one-fork-one-hand", Aspect: grader.Limit, Points: 8, Contract: 1, Run: oneForkOneHand, Clock: suite.Adversarial,
			Why: "Between two neighbours lies one fork, and nobody eats with half a fork.",
		},
		{
			Name: "small-tables", Aspect: grader.Limit, Points: 8, Contract: 1, Run: smallTables, Clock: suite.Adversarial,
			Why: "At a table for two or three everybody is everybody's neighbour.",
		},
		{
			Name: "over-when-eat-returns", Aspect: grader.Join, Points: 6, Contract: 2, Run: overWhenEatReturns,
			Why: "Who gets up from the table has eaten, once, and has put down the forks.",
		},
		{
			Name: "all-hungry-at-once", Aspect: grader.Deadlock, Points: 8, Contract: 3, Run: allHungryAtOnce, Clock: suite.Adversarial,
			Why: "Everybody takes the left fork and waits for the right one: all of them starve.",
		},
		{
			Name: "two-at-the-table", Aspect: grader.Deadlock, Points: 7, Contract: 3, Run: twoAtTheTable, Clock: suite.Adversarial,
			Why: "Two philosophers and two forks are enough for a deadlock.",
		},
		{
			Name: "nobody-is-forgotten", Aspect: grader.Deadlock, Points: 7, Contract: 3, Run: nobodyIsForgotten, Clock: suite.Adversarial,
			Why: "A philosopher puts down two forks, and somebody may be waiting for each of them.",
		},
		{
			Name: "between-two-gluttons", Aspect: grader.Fairness, Points: 8, Contract: 4, Run: betweenTwoGluttons,
			Why: "If one of the neighbours is always eating, the two forks are never free at the same time, unless somebody sees to it.",
		},
		{
			Name: "next-to-a-glutton", Aspect: grader.Fairness, Points: 4, Contract: 4, Run: nextToAGlutton,
			Why: "Who puts down a fork is the first who could take it again, and must not.",
		},
		{
			Name: "everybody-always-hungry", Aspect: grader.Fairness, Points: 4, Contract: 4, Run: everybodyAlwaysHungry, Schedules: 60,
			Why: "A philosopher who thinks of nothing but eating is still entitled to no more than the others.",
		},
		{
			Name: "as-many-as-fit", Aspect: grader.Parallel, Points: 6, Contract: 5, Run: asManyAsFit, Clock: suite.Adversarial,
			Why: "If only one of them could eat at a time, one fork would do for the whole table.",
		},
		{
			Name: "strangers-do-not-wait", Aspect: grader.Parallel, Points: 5, Contract: 5, Run: strangersDoNotWait,
			Why: "Who has both forks in front of them need not care who waits at the other end of the table.",
		},
		{
			Name: "no-time-is-lost", Aspect: grader.Parallel, Points: 4, Contract: 6, Run: noTimeIsLost,
			Why: "Who looks again and again whether the fork is there has no time to think, and comes too late.",
		},
		{
			Name: "another-table", Aspect: grader.Parallel, Points: 3, Contract: 9, Run: anotherTable, Clock: suite.Adversarial,
			Why: "The forks of one table are of no use at another.",
		},
		{
			Name: "what-the-neighbour-wrote", Aspect: grader.Race, Points: 6, Contract: 10, Run: whatTheNeighbourWrote, Clock: suite.Adversarial,
			Why: "Who has a fork has what lies beside it, and needs no other lock for that.",
		},
		{
			Name: "forks-are-put-down", Aspect: grader.Panic, Points: 6, Contract: 7, Run: forksArePutDown,
			Why: "Who chokes on a meal must not keep the forks, or the neighbours starve too.",
		},
		{
			Name: "not-at-this-table", Aspect: grader.Panic, Points: 4, Contract: 8, Run: notAtThisTable,
			Why: "A number that nobody has is a mistake of the caller, who should hear of it at once.",
		},
		{
			Name: "nobody-left-behind", Aspect: grader.Leak, Points: 6, Contract: 11, Run: nobodyLeftBehind, Clock: suite.Adversarial,
			Why: "A table cannot be closed, so a goroutine that it keeps stays for as long as the program runs.",
		},
	},
}
