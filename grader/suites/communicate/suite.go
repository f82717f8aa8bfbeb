// Package communicate is the hidden suite of the exercise communicate.
package communicate

import (
	"example.com/gokata/grader"
	"example.com/gokata/grader/suite"
	"example.com/gokata/grader/suite/child"
)

// Suite checks submissions to the exercise communicate. The numbers under
// Contract are those of the promises in its statement.
var Suite = suite.Suite{
	Exercise: "communicate",
	Cases: []suite.Case{
		{
			Name: "question-and-answer", Aspect: grader.Result, Points: 8, Contract: 1, Real: true, Run: child.Case(questionAndAnswer),
			Why: "A command that is asked something has to get the question as it was put, and its answer has to come back as it was given.",
		},
		{
			Name: "end-of-input", Aspect: grader.Result, Points: 4, Contract: 1, Real: true, Run: child.Case(endOfInput),
			Why: "A command that reads all of its input before it answers waits until it is told that there is no more.",
		},
		{
			Name: "exit-codes", Aspect: grader.Result, Points: 6, Contract: 2, Real: true, Run: child.Case(exitCodes),
			Why: "Whether a command has done its work is told by its exit code, and what went wrong by what it has written.",
		},
		{
			Name: "input-not-wanted", Aspect: grader.Result, Points: 6, Contract: 4, Real: true, Run: child.Case(inputNotWanted),
			Why: "A command such as head has read enough at some point; that is its right, and no failure.",
		},
		{
			Name: "used-before", Aspect: grader.Result, Points: 3, Contract: 8, Real: true, Run: child.Case(usedBefore),
			Why: "A command runs once, and its files have one owner; who mixes that up wants to be told, not to lose output.",
		},
		{
			Name: "cannot-be-started", Aspect: grader.Result, Points: 3, Contract: 8, Real: true, Run: child.Case(cannotBeStarted),
			Why: "Somebody has to be told that a program is not installed, and this is the only place that knows.",
		},
		{
			Name: "eight-mebibytes-echoed", Aspect: grader.Deadlock, Points: 7, Contract: 3, Real: true, Run: child.Case(echo),
			Why: "A pipe holds some 64 KiB: who writes all before reading anything waits for the command, which waits for its answer to be read.",
		},
		{
			Name: "both-outputs-at-once", Aspect: grader.Deadlock, Points: 7, Contract: 3, Real: true, Run: child.Case(flood),
			Why: "A command fills both of its outputs; who reads one of them to its end first waits for ever, as it is stuck in the other.",
		},
		{
			Name: "waits-for-the-process", Aspect: grader.Join, Points: 7, Contract: 5, Real: true, Run: child.Case(waitsForTheProcess),
			Why: "The end of the outputs is not the end of the command, and only the process knows its exit code.",
		},
		{
			Name: "waits-for-the-outputs", Aspect: grader.Join, Points: 7, Contract: 5, Real: true, Run: child.Case(waitsForTheOutputs),
			Why: "The end of the command is not the end of the outputs: what it has started writes to the same pipes.",
		},
		{
			Name: "several-at-once", Aspect: grader.Race, Points: 8, Contract: 9, Real: true, Run: child.Case(severalAtOnce),
			Why: "A server talks to many commands at once, and none of them may get to see what another one has said.",
		},
		{
			Name: "side-by-side", Aspect: grader.Parallel, Points: 6, Contract: 9, Real: true, Run: child.Case(sideBySide),
			Why: "A command that takes an hour must not keep all others from being started.",
		},
		{
			Name: "cancel-kills", Aspect: grader.Cancel, Points: 5, Contract: 6, Real: true, Run: child.Case(cancelKills),
			Why: "Who has cancelled does not want to wait for a command that takes no notice, but wants to know how far it got.",
		},
		{
			Name: "deadline", Aspect: grader.Cancel, Points: 2, Contract: 6, Real: true, Run: child.Case(deadline),
			Why: "Who asks wants to know whether it was too late or was called off, and hears nothing of a deadline that was met.",
		},
		{
			Name: "whole-group", Aspect: grader.Cancel, Points: 4, Contract: 6, Real: true, Run: child.Case(wholeGroup),
			Why: "A shell script is a shell and all that it has started: to kill the shell alone leaves the work running, and the pipes open.",
		},
		{
			Name: "strangers-are-left-alone", Aspect: grader.Cancel, Points: 3, Contract: 6, Real: true, Run: child.Case(strangersAreLeftAlone),
			Why: "A daemon has left the group on purpose: it may live on, and nobody wants to wait until it closes the pipes.",
		},
		{
			Name: "done-before", Aspect: grader.Cancel, Points: 2, Contract: 7, Real: true, Run: child.Case(doneBefore),
			Why: "What nobody wants any more must not be begun, for it may already do harm.",
		},
		{
			Name: "nothing-left-behind", Aspect: grader.Leak, Points: 7, Contract: 10, Real: true, Run: child.Case(nothingLeftBehind),
			Why: "A service that talks to commands for months must not keep a process, a goroutine or a descriptor for each.",
		},
		{
			Name: "pipes-are-closed", Aspect: grader.Leak, Points: 5, Contract: 10, Real: true, Run: child.Case(pipesAreClosed),
			Why: "As long as somebody holds the other end, a pipe that was not closed keeps a descriptor, and whoever reads from it.",
		},
	},
}
