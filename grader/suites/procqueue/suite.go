// Package procqueue is the hidden suite of the exercise procqueue.
package procqueue

import (
	"example.com/gokata/grader"
	"example.com/gokata/grader/suite"
	"example.com/gokata/grader/suite/child"
)

// few is how many schedules are enough for a case with a single goroutine.
const few = 10

// steps are enough for a record of 1 MiB, whatever it is cut into, and for reading
// some records byte by byte many times.
const steps = 1_000_000

// Suite checks submissions to the exercise procqueue. The numbers under Contract
// are those of the promises in its statement. How producers share a pipe is
// checked under the scheduler, over a stream in memory that keeps no more in one
// piece than POSIX promises; what takes descriptors, or other processes, in real
// time.
var Suite = suite.Suite{
	Exercise: "procqueue",
	Main:     child.Main(roles),
	Cases: []suite.Case{
		{
			Name: "a-real-pipe", Aspect: grader.Result, Points: 3, Contract: 1, Real: true, Run: child.Case(aRealPipe),
			Why: "Whatever is put comes out again, record by record, though a pipe knows bytes only.",
		},
		{
			Name: "any-bytes", Aspect: grader.Result, Points: 3, Contract: 1, Run: anyBytes, Schedules: few, MaxSteps: steps,
			Why: "A record may end anywhere, also where one of your pieces does, and may consist of anything, also of nothing.",
		},
		{
			Name: "a-producer-process", Aspect: grader.Result, Points: 3, Contract: 9, Real: true, Run: child.Case(aProducerProcess),
			Why: "A queue between processes is of use only if other processes get hold of it.",
		},
		{
			Name: "a-reader-process", Aspect: grader.Result, Points: 2, Contract: 9, Real: true, Run: child.Case(aReaderProcess),
			Why: "The one that gets may be a child as well, and what was put before is for it.",
		},
		{
			Name: "only-files", Aspect: grader.Result, Points: 1, Contract: 9, Run: onlyFiles, Schedules: few,
			Why: "A child that is started without its queue finds out much later, and far from the mistake.",
		},
		{
			Name: "short-reads", Aspect: grader.Result, Points: 3, Contract: 8, Run: shortReads, Schedules: few, MaxSteps: steps,
			Why: "A pipe hands out as many bytes as happen to be there.",
		},
		{
			Name: "read-fails", Aspect: grader.Result, Points: 1, Contract: 8, Run: readFails, Schedules: few,
			Why: "Who takes a failure for the end believes that it has got everything.",
		},
		{
			Name: "write-fails", Aspect: grader.Result, Points: 3, Contract: 8, Run: writeFails, Schedules: few,
			Why: "Half a record with half of another one behind it looks like a whole one.",
		},
		{
			Name: "broken-off", Aspect: grader.Result, Points: 2, Contract: 11, Run: brokenOff, Schedules: few, MaxSteps: steps,
			Why: "Who cannot tell an incomplete record from the end does not know that something is missing.",
		},
		{
			Name: "a-producer-dies", Aspect: grader.Result, Points: 3, Contract: 11, Run: aProducerDies, Schedules: few,
			Why: "One process that crashes must not cost the others their work.",
		},
		{
			Name: "killed-in-the-middle", Aspect: grader.Result, Points: 3, Contract: 11, Real: true, Run: child.Case(killedInTheMiddle),
			Why: "A process that is killed cannot tidy up, and the records of all others are in the same pipe.",
		},
		{
			Name: "in-order-of-putting", Aspect: grader.Order, Points: 5, Contract: 5, Run: inOrderOfPutting, Clock: suite.Adversarial,
			Why: "What a process has put later may be about what it has put before.",
		},
		{
			Name: "several-producers", Aspect: grader.Race, Points: 7, Contract: 4, Run: severalProducers, Clock: suite.Adversarial,
			Why: "Between processes there is no lock, only a pipe that keeps short writes in one piece.",
		},
		{
			Name: "in-turns", Aspect: grader.Race, Points: 4, Contract: 4, Real: true, Run: child.Case(inTurns),
			Why: "Two processes that do not know of each other must not look the same to the reader.",
		},
		{
			Name: "all-at-once", Aspect: grader.Race, Points: 3, Contract: 4, Real: true, Run: child.Case(allAtOnce),
			Why: "A record may be far longer than what fits into a pipe, and several may be on their way.",
		},
		{
			Name: "several-goroutines", Aspect: grader.Race, Points: 4, Contract: 7, Run: severalGoroutines, Clock: suite.Adversarial,
			Why: "A process has goroutines, too, and they share its Writer.",
		},
		{
			Name: "each-record-once", Aspect: grader.Race, Points: 2, Contract: 7, Run: eachRecordOnce, Clock: suite.Adversarial,
			Why: "Several workers may take their tasks from one Reader, each task being for one of them.",
		},
		{
			Name: "slices-are-yours", Aspect: grader.Race, Points: 2, Contract: 3, Run: slicesAreYours, Clock: suite.Adversarial,
			Why: "Programs use a slice again when they are done with it.",
		},
		{
			Name: "use-while-closing", Aspect: grader.Race, Points: 2, Contract: 14, Run: useWhileClosing, Clock: suite.Adversarial,
			Why: "Close comes at any moment, also while others are at work.",
		},
		{
			Name: "put-and-exit", Aspect: grader.Join, Points: 3, Contract: 3, Real: true, Run: child.Case(putAndExit),
			Why: "Who has put its result wants to be able to exit.",
		},
		{
			Name: "close-waits-for-put", Aspect: grader.Join, Points: 3, Contract: 13, Run: closeWaitsForPut, Clock: suite.Adversarial,
			Why: "A record that is cut off by Close is one that somebody has put in vain.",
		},
		{
			Name: "the-end-after-the-last", Aspect: grader.Join, Points: 2, Contract: 10, Run: theEndAfterTheLast, Clock: suite.Adversarial,
			Why: "That one producer has finished says nothing about the others.",
		},
		{
			Name: "the-last-producer", Aspect: grader.Join, Points: 3, Contract: 10, Real: true, Run: child.Case(theLastProducer),
			Why: "As long as anybody can still put something, the reader has to wait for it, and no longer.",
		},
		{
			Name: "the-reader-comes-to-the-end", Aspect: grader.Join, Points: 2, Contract: 10, Real: true, Run: child.Case(theReaderComesToTheEnd),
			Why: "A reader that can write into its own queue waits for itself.",
		},
		{
			Name: "nobody-is-held-back", Aspect: grader.Fairness, Points: 5, Contract: 6, Run: nobodyIsHeldBack, Clock: suite.Adversarial,
			Why: "Another producer may take its time over a long record, or be stopped in the middle of it.",
		},
		{
			Name: "queues-are-apart", Aspect: grader.Deadlock, Points: 4, Contract: 6, Run: queuesAreApart, Clock: suite.Adversarial,
			Why: "A worker that waits with its result must still be able to tell somebody else that it is alive.",
		},
		{
			Name: "too-long", Aspect: grader.Limit, Points: 3, Contract: 2, Run: tooLong, Schedules: 3, MaxSteps: steps,
			Why: "A bound on records is what tells the reader how much memory a producer can take.",
		},
		{
			Name: "a-slow-reader", Aspect: grader.Limit, Points: 3, Contract: 15, Real: true, Run: child.Case(aSlowReader),
			Why: "A reader that hoards what it has no time for runs out of memory instead of slowing the others down.",
		},
		{
			Name: "close-ends-the-wait", Aspect: grader.Cancel, Points: 3, Contract: 14, Run: closeEndsTheWait, Clock: suite.Adversarial,
			Why: "A goroutine that waits in Get knows no other way to be stopped.",
		},
		{
			Name: "close-ends-real-waits", Aspect: grader.Cancel, Points: 2, Contract: 14, Real: true, Run: child.Case(closeEndsRealWaits),
			Why: "A read that waits in the kernel can be ended only if it was begun in the right way.",
		},
		{
			Name: "closed-is-closed", Aspect: grader.Cancel, Points: 2, Contract: 13, Run: closedIsClosed, Clock: suite.Adversarial,
			Why: "Close is deferred in one place and called in another, and nothing may happen after it.",
		},
		{
			Name: "put-to-nobody", Aspect: grader.Panic, Points: 2, Contract: 12, Real: true, Run: child.Case(putToNobody),
			Why: "That nobody reads any more is no reason to die, nor to wait for ever.",
		},
		{
			Name: "no-reader-left", Aspect: grader.Panic, Points: 2, Contract: 12, Real: true, Run: child.Case(noReaderLeft),
			Why: "A reader in an endless loop is terminated some day, and its producers must notice.",
		},
		{
			Name: "nothing-left-behind", Aspect: grader.Leak, Points: 3, Contract: 16, Real: true, Run: child.Case(nothingLeftBehind),
			Why: "A server that makes a queue for each request runs out of descriptors if each leaves one.",
		},
		{
			Name: "no-more-descriptors", Aspect: grader.Leak, Points: 2, Contract: 16, Real: true, Run: child.Case(noMoreDescriptors),
			Why: "That there are no descriptors left is something that the caller can deal with, if it is told.",
		},
	},
}
