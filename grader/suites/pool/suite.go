// Package pool is the hidden suite of the exercise pool.
package pool

import (
	"example.com/gokata/grader"
	"example.com/gokata/grader/suite"
)

// Suite checks submissions to the exercise pool. The numbers under Contract
// are those of the promises in its statement.
var Suite = suite.Suite{
	Exercise: "pool",
	Cases: []suite.Case{
		{
			Name: "one-worker-in-order", Aspect: grader.Order, Points: 6, Contract: 2, Run: oneWorkerInOrder, Schedules: 100,
			Why: "First come, first served: no task may be overtaken by one that was submitted later.",
		},
		{
			Name: "fifth-task-waits", Aspect: grader.Order, Points: 6, Contract: 2, Run: fifthTaskWaits, Schedules: 100,
			Why: "Of five tasks of two seconds, four workers start four at once, and the fifth when the first worker comes free.",
		},
		{
			Name: "never-too-many", Aspect: grader.Limit, Points: 6, Contract: 1, Run: neverTooMany, Clock: suite.Adversarial,
			Why: "The number of workers protects what the tasks use: a database, a disk, somebody else's server.",
		},
		{
			Name: "zero-means-gomaxprocs", Aspect: grader.Limit, Points: 3, Contract: 1, Run: zeroMeansGOMAXPROCS, Schedules: 50,
			Why: "Tasks that compute want one worker per processor.",
		},
		{
			Name: "workers-are-reused", Aspect: grader.Limit, Points: 5, Contract: 10, Run: workersAreReused, Schedules: 50,
			Why: "A million tasks in line must not need a million goroutines.",
		},
		{
			Name: "all-workers-busy", Aspect: grader.Parallel, Points: 4, Contract: 1, Run: allWorkersBusy, Schedules: 100,
			Why: "Three tasks that wait for each other only end if three workers run them side by side.",
		},
		{
			Name: "busy-again", Aspect: grader.Parallel, Points: 3, Contract: 1, Run: busyAgain, Clock: suite.Adversarial, Schedules: 100,
			Why: "A worker that was woken for nothing has to go back to sleep, not home.",
		},
		{
			Name: "eight-seconds-in-two", Aspect: grader.Parallel, Points: 3, Contract: 1, Run: eightSecondsInTwo, Schedules: 50,
			Why: "Eight tasks of a second each take four workers two seconds.",
		},
		{
			Name: "join-waits-for-all", Aspect: grader.Join, Points: 4, Contract: 9, Run: joinWaitsForAll, Clock: suite.Adversarial, Schedules: 100,
			Why: "Whoever calls Join goes on to use what the tasks have done.",
		},
		{
			Name: "join-before-close", Aspect: grader.Join, Points: 3, Contract: 8, Run: joinBeforeClose, Schedules: 50,
			Why: "To wait for the end of a pool that still takes tasks would be to wait for ever.",
		},
		{
			Name: "many-joins", Aspect: grader.Join, Points: 3, Contract: 9, Run: manyJoins, Clock: suite.Adversarial, Schedules: 100,
			Why: "More than one goroutine may want to know when the work is done.",
		},
		{
			Name: "everybody-is-told", Aspect: grader.Join, Points: 4, Contract: 4, Run: everybodyIsTold, Clock: suite.Adversarial, Schedules: 100,
			Why: "A result is not used up by the first who asks for it.",
		},
		{
			Name: "results-are-visible", Aspect: grader.Race, Points: 6, Contract: 11, Run: resultsAreVisible, Clock: suite.Adversarial, Schedules: 100,
			Why: "Whoever has waited for a task may read what it wrote, without a lock.",
		},
		{
			Name: "everybody-at-once", Aspect: grader.Race, Points: 6, Contract: 11, Run: everybodyAtOnce, Clock: suite.Adversarial,
			Why: "A pool is there to be shared: its methods are called from everywhere.",
		},
		{
			Name: "submit-never-waits", Aspect: grader.Deadlock, Points: 5, Contract: 3, Run: submitNeverWaits,
			Schedules: 4, MaxSteps: 100_000,
			Why: "If Submit waited for room, a task that submits tasks could wait for itself.",
		},
		{
			Name: "idle-workers-wake", Aspect: grader.Deadlock, Points: 5, Contract: 9, Run: idleWorkersWake, Clock: suite.Adversarial,
			Why: "Join waits in vain for a worker that sleeps through Close, or for a task that nobody was woken for.",
		},
		{
			Name: "nobody-left-behind", Aspect: grader.Leak, Points: 4, Contract: 9, Run: nobodyLeftBehind, Clock: suite.Adversarial, Schedules: 100,
			Why: "A goroutine that never ends keeps its memory for as long as the program runs.",
		},
		{
			Name: "abandoned-waits", Aspect: grader.Leak, Points: 4, Contract: 5, Run: abandonedWaits, Schedules: 100,
			Why: "A caller who has given up must not leave a goroutine that waits on in their place.",
		},
		{
			Name: "wait-gives-up", Aspect: grader.Cancel, Points: 4, Contract: 5, Run: waitGivesUp, Schedules: 100,
			Why: "A caller decides how long to wait; the task must not suffer from it.",
		},
		{
			Name: "closed-is-closed", Aspect: grader.Cancel, Points: 4, Contract: 7, Run: closedIsClosed, Schedules: 100,
			Why: "Close means: what is in line still runs, and nothing is added.",
		},
		{
			Name: "close-during-submit", Aspect: grader.Cancel, Points: 4, Contract: 7, Run: closeDuringSubmit, Clock: suite.Adversarial,
			Why: "Whether a task just made it or just missed it, its caller has to be told the truth.",
		},
		{
			Name: "panic-has-its-future", Aspect: grader.Panic, Points: 4, Contract: 6, Run: panicHasItsFuture, Schedules: 50,
			Why: "A task that panics is the business of whoever submitted it, and of nobody else.",
		},
		{
			Name: "worker-outlives-panic", Aspect: grader.Panic, Points: 4, Contract: 6, Run: workerOutlivesPanic, Schedules: 100,
			Why: "A pool that loses a worker with every panic comes to a halt in the end.",
		},
	},
}
