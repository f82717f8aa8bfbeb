// Package fork is the hidden suite of the exercise fork.
package fork

import (
	"example.com/gokata/grader"
	"example.com/gokata/grader/suite"
)

// Suite checks submissions to the exercise fork. The numbers under Contract are
// those of the promises in its statement.
var Suite = suite.Suite{
	Exercise: "fork",
	Main:     begins,
	Cases: []suite.Case{
		{
			Name: "init-in-the-parent", Aspect: grader.Result, Points: 3, Contract: 2, Real: true, Run: scene(initInTheParent),
			Why: "A program that somebody has started from a shell is nobody's fork, and does its own work.",
		},
		{
			Name: "init-in-the-child", Aspect: grader.Result, Points: 6, Contract: 3, Real: true, Run: scene(initInTheChild),
			Why: "The same program runs twice, and each of the two has to know which one it is.",
		},
		{
			Name: "parent-and-child", Aspect: grader.Result, Points: 6, Contract: 4, Real: true, Run: scene(parentAndChild),
			Why: "Parent and child know each other by their numbers, and nobody stands between them.",
		},
		{
			Name: "this-very-program", Aspect: grader.Result, Points: 3, Contract: 4, Real: true, Run: scene(thisVeryProgram),
			Why: "The first argument is what somebody called the program, and need not lead to it.",
		},
		{
			Name: "a-memory-of-its-own", Aspect: grader.Result, Points: 5, Contract: 5, Real: true, Run: scene(aMemoryOfItsOwn),
			Why: "Whoever wants a variable to be shared takes a goroutine; a process is for what must not be.",
		},
		{
			Name: "unknown-name", Aspect: grader.Result, Points: 3, Contract: 6, Real: true, Run: scene(unknownName),
			Why: "A mistyped name is noticed where it stands, and not by a child that nobody hears.",
		},
		{
			Name: "environment", Aspect: grader.Result, Points: 4, Contract: 7, Real: true, Run: scene(environment),
			Why: "A child without PATH, HOME, and what else the parent was told, is no copy of the parent.",
		},
		{
			Name: "parent-unchanged", Aspect: grader.Result, Points: 3, Contract: 7, Real: true, Run: scene(parentUnchanged),
			Why: "Other goroutines read the environment and start commands of their own at the very same moment.",
		},
		{
			Name: "no-heirs", Aspect: grader.Result, Points: 6, Contract: 8, Real: true, Run: scene(noHeirs),
			Why: "If the mark that makes a child is inherited, each child starts another one, until the machine stands still.",
		},
		{
			Name: "files", Aspect: grader.Result, Points: 4, Contract: 9, Real: true, Run: scene(files),
			Why: "With memory not shared, the standard files are how the two speak.",
		},
		{
			Name: "exit-status", Aspect: grader.Result, Points: 3, Contract: 10, Real: true, Run: scene(exitStatus),
			Why: "Whether a child has done its work is told by its exit status alone.",
		},
		{
			Name: "register-panics", Aspect: grader.Panic, Points: 3, Contract: 1, Real: true, Run: scene(registerPanics),
			Why: "Two functions of one name are a mistake in the program, which nobody notices later.",
		},
		{
			Name: "not-registered-in-the-child", Aspect: grader.Panic, Points: 4, Contract: 3, Real: true, Run: scene(notRegisteredInTheChild),
			Why: "A child that goes on as if it were the parent starts a child, which does the same.",
		},
		{
			Name: "function-panics", Aspect: grader.Panic, Points: 3, Contract: 3, Real: true, Run: scene(functionPanics),
			Why: "The parent learns of the end of its child by the status, and one that has crashed has not succeeded.",
		},
		{
			Name: "one-registers", Aspect: grader.Race, Points: 4, Contract: 1, Run: oneRegisters,
			Why: "Whether a name is free must be found out and settled in one step.",
		},
		{
			Name: "from-all-sides", Aspect: grader.Race, Points: 4, Contract: 13, Real: true, Run: scene(fromAllSides),
			Why: "A server starts children from many goroutines, and several wait for the same one.",
		},
		{
			Name: "wait-waits", Aspect: grader.Join, Points: 4, Contract: 10, Real: true, Run: scene(waitWaits),
			Why: "Whoever waits for a child goes on to use what it has done, so it must be over.",
		},
		{
			Name: "many-waits", Aspect: grader.Join, Points: 3, Contract: 10, Real: true, Run: scene(manyWaits),
			Why: "The operating system tells the end of a process once, and everybody who waits wants to know.",
		},
		{
			Name: "output-arrives", Aspect: grader.Join, Points: 3, Contract: 10, Real: true, Run: scene(outputArrives),
			Why: "What a child has printed last is on its way for a moment longer than the child lives.",
		},
		{
			Name: "children-of-a-child", Aspect: grader.Deadlock, Points: 6, Contract: 13, Real: true, Run: scene(childrenOfAChild),
			Why: "A child is a process like any other, and may have children.",
		},
		{
			Name: "no-zombie", Aspect: grader.Leak, Points: 4, Contract: 12, Real: true, Run: scene(noZombie),
			Why: "A process that has ended keeps its place in the table of processes until somebody has asked how it ended.",
		},
		{
			Name: "nothing-left-behind", Aspect: grader.Leak, Points: 4, Contract: 12, Real: true, Run: scene(nothingLeftBehind),
			Why: "A server that starts children for months must not keep a goroutine or a descriptor for each.",
		},
		{
			Name: "cancel", Aspect: grader.Cancel, Points: 4, Contract: 11, Real: true, Run: scene(cancel),
			Why: "Whoever gives up wants the child to be gone, whatever the child thinks of it.",
		},
		{
			Name: "cancelled-before", Aspect: grader.Cancel, Points: 2, Contract: 11, Real: true, Run: scene(cancelledBefore),
			Why: "What nobody wants any more need not be begun.",
		},
		{
			Name: "cancelled-after", Aspect: grader.Cancel, Points: 2, Contract: 11, Real: true, Run: scene(cancelledAfter),
			Why: "A child that has done its work has not been killed, whatever happens later.",
		},
		{
			Name: "side-by-side", Aspect: grader.Parallel, Points: 4, Contract: 4, Real: true, Run: scene(sideBySide),
			Why: "Four children of two seconds each take two seconds, not eight.",
		},
	},
}
