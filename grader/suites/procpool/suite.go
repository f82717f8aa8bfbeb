// Package procpool is the hidden suite of the exercise procpool.
package procpool

import (
	"example.com/gokata/grader"
	"example.com/gokata/grader/suite"
	"example.com/gokata/grader/suite/child"
)

// Suite checks submissions to the exercise procpool. The numbers under Contract
// are those of the promises in its statement.
var Suite = suite.Suite{
	Exercise: "procpool",
	Cases: []suite.Case{
		{
			Name: "answers-are-results", Aspect: grader.Result, Points: 5, Contract: 2, Real: true, Run: child.Case(answersAreResults),
			Why: "The answer of the worker, and nothing else, is what the caller has asked for.",
		},
		{
			Name: "long-lines", Aspect: grader.Result, Points: 3, Contract: 1, Real: true, Run: child.Case(longLines),
			Why: "A line has no greatest length: a task may be a whole document.",
		},
		{
			Name: "one-line-each", Aspect: grader.Result, Points: 2, Contract: 2, Real: true, Run: child.Case(oneLineEach),
			Why: "A line break within a task would make two tasks of it, and give the answer of one to the next caller.",
		},
		{
			Name: "map-with-failures", Aspect: grader.Result, Points: 4, Contract: 3, Real: true, Run: child.Case(mapWithFailures),
			Why: "Whoever maps a list wants to know which items have failed, and to get the results of the others all the same.",
		},
		{
			Name: "first-come-first-served", Aspect: grader.Order, Points: 4, Contract: 6, Real: true, Run: child.Case(firstComeFirstServed),
			Why: "Who comes first is served first.",
		},
		{
			Name: "map-in-order", Aspect: grader.Order, Points: 4, Contract: 3, Real: true, Run: child.Case(mapInOrder),
			Why: "Which of the tasks ends first is a matter of chance, and the results must not be.",
		},
		{
			Name: "each-its-own", Aspect: grader.Race, Points: 6, Contract: 14, Real: true, Run: child.Case(eachItsOwn),
			Why: "A pool is shared by everybody in the program, and each wants the answer to the own question.",
		},
		{
			Name: "join-waits-for-the-line", Aspect: grader.Join, Points: 3, Contract: 11, Real: true, Run: child.Case(joinWaitsForTheLine),
			Why: "Whoever joins a pool goes on to use what all of its tasks have done, also those that had not begun.",
		},
		{
			Name: "join-waits-for-workers", Aspect: grader.Join, Points: 3, Contract: 11, Real: true, Run: child.Case(joinWaitsForWorkers),
			Why: "A worker may have files to write before it ends.",
		},
		{
			Name: "join-before-close", Aspect: grader.Join, Points: 2, Contract: 11, Real: true, Run: child.Case(joinBeforeClose),
			Why: "An open pool never comes to its end, so waiting for that would be a mistake.",
		},
		{
			Name: "many-joins", Aspect: grader.Join, Points: 2, Contract: 11, Real: true, Run: child.Case(manyJoins),
			Why: "The end of a pool concerns everybody who waits for it.",
		},
		{
			Name: "task-at-close", Aspect: grader.Join, Points: 2, Contract: 11, Real: true, Run: child.Case(taskAtClose),
			Why: "A task that comes at the moment of Close is let in or refused. Let in after all have gone home, it is carried out behind everybody's back.",
		},
		{
			Name: "fifth-task-waits", Aspect: grader.Limit, Points: 5, Contract: 4, Real: true, Run: child.Case(fifthTaskWaits),
			Why: "With four workers, the fifth task waits until one of them is free.",
		},
		{
			Name: "one-task-at-a-time", Aspect: grader.Limit, Points: 2, Contract: 1, Real: true, Run: child.Case(oneTaskAtATime),
			Why: "A task that is given to a busy worker waits there, even when another worker is free, and is lost if that one crashes.",
		},
		{
			Name: "workers-are-reused", Aspect: grader.Limit, Points: 4, Contract: 5, Real: true, Run: child.Case(workersAreReused),
			Why: "To start a process for each task is what a pool is there to save.",
		},
		{
			Name: "replaced-when-gone", Aspect: grader.Limit, Points: 3, Contract: 7, Real: true, Run: child.Case(replacedWhenGone),
			Why: "A worker that is of no more use still has its memory until it has ended.",
		},
		{
			Name: "size-zero", Aspect: grader.Limit, Points: 2, Contract: 4, Real: true, Run: child.Case(sizeZero),
			Why: "As many workers as there are processors is what most programs want.",
		},
		{
			Name: "no-task-no-process", Aspect: grader.Limit, Points: 2, Contract: 5, Real: true, Run: child.Case(noTaskNoProcess),
			Why: "A process costs memory and time, also when there is nothing to do for it.",
		},
		{
			Name: "side-by-side", Aspect: grader.Parallel, Points: 5, Contract: 4, Real: true, Run: child.Case(sideBySide),
			Why: "Processes are there to work at the same time.",
		},
		{
			Name: "nobody-waits-for-a-worker", Aspect: grader.Deadlock, Points: 4, Contract: 14, Real: true, Run: child.Case(nobodyWaitsForAWorker),
			Why: "While workers are busy for hours, others hand in tasks, give up, or close the pool.",
		},
		{
			Name: "terminate-while-writing", Aspect: grader.Deadlock, Points: 4, Contract: 12, Real: true, Run: child.Case(terminateWhileWriting),
			Why: "A worker that no longer reads is just what one wants to terminate.",
		},
		{
			Name: "idle-worker-ends", Aspect: grader.Leak, Points: 2, Contract: 8, Real: true, Run: child.Case(idleWorkerEnds),
			Why: "A process that has ended keeps its place in the table of processes until somebody waits for it.",
		},
		{
			Name: "all-end-at-once", Aspect: grader.Leak, Points: 2, Contract: 8, Real: true, Run: child.Case(allEndAtOnce),
			Why: "Workers often end together, for what ended one of them reaches the others too.",
		},
		{
			Name: "nothing-left-behind", Aspect: grader.Leak, Points: 3, Contract: 15, Real: true, Run: child.Case(nothingLeftBehind),
			Why: "A service that makes pools for months must not keep a process, a goroutine or a descriptor for each.",
		},
		{
			Name: "get-gives-up", Aspect: grader.Cancel, Points: 2, Contract: 13, Real: true, Run: child.Case(getGivesUp),
			Why: "Who waits no longer must not be kept, and must not disturb those who still wait.",
		},
		{
			Name: "closed-is-closed", Aspect: grader.Cancel, Points: 2, Contract: 10, Real: true, Run: child.Case(closedIsClosed),
			Why: "Close ends what comes in, not what is in already.",
		},
		{
			Name: "terminate", Aspect: grader.Cancel, Points: 3, Contract: 12, Real: true, Run: child.Case(terminate),
			Why: "Who terminates a pool wants no process of it afterwards, and nobody who waits for ever.",
		},
		{
			Name: "terminate-while-starting", Aspect: grader.Cancel, Points: 2, Contract: 12, Real: true, Run: child.Case(terminateWhileStarting),
			Why: "A process that starts a moment after all have been killed would run for ever.",
		},
		{
			Name: "crash-at-terminate", Aspect: grader.Cancel, Points: 2, Contract: 12, Real: true, Run: child.Case(crashAtTerminate),
			Why: "Pools are terminated when things go wrong, and then workers end on their own, too.",
		},
		{
			Name: "crash-fails-its-task", Aspect: grader.Panic, Points: 3, Contract: 7, Real: true, Run: child.Case(crashFailsItsTask),
			Why: "A task may have been half done when its worker crashed, so only the caller can know whether to try again.",
		},
		{
			Name: "others-go-on", Aspect: grader.Panic, Points: 2, Contract: 7, Real: true, Run: child.Case(othersGoOn),
			Why: "That the crash of one does not concern the others is why one takes processes.",
		},
		{
			Name: "last-words", Aspect: grader.Panic, Points: 2, Contract: 7, Real: true, Run: child.Case(lastWords),
			Why: "What a worker has answered is done, whatever happens to it afterwards.",
		},
		{
			Name: "cannot-start", Aspect: grader.Panic, Points: 4, Contract: 9, Real: true, Run: child.Case(cannotStart),
			Why: "A program that is missing is an error that somebody has to see, and no reason to wait.",
		},
	},
}
