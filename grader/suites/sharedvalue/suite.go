// Package sharedvalue is the hidden suite of the exercise sharedvalue.
package sharedvalue

import (
	"example.com/gokata/grader"
	"example.com/gokata/grader/suite"
	"example.com/gokata/grader/suite/child"
)

// few is how many schedules are enough for a case with a single goroutine.
const few = 10

// Suite checks submissions to the exercise sharedvalue. The numbers under
// Contract are those of the promises in its statement.
//
// That processes lose no Add is a matter of luck to see, and the race detector
// knows nothing of mapped memory. So what several do with one number is checked
// under the scheduler, over ordinary memory: a second Value there, or the case
// itself with its own operations, is what another process is elsewhere. What
// takes files, mappings and real processes is checked in real time.
var Suite = suite.Suite{
	Exercise: "sharedvalue",
	Main:     child.Main(roles),
	Cases: []suite.Case{
		{
			Name: "numbers", Aspect: grader.Result, Points: 5, Contract: 3, Run: numbers, Schedules: few,
			Why: "A number comes back as it was stored, however large, and also below zero.",
		},
		{
			Name: "on-refuses", Aspect: grader.Result, Points: 3, Contract: 2, Run: onRefuses, Schedules: few,
			Why: "Memory of another length is not what the caller thinks it is.",
		},
		{
			Name: "created-file", Aspect: grader.Result, Points: 5, Contract: 1, Real: true, Run: child.Case(createdFile),
			Why: "Of two processes that both want to be the first, one has to learn that it is not, before it has spoilt anything.",
		},
		{
			Name: "wrong-size", Aspect: grader.Result, Points: 4, Contract: 2, Real: true, Run: child.Case(wrongSize),
			Why: "A file of another length belongs to somebody else, who would not like it to be changed.",
		},
		{
			Name: "between-processes", Aspect: grader.Result, Points: 8, Contract: 3, Real: true, Run: child.Case(betweenProcesses),
			Why: "What one process stores is there for all others, at once.",
		},
		{
			Name: "four-processes", Aspect: grader.Result, Points: 6, Contract: 4, Real: true, Run: child.Case(fourProcesses),
			Why: "Two processes that read the same number and both store the next one have counted one thing less.",
		},
		{
			Name: "stays-in-the-file", Aspect: grader.Result, Points: 3, Contract: 8, Real: true, Run: child.Case(staysInTheFile),
			Why: "A process that is killed has done its work up to then, and that must not be lost.",
		},
		{
			Name: "without-the-name", Aspect: grader.Result, Points: 4, Contract: 7, Real: true, Run: child.Case(withoutTheName),
			Why: "Who removes the file as soon as all have opened it has nothing to tidy up, whoever is killed later.",
		},
		{
			Name: "no-add-is-lost", Aspect: grader.Race, Points: 8, Contract: 4, Run: noAddIsLost, Clock: suite.Adversarial,
			Why: "To read, to add and to write are three steps, and somebody else may come in between.",
		},
		{
			Name: "others-add-too", Aspect: grader.Race, Points: 4, Contract: 5, Run: othersAddToo, Clock: suite.Adversarial,
			Why: "Another process does not know your mutex, so nothing but a single step keeps the two apart.",
		},
		{
			Name: "load-while-others-store", Aspect: grader.Race, Points: 2, Contract: 5, Run: loadWhileOthersStore, Clock: suite.Adversarial,
			Why: "Who reads in two steps may get half of one number and half of another.",
		},
		{
			Name: "others-store-too", Aspect: grader.Race, Points: 2, Contract: 5, Run: othersStoreToo, Clock: suite.Adversarial,
			Why: "Of two who store at the same time, one is the last, and it is its number that remains.",
		},
		{
			Name: "seen-by-load", Aspect: grader.Race, Points: 4, Contract: 6, Run: seenByLoad, Clock: suite.Adversarial,
			Why: "A number often says that something else is ready, and whoever reads it goes and uses that.",
		},
		{
			Name: "close-waits-for-add", Aspect: grader.Join, Points: 3, Contract: 9, Run: closeWaitsForAdd, Clock: suite.Adversarial,
			Why: "Whoever touches memory that has been given back ends the process, and no recover helps.",
		},
		{
			Name: "close-waits-for-load", Aspect: grader.Join, Points: 3, Contract: 9, Run: closeWaitsForLoad, Clock: suite.Adversarial,
			Why: "To read from memory that has been given back is the end of the process, too.",
		},
		{
			Name: "close-waits-for-store", Aspect: grader.Join, Points: 3, Contract: 9, Run: closeWaitsForStore, Clock: suite.Adversarial,
			Why: "What was mapped there before may belong to somebody else by now, and Store would write into it.",
		},
		{
			Name: "any-close", Aspect: grader.Join, Points: 5, Contract: 9, Run: anyClose, Clock: suite.Adversarial,
			Why: "When Close has returned, one relies on the memory being given back, even if somebody else has called Close, too.",
		},
		{
			Name: "all-return", Aspect: grader.Deadlock, Points: 6, Contract: 10, Run: allReturn, Clock: suite.Adversarial,
			Why: "Close comes at any moment, also while others are at work, and nobody may get stuck in it.",
		},
		{
			Name: "no-descriptor", Aspect: grader.Leak, Points: 6, Contract: 7, Real: true, Run: child.Case(noDescriptor),
			Why: "Memory needs no open file, and a process may have a thousand numbers and only a thousand descriptors.",
		},
		{
			Name: "given-back", Aspect: grader.Leak, Points: 6, Contract: 9, Real: true, Run: child.Case(givenBack),
			Why: "No garbage collector knows of mapped memory: what is not given back is there until the process ends.",
		},
		{
			Name: "closed-is-closed", Aspect: grader.Cancel, Points: 5, Contract: 10, Run: closedIsClosed, Schedules: few,
			Why: "Close is deferred in one place and called in another, and nothing may happen after it.",
		},
		{
			Name: "close-leaves-others", Aspect: grader.Cancel, Points: 5, Contract: 9, Real: true, Run: child.Case(closeLeavesOthers),
			Why: "Two parts of a program that know nothing of each other may have opened the same file.",
		},
	},
}
