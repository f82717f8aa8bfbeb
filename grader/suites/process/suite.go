// Package process is the hidden suite of the exercise process.
package process

import (
	"example.com/gokata/grader"
	"example.com/gokata/grader/suite"
	"example.com/gokata/grader/suite/child"
)

// Suite checks submissions to the exercise process. The numbers under Contract
// are those of the promises in its statement.
var Suite = suite.Suite{
	Exercise: "process",
	Cases: []suite.Case{
		{
			Name: "start-and-join", Aspect: grader.Result, Points: 5, Contract: 1, Real: true, Run: child.Case(startAndJoin),
			Why: "A process has the command that it was given, the name that it was given, and a number of its own.",
		},
		{
			Name: "exit-codes", Aspect: grader.Result, Points: 7, Contract: 6, Real: true, Run: child.Case(exitCodes),
			Why: "Whether a process has done its work is told by its exit status alone.",
		},
		{
			Name: "started-once", Aspect: grader.Result, Points: 4, Contract: 2, Real: true, Run: child.Case(startedOnce),
			Why: "A process has one beginning and one end; who wants the work done again makes a new one.",
		},
		{
			Name: "start-fails", Aspect: grader.Result, Points: 4, Contract: 2, Real: true, Run: child.Case(startFails),
			Why: "There may be no such command, and then there is nothing to wait for.",
		},
		{
			Name: "join-waits", Aspect: grader.Join, Points: 7, Contract: 3, Real: true, Run: child.Case(joinWaits),
			Why: "Whoever joins a process goes on to use what it has done, so it must be over.",
		},
		{
			Name: "many-joins", Aspect: grader.Join, Points: 6, Contract: 3, Real: true, Run: child.Case(manyJoins),
			Why: "The operating system tells the end of a process once, and everybody who waits wants to know.",
		},
		{
			Name: "output-arrives", Aspect: grader.Join, Points: 4, Contract: 3, Real: true, Run: child.Case(outputArrives),
			Why: "What a process has printed last is on its way for a moment longer than the process lives.",
		},
		{
			Name: "join-with-timeout", Aspect: grader.Join, Points: 6, Contract: 4, Real: true, Run: child.Case(joinWithTimeout),
			Why: "Who waits no longer must leave the process, and those who still wait, in peace.",
		},
		{
			Name: "join-before-start", Aspect: grader.Join, Points: 3, Contract: 2, Real: true, Run: child.Case(joinBeforeStart),
			Why: "To wait for a process that nobody has started would be to wait for ever.",
		},
		{
			Name: "one-start-wins", Aspect: grader.Race, Points: 4, Contract: 2, Real: true, Run: child.Case(oneStartWins),
			Why: "If two both start a process, there are two of it, and only one is waited for.",
		},
		{
			Name: "one-decides", Aspect: grader.Race, Points: 2, Contract: 2, Run: oneDecides,
			Why: "Whether a process may still be started must be found out and settled in one step.",
		},
		{
			Name: "asked-from-all-sides", Aspect: grader.Race, Points: 6, Contract: 8, Real: true, Run: child.Case(askedFromAllSides),
			Why: "While some wait for a process, others ask how it is, and one ends it.",
		},
		{
			Name: "nobody-holds-the-lock", Aspect: grader.Deadlock, Points: 8, Contract: 8, Real: true, Run: child.Case(nobodyHoldsTheLock),
			Why: "Who waits for a process for hours must not keep others from ending it.",
		},
		{
			Name: "no-zombie", Aspect: grader.Leak, Points: 6, Contract: 7, Real: true, Run: child.Case(noZombie),
			Why: "A process that has ended keeps its place in the table of processes until somebody has asked how it ended.",
		},
		{
			Name: "nothing-left-behind", Aspect: grader.Leak, Points: 4, Contract: 7, Real: true, Run: child.Case(nothingLeftBehind),
			Why: "A service that starts processes for months must not keep a goroutine or a descriptor for each.",
		},
		{
			Name: "giving-up", Aspect: grader.Leak, Points: 4, Contract: 4, Real: true, Run: child.Case(givingUp),
			Why: "Who looks once a second whether a process has ended must not leave a goroutine behind each time.",
		},
		{
			Name: "terminate", Aspect: grader.Cancel, Points: 5, Contract: 5, Real: true, Run: child.Case(terminate),
			Why: "SIGTERM asks a process to end, and leaves it the time to tidy up.",
		},
		{
			Name: "kill", Aspect: grader.Cancel, Points: 5, Contract: 5, Real: true, Run: child.Case(kill),
			Why: "A process that ignores SIGTERM must be ended all the same.",
		},
		{
			Name: "no-signal-after-the-end", Aspect: grader.Cancel, Points: 4, Contract: 5, Real: true, Run: child.Case(noSignalAfterTheEnd),
			Why: "When a process has ended, its number may be given to another one, which nobody wants to hit.",
		},
		{
			Name: "side-by-side", Aspect: grader.Parallel, Points: 6, Contract: 1, Real: true, Run: child.Case(sideBySide),
			Why: "Four processes of two seconds each take two seconds, not eight.",
		},
	},
}
