// Package masterworker is the hidden suite of the exercise masterworker.
package masterworker

import (
	"example.com/gokata/grader"
	"example.com/gokata/grader/suite"
)

// Suite checks submissions to the exercise masterworker. The numbers under
// Contract are those of the promises in its statement.
var Suite = suite.Suite{
	Exercise: "masterworker",
	Cases: []suite.Case{
		{
			Name: "every-task-once", Aspect: grader.Result, Points: 3, Contract: 3, Run: everyTaskOnce, Clock: suite.Adversarial,
			Why: "Whoever hands in five tasks wants five results, however many workers there are.",
		},
		{
			Name: "tries-and-errors", Aspect: grader.Result, Points: 4, Contract: 5, Run: triesAndErrors, Clock: suite.Adversarial,
			Why: "A try too few gives up a task that would have succeeded; a try too many is one that nobody has paid for.",
		},
		{
			Name: "all-merged-is-nil", Aspect: grader.Result, Points: 3, Contract: 9, Run: allMergedIsNil, Clock: suite.Adversarial,
			Why: "Nil says that everything is there, and an error that something is missing.",
		},
		{
			Name: "merged-in-order", Aspect: grader.Order, Points: 5, Contract: 3, Run: mergedInOrder, Clock: suite.Adversarial,
			Why: "The pages of a book have to be put together in their order, whoever was the fastest to write.",
		},
		{
			Name: "merged-at-once", Aspect: grader.Order, Points: 5, Contract: 3, Run: mergedAtOnce,
			Why: "Whoever reads the first results need not wait for the last.",
		},
		{
			Name: "begun-in-order", Aspect: grader.Order, Points: 4, Contract: 2, Run: begunInOrder, Clock: suite.Adversarial,
			Why: "What is merged first has to be begun first.",
		},
		{
			Name: "never-too-many-workers", Aspect: grader.Limit, Points: 6, Contract: 1, Run: neverTooManyWorkers, Clock: suite.Adversarial,
			Why: "The number of workers protects what they use: a disk, a database, somebody else's server.",
		},
		{
			Name: "never-too-many-outstanding", Aspect: grader.Limit, Points: 6, Contract: 4, Run: neverTooManyOutstanding, Clock: suite.Adversarial,
			Why: "Results that wait for a slow task take up memory, and without a limit all of it.",
		},
		{
			Name: "workers-side-by-side", Aspect: grader.Parallel, Points: 4, Contract: 1, Run: workersSideBySide, Clock: suite.Adversarial,
			Why: "Three tasks that wait for each other only end if three workers run them at once.",
		},
		{
			Name: "no-worker-idle", Aspect: grader.Parallel, Points: 4, Contract: 1, Run: noWorkerIdle,
			Why: "A worker that is done takes the next task, and does not wait for the others to be done as well.",
		},
		{
			Name: "work-while-merging", Aspect: grader.Parallel, Points: 4, Contract: 3, Run: workWhileMerging, Clock: suite.Adversarial,
			Why: "While the master puts one result in its place, the workers need not stand around.",
		},
		{
			Name: "panic-fails-its-task", Aspect: grader.Panic, Points: 4, Contract: 6, Run: panicFailsItsTask, Clock: suite.Adversarial,
			Why: "One bad task among a thousand must not take the others with it.",
		},
		{
			Name: "workers-outlive-panics", Aspect: grader.Panic, Points: 4, Contract: 6, Run: workersOutlivePanics, Clock: suite.Adversarial,
			Why: "A master that loses a worker with every panic has none left in the end.",
		},
		{
			Name: "bad-config-panics", Aspect: grader.Panic, Points: 2, Contract: 11, Run: badConfigPanics,
			Why: "Without workers nothing would ever be done, and Run would wait for it.",
		},
		{
			Name: "late-result-is-none", Aspect: grader.Cancel, Points: 3, Contract: 7, Run: lateResultIsNone,
			Why: "Who sets a limit has a reason: what comes later is out of date.",
		},
		{
			Name: "limit-is-per-try", Aspect: grader.Cancel, Points: 3, Contract: 7, Run: limitIsPerTry,
			Why: "A try must not suffer from how long the one before it took, or how long it stood in line.",
		},
		{
			Name: "no-limit-no-timeout", Aspect: grader.Cancel, Points: 2, Contract: 7, Run: noLimitNoTimeout,
			Why: "Some work takes as long as it takes.",
		},
		{
			Name: "stops-on-cancel", Aspect: grader.Cancel, Points: 3, Contract: 9, Run: stopsOnCancel, Clock: suite.Adversarial,
			Why: "When nobody wants the results any more, there is no reason to begin with anything.",
		},
		{
			Name: "cancel-in-merge", Aspect: grader.Cancel, Points: 3, Contract: 9, Run: cancelInMerge, Clock: suite.Adversarial,
			Why: "Whoever has seen enough says so in merge, and does not want to see more.",
		},
		{
			Name: "done-from-the-start", Aspect: grader.Join, Points: 2, Contract: 9, Run: doneFromTheStart, Clock: suite.Adversarial,
			Why: "Whoever has been cancelled already must not begin with anything.",
		},
		{
			Name: "one-try-at-a-time", Aspect: grader.Join, Points: 3, Contract: 8, Run: oneTryAtATime,
			Why: "Two tries of one task at the same time get in each other's way: they write the same file.",
		},
		{
			Name: "waits-for-the-running", Aspect: grader.Join, Points: 3, Contract: 9, Run: waitsForTheRunning,
			Why: "Whoever gets the error goes on to tidy up, while a forgotten try is still writing.",
		},
		{
			Name: "running-are-told", Aspect: grader.Join, Points: 2, Contract: 9, Run: runningAreTold,
			Why: "A try that does not learn of the end goes on for nothing, and Run has to wait for it.",
		},
		{
			Name: "nobody-stuck", Aspect: grader.Deadlock, Points: 3, Contract: 5, Run: nobodyStuck, Clock: suite.Adversarial,
			Why: "A master that waits for a worker to take a task, and a worker that waits for the master to take a result, wait for ever.",
		},
		{
			Name: "cancel-whenever", Aspect: grader.Deadlock, Points: 3, Contract: 9, Run: cancelWhenever, Clock: suite.Adversarial,
			Why: "The context may end at any moment, also while a result is being handed over.",
		},
		{
			Name: "merge-sees-the-work", Aspect: grader.Race, Points: 6, Contract: 10, Run: mergeSeesTheWork, Clock: suite.Adversarial,
			Why: "What is merged was written by other goroutines.",
		},
		{
			Name: "nobody-left-behind", Aspect: grader.Leak, Points: 3, Contract: 9, Run: nobodyLeftBehind, Clock: suite.Adversarial,
			Why: "A worker that waits for tasks that never come waits for as long as the program runs.",
		},
		{
			Name: "too-late-is-over", Aspect: grader.Leak, Points: 3, Contract: 8, Run: tooLateIsOver,
			Why: "A try that takes too long is not gone just because nobody looks at it any more.",
		},
	},
}
