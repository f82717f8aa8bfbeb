// Package lock is the hidden suite of the exercise lock.
package lock

import (
	"example.com/gokata/grader"
	"example.com/gokata/grader/suite"
)

// Suite checks submissions to the exercise lock. The numbers under Contract
// are those of the promises in its statement.
var Suite = suite.Suite{
	Exercise: "lock",
	Cases: []suite.Case{
		{
			Name: "trylock-tells-the-truth", Aspect: grader.Result, Points: 4, Contract: 4, Run: tryLockTellsTheTruth,
			Why: "Whoever gets true goes on to use what the lock protects, and whoever gets false does something else meanwhile.",
		},
		{
			Name: "one-trylock-wins", Aspect: grader.Result, Points: 3, Contract: 4, Run: oneTryLockWins, Clock: suite.Adversarial,
			Why: "If several ask for a free lock at once, one of them must get it, and only one.",
		},
		{
			Name: "with-holds-the-lock", Aspect: grader.Result, Points: 3, Contract: 7, Run: withHoldsTheLock, Clock: suite.Adversarial,
			Why: "With is the safe way to use a lock, so it must be neither too early nor too late to give it back.",
		},
		{
			Name: "anybody-may-unlock", Aspect: grader.Result, Points: 3, Contract: 5, Run: anybodyMayUnlock, Clock: suite.Adversarial,
			Why: "One goroutine may lock and leave it to another one to unlock, when the work is passed on.",
		},
		{
			Name: "first-come-first-served", Aspect: grader.Order, Points: 6, Contract: 3, Run: firstComeFirstServed, Clock: suite.Adversarial,
			Why: "In a line that is kept, everybody knows that their turn will come, and when.",
		},
		{
			Name: "line-moves-up", Aspect: grader.Order, Points: 6, Contract: 9, Run: lineMovesUp, Clock: suite.Adversarial, Schedules: 100,
			Why: "When somebody gives up, the others must neither lose their places nor change them.",
		},
		{
			Name: "holders-see-each-other", Aspect: grader.Race, Points: 5, Contract: 11, Run: holdersSeeEachOther, Clock: suite.Adversarial,
			Why: "A lock is there so that what one holder writes can be read by the next.",
		},
		{
			Name: "everybody-at-once", Aspect: grader.Race, Points: 5, Contract: 11, Run: everybodyAtOnce, Clock: suite.Adversarial,
			Why: "A lock is made to be used by many goroutines at the same time.",
		},
		{
			Name: "five-workers", Aspect: grader.Join, Points: 3, Contract: 2, Run: fiveWorkers,
			Why: "Five workers who need the printer for a second each need it for five seconds, not for four and not for six.",
		},
		{
			Name: "waiters-sleep", Aspect: grader.Join, Points: 4, Contract: 2, Run: waitersSleep,
			Why: "Whoever asks again and again keeps a processor busy, or comes too late.",
		},
		{
			Name: "one-at-a-time", Aspect: grader.Limit, Points: 7, Contract: 1, Run: oneAtATime, Clock: suite.Adversarial,
			Why: "This is what a lock is for.",
		},
		{
			Name: "misuse-changes-nothing", Aspect: grader.Limit, Points: 5, Contract: 6, Run: misuseChangesNothing, Clock: suite.Adversarial,
			Why: "One Unlock too many must not open the door for two at once.",
		},
		{
			Name: "everybody-gets-a-turn", Aspect: grader.Deadlock, Points: 4, Contract: 2, Run: everybodyGetsATurn, Clock: suite.Adversarial,
			Why: "If the lock is free and somebody sleeps for it, nobody will ever wake them.",
		},
		{
			Name: "gone-is-gone", Aspect: grader.Deadlock, Points: 4, Contract: 9, Run: goneIsGone, Clock: suite.Adversarial,
			Why: "A lock that is given to somebody who does not wait for it any more is lost for everybody.",
		},
		{
			Name: "nobody-left-behind", Aspect: grader.Leak, Points: 5, Contract: 10, Run: nobodyLeftBehind, Clock: suite.Adversarial,
			Why: "A goroutine that goes on waiting for somebody who has given up may wait for ever.",
		},
		{
			Name: "gives-up-in-time", Aspect: grader.Cancel, Points: 4, Contract: 8, Run: givesUpInTime,
			Why: "A caller decides how long to wait, and it is of no use to learn of the end when the lock comes free anyway.",
		},
		{
			Name: "done-from-the-start", Aspect: grader.Cancel, Points: 3, Contract: 8, Run: doneFromTheStart, Clock: suite.Adversarial,
			Why: "Whoever has been cancelled already must not begin with something that needs a lock.",
		},
		{
			Name: "cancel-meets-unlock", Aspect: grader.Cancel, Points: 4, Contract: 8, Run: cancelMeetsUnlock, Clock: suite.Adversarial,
			Why: "When giving up and getting the lock happen at once, either may win, but the caller has to know which.",
		},
		{
			Name: "kept-after-its-context", Aspect: grader.Cancel, Points: 3, Contract: 8, Run: keptAfterItsContext,
			Why: "The context says how long to wait for the lock, not how long to hold it.",
		},
		{
			Name: "with-unlocks-on-panic", Aspect: grader.Panic, Points: 3, Contract: 7, Run: withUnlocksOnPanic, Clock: suite.Adversarial,
			Why: "A panic that somebody recovers further up must not leave the lock behind, held for ever.",
		},
		{
			Name: "unlock-of-unlocked", Aspect: grader.Panic, Points: 3, Contract: 6, Run: unlockOfUnlocked,
			Why: "An Unlock without a Lock is a mistake in the program, and is best found where it was made.",
		},
		{
			Name: "one-of-two-unlocks", Aspect: grader.Panic, Points: 3, Contract: 6, Run: oneOfTwoUnlocks, Clock: suite.Adversarial,
			Why: "Two who look at the same time whether the lock is held must not both find that it is theirs to give back.",
		},
		{
			Name: "locks-are-independent", Aspect: grader.Parallel, Points: 3, Contract: 12, Run: locksAreIndependent, Clock: suite.Adversarial,
			Why: "Who prints does not have to wait for somebody who uses the telephone.",
		},
		{
			Name: "no-overtaking", Aspect: grader.Fairness, Points: 4, Contract: 3, Run: noOvertaking, Clock: suite.Adversarial,
			Why: "A goroutine that locks in a loop is always nearer to the lock than one that has to be woken first.",
		},
		{
			Name: "trylock-stays-in-line", Aspect: grader.Fairness, Points: 3, Contract: 4, Run: tryLockStaysInLine, Clock: suite.Adversarial,
			Why: "Whoever does not want to wait must not get ahead of those who do.",
		},
	},
}
