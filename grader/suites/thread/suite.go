// Package thread is the hidden suite of the exercise thread.
package thread

import (
	"example.com/gokata/grader"
	"example.com/gokata/grader/suite"
)

// Suite checks submissions to the exercise thread. The numbers under Contract
// are those of the promises in its statement.
var Suite = suite.Suite{
	Exercise: "thread",
	Cases: []suite.Case{
		{
			Name: "names", Aspect: grader.Result, Points: 6, Contract: 2, Run: names, Clock: suite.Adversarial,
			Why: "A name in a log is of use only if no other thread has it.",
		},
		{
			Name: "who-am-i", Aspect: grader.Result, Points: 4, Contract: 3, Run: whoAmI, Clock: suite.Adversarial,
			Why: "A function that many threads run must be able to tell which of them it is.",
		},
		{
			Name: "the-main-thread", Aspect: grader.Result, Points: 3, Contract: 4, Run: theMainThread, Clock: suite.Adversarial,
			Why: "Code that nobody put into a thread also wants to know where it runs.",
		},
		{
			Name: "alive-while-it-runs", Aspect: grader.Result, Points: 4, Contract: 9, Run: aliveWhileItRuns, Clock: suite.Adversarial,
			Why: "Whoever has started a thread and finds it dead will believe that its work is done.",
		},
		{
			Name: "start-only-once", Aspect: grader.Result, Points: 3, Contract: 5, Run: startOnlyOnce, Clock: suite.Adversarial,
			Why: "A thread has one beginning and one end; who wants the work done again makes a new thread.",
		},
		{
			Name: "main-waits-for-loop", Aspect: grader.Join, Points: 5, Contract: 7, Run: mainWaitsForLoop,
			Why: "A thread that takes five seconds keeps whoever joins it for five seconds.",
		},
		{
			Name: "join-waits", Aspect: grader.Join, Points: 5, Contract: 7, Run: joinWaits, Clock: suite.Adversarial,
			Why: "Whoever calls Join goes on to use what the thread has done, so all of it must be done.",
		},
		{
			Name: "not-a-moment-later", Aspect: grader.Join, Points: 4, Contract: 7, Run: notAMomentLater,
			Why: "Whoever waits wants to be woken by the end of the thread, not by a look at the clock some time later.",
		},
		{
			Name: "many-joins", Aspect: grader.Join, Points: 4, Contract: 7, Run: manyJoins, Clock: suite.Adversarial,
			Why: "The end of a thread is not used up by the first who waits for it.",
		},
		{
			Name: "join-before-start", Aspect: grader.Join, Points: 4, Contract: 6, Run: joinBeforeStart,
			Why: "To wait for a thread that nobody has started would be to wait for ever.",
		},
		{
			Name: "one-start-wins", Aspect: grader.Race, Points: 5, Contract: 5, Run: oneStartWins, Clock: suite.Adversarial,
			Why: "If two both start a thread, its function runs twice, and neither is told.",
		},
		{
			Name: "running-means-started", Aspect: grader.Race, Points: 4, Contract: 9, Run: runningMeansStarted, Clock: suite.Adversarial,
			Why: "The function may be at work before Start has returned, and others may know of it by then.",
		},
		{
			Name: "writes-are-visible", Aspect: grader.Race, Points: 5, Contract: 12, Run: writesAreVisible, Clock: suite.Adversarial,
			Why: "To know that a thread has ended means to be allowed to read what it wrote, without a lock.",
		},
		{
			Name: "asked-while-it-runs", Aspect: grader.Deadlock, Points: 4, Contract: 12, Run: askedWhileItRuns, Clock: suite.Adversarial,
			Why: "One who waits must not keep others from asking, least of all the thread that is waited for.",
		},
		{
			Name: "threads-in-threads", Aspect: grader.Deadlock, Points: 4, Contract: 12, Run: threadsInThreads, Clock: suite.Adversarial,
			Why: "A thread that divides its work makes threads of its own, and waits for them.",
		},
		{
			Name: "nobody-left-behind", Aspect: grader.Leak, Points: 4, Contract: 13, Run: nobodyLeftBehind, Clock: suite.Adversarial,
			Why: "A goroutine that never ends keeps its memory for as long as the program runs.",
		},
		{
			Name: "abandoned-joins", Aspect: grader.Leak, Points: 4, Contract: 8, Run: abandonedJoins,
			Why: "A caller who has given up must not leave a goroutine that waits on in their place.",
		},
		{
			Name: "join-gives-up", Aspect: grader.Cancel, Points: 5, Contract: 8, Run: joinGivesUp,
			Why: "A caller decides how long to wait; the thread must not suffer from it.",
		},
		{
			Name: "ended-is-ended", Aspect: grader.Cancel, Points: 4, Contract: 8, Run: endedIsEnded, Clock: suite.Adversarial,
			Why: "A thread that has ended is not to be called late because the time was short.",
		},
		{
			Name: "context-of-the-thread", Aspect: grader.Cancel, Points: 5, Contract: 11, Run: contextOfTheThread, Clock: suite.Adversarial,
			Why: "In Go a thread is asked to end through its context, and decides itself when it does.",
		},
		{
			Name: "panic-is-returned", Aspect: grader.Panic, Points: 4, Contract: 10, Run: panicIsReturned, Clock: suite.Adversarial,
			Why: "What goes wrong in a thread is the business of all who wait for it.",
		},
		{
			Name: "panic-ends-one-thread", Aspect: grader.Panic, Points: 4, Contract: 10, Run: panicEndsOneThread, Clock: suite.Adversarial,
			Why: "A thread that panics has ended, and has to say so; the others have not.",
		},
		{
			Name: "side-by-side", Aspect: grader.Parallel, Points: 6, Contract: 1, Run: sideBySide, Clock: suite.Adversarial,
			Why: "Threads that wait for each other, like a client and its server, end only if all of them run.",
		},
	},
}
