// Package gil is the hidden suite of the exercise gil.
package gil

import (
	"example.com/gokata/grader"
	"example.com/gokata/grader/suite"
)

// Suite checks submissions to the exercise gil. The numbers under Contract
// are those of the promises in its statement.
var Suite = suite.Suite{
	Exercise: "gil",
	Cases: []suite.Case{
		{
			Name: "one-at-a-time", Aspect: grader.Limit, Points: 8, Contract: 1, Run: oneAtATime, Clock: suite.Adversarial, Schedules: 100,
			Why: "The interpreter has no other lock: two threads at once would ruin its lists, its counts and its memory.",
		},
		{
			Name: "hundredth-tick", Aspect: grader.Fairness, Points: 7, Contract: 2, Run: hundredthTick, Clock: suite.Adversarial, Schedules: 50,
			Why: "A thread in an endless loop never releases the GIL by itself, and the others must get their turns all the same.",
		},
		{
			Name: "loops-take-turns", Aspect: grader.Result, Points: 6, Contract: 2, Run: loopsTakeTurns, Clock: suite.Adversarial, Schedules: 50,
			Why: "Two threads that only compute run in turns of 100 byte codes, as in Python.",
		},
		{
			Name: "new-turn-new-count", Aspect: grader.Result, Points: 5, Contract: 3, Run: newTurnNewCount, Clock: suite.Adversarial, Schedules: 50,
			Why: "Ticks of a turn that is over are nobody's business any more: each thread has as long a turn as the others.",
		},
		{
			Name: "nobody-to-wait-for", Aspect: grader.Deadlock, Points: 4, Contract: 4, Run: nobodyToWaitFor,
			Why: "A program with one thread must not be slowed down by a lock that nobody else wants.",
		},
		{
			Name: "first-come-first-served", Aspect: grader.Order, Points: 5, Contract: 5, Run: firstComeFirstServed, Clock: suite.Adversarial,
			Why: "In a line that is kept, everybody knows how many turns they have to wait.",
		},
		{
			Name: "end-of-the-line", Aspect: grader.Order, Points: 5, Contract: 5, Run: endOfTheLine, Clock: suite.Adversarial, Schedules: 100,
			Why: "Whoever has just had a turn lets everybody else who waits have one first.",
		},
		{
			Name: "no-overtaking", Aspect: grader.Fairness, Points: 5, Contract: 5, Run: noOvertaking, Clock: suite.Adversarial,
			Why: "A thread that is running is always nearer to the GIL than one that has to wake up first.",
		},
		{
			Name: "no-time-is-lost", Aspect: grader.Join, Points: 6, Contract: 6, Run: noTimeIsLost,
			Why: "Whoever asks again and again keeps a processor busy, or comes too late.",
		},
		{
			Name: "nobody-sleeps-on", Aspect: grader.Deadlock, Points: 4, Contract: 6, Run: nobodySleepsOn, Clock: suite.Adversarial,
			Why: "If the GIL is free and somebody sleeps for it, nobody will ever wake them.",
		},
		{
			Name: "turn-meets-newcomers", Aspect: grader.Deadlock, Points: 4, Contract: 6, Run: turnMeetsNewcomers, Clock: suite.Adversarial,
			Why: "A thread that comes at the very moment at which a turn ends must not be forgotten, and must not make the other one wait for ever.",
		},
		{
			Name: "waiters-and-workers-meet", Aspect: grader.Parallel, Points: 6, Contract: 7, Run: waitersAndWorkersMeet, Clock: suite.Adversarial,
			Why: "This is why threads are worth having in Python: while some of them wait for the network, another one computes.",
		},
		{
			Name: "four-wait-one-second", Aspect: grader.Parallel, Points: 4, Contract: 7, Run: fourWaitOneSecond,
			Why: "Four threads that wait take as long as one of them; four that compute take as long as all of them.",
		},
		{
			Name: "blocking-comes-back", Aspect: grader.Result, Points: 5, Contract: 7, Run: blockingComesBack,
			Why: "What comes after a read is byte code again, and needs the GIL.",
		},
		{
			Name: "fn-may-take-it", Aspect: grader.Deadlock, Points: 4, Contract: 7, Run: fnMayTakeIt, Clock: suite.Adversarial,
			Why: "A library that waits for the network calls back into the interpreter now and then.",
		},
		{
			Name: "panic-of-fn", Aspect: grader.Panic, Points: 4, Contract: 8, Run: panicOfFn, Clock: suite.Adversarial,
			Why: "Whoever recovers from a failed read goes on running byte code, and calls Release in the end.",
		},
		{
			Name: "held-by-nobody", Aspect: grader.Panic, Points: 4, Contract: 9, Run: heldByNobody,
			Why: "To run byte code without the GIL is a mistake in the interpreter, and is best found where it was made.",
		},
		{
			Name: "holders-see-each-other", Aspect: grader.Race, Points: 4, Contract: 10, Run: holdersSeeEachOther, Clock: suite.Adversarial, Schedules: 50,
			Why: "What one thread has written, the next one reads, without any lock but this.",
		},
		{
			Name: "blocked-see-each-other", Aspect: grader.Race, Points: 3, Contract: 10, Run: blockedSeeEachOther, Clock: suite.Adversarial,
			Why: "While a thread waits for the network, others write, and it reads what they wrote when it is back.",
		},
		{
			Name: "nobody-left-behind", Aspect: grader.Leak, Points: 4, Contract: 11, Run: nobodyLeftBehind, Clock: suite.Adversarial, Schedules: 100,
			Why: "A GIL cannot be closed, so a goroutine that it keeps stays for as long as the program runs.",
		},
		{
			Name: "gils-are-independent", Aspect: grader.Parallel, Points: 3, Contract: 12, Run: gilsAreIndependent, Clock: suite.Adversarial, Schedules: 100,
			Why: "Two interpreters have nothing in common, and run side by side.",
		},
	},
}
