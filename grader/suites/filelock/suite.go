// Package filelock is the hidden suite of the exercise filelock.
package filelock

import (
	"example.com/gokata/grader"
	"example.com/gokata/grader/suite"
	"example.com/gokata/grader/suite/child"
)

// Suite checks submissions to the exercise filelock. The numbers under Contract
// are those of the promises in its statement. What the goroutines of one Lock do
// among themselves is checked under the scheduler; what takes a second process,
// or a second Lock, in real time.
var Suite = suite.Suite{
	Exercise: "filelock",
	Main:     child.Main(roles),
	Cases: []suite.Case{
		{
			Name: "trylock-tells-the-truth", Aspect: grader.Result, Points: 5, Contract: 4, Run: tryLockTellsTheTruth,
			Why: "Who is told that it has the lock goes in, whoever else is there.",
		},
		{
			Name: "one-unlock-each", Aspect: grader.Result, Points: 4, Contract: 5, Run: oneUnlockEach, Clock: suite.Adversarial,
			Why: "Who unlocks what is not locked has lost count, and has to learn of it.",
		},
		{
			Name: "only-the-holder-unlocks", Aspect: grader.Result, Points: 4, Contract: 5, Real: true, Run: child.Case(onlyTheHolderUnlocks),
			Why: "A lock that anybody can open protects nobody.",
		},
		{
			Name: "the-file-itself", Aspect: grader.Result, Points: 4, Contract: 2, Real: true, Run: child.Case(theFileItself),
			Why: "Somebody may keep a note in the file, and would not like it to be empty tomorrow.",
		},
		{
			Name: "with-has-the-lock", Aspect: grader.Result, Points: 3, Contract: 8, Run: withHasTheLock,
			Why: "What stands between the brackets of With is protected, and what it returns is the caller's business.",
		},
		{
			Name: "waiters-look-often", Aspect: grader.Join, Points: 4, Contract: 3, Run: waitersLookOften, Schedules: 50,
			Why: "Who waits must notice that the lock is free, without keeping a processor busy until then.",
		},
		{
			Name: "waits-for-another-process", Aspect: grader.Join, Points: 4, Contract: 3, Real: true, Run: child.Case(waitsForAnotherProcess),
			Why: "Lock waits for as long as another process has the lock, and no longer.",
		},
		{
			Name: "five-processes", Aspect: grader.Limit, Points: 7, Contract: 1, Real: true, Run: child.Case(fiveProcesses),
			Why: "Two processes that read the same value and both raise it by one raise it by one.",
		},
		{
			Name: "two-locks-of-one-process", Aspect: grader.Limit, Points: 5, Contract: 1, Real: true, Run: child.Case(twoLocksOfOneProcess),
			Why: "Two parts of a program that know nothing of each other may each open the same lock.",
		},
		{
			Name: "goroutines-of-one-lock", Aspect: grader.Limit, Points: 4, Contract: 1, Run: goroutinesOfOneLock, Clock: suite.Adversarial,
			Why: "For the operating system, all goroutines of a process are the same one.",
		},
		{
			Name: "held-until-unlock", Aspect: grader.Limit, Points: 4, Contract: 7, Real: true, Run: child.Case(heldUntilUnlock),
			Why: "The system takes a lock away on more occasions than an Unlock.",
		},
		{
			Name: "same-lock-for-all", Aspect: grader.Limit, Points: 4, Contract: 1, Real: true, Run: child.Case(sameLockForAll),
			Why: "Who opens the lock later must find the same one as those who have it open already.",
		},
		{
			Name: "holders-see-each-other", Aspect: grader.Race, Points: 5, Contract: 12, Run: holdersSeeEachOther, Clock: suite.Adversarial,
			Why: "A lock keeps others out and shows the next one what was done.",
		},
		{
			Name: "everybody-at-once", Aspect: grader.Race, Points: 5, Contract: 12, Run: everybodyAtOnce, Clock: suite.Adversarial,
			Why: "A program has one Lock for a file and uses it wherever it needs it.",
		},
		{
			Name: "holder-dies", Aspect: grader.Deadlock, Points: 8, Contract: 6, Real: true, Run: child.Case(holderDies),
			Why: "A process that is killed cannot tidy up, and all others would wait for ever.",
		},
		{
			Name: "nobody-waits-for-a-waiter", Aspect: grader.Deadlock, Points: 4, Contract: 4, Real: true, Run: child.Case(nobodyWaitsForAWaiter),
			Why: "While one goroutine waits, others must be able to ask, and to find that they cannot have the lock.",
		},
		{
			Name: "gives-up-at-once", Aspect: grader.Cancel, Points: 4, Contract: 9, Run: givesUpAtOnce, Schedules: 50,
			Why: "When the request is cancelled or its time has passed, nobody wants the lock any more.",
		},
		{
			Name: "gives-up-for-good", Aspect: grader.Cancel, Points: 5, Contract: 9, Real: true, Run: child.Case(givesUpForGood),
			Why: "A lock that goes to somebody who has left is never given back.",
		},
		{
			Name: "close-ends-the-wait", Aspect: grader.Cancel, Points: 3, Contract: 10, Real: true, Run: child.Case(closeEndsTheWait),
			Why: "After Close there is no lock that one could wait for.",
		},
		{
			Name: "with-unlocks-on-panic", Aspect: grader.Panic, Points: 4, Contract: 8, Run: withUnlocksOnPanic,
			Why: "A server recovers from the panic of one request, and the next one needs the lock.",
		},
		{
			Name: "nothing-left-behind", Aspect: grader.Leak, Points: 6, Contract: 11, Real: true, Run: child.Case(nothingLeftBehind),
			Why: "A service that opens locks for months runs out of descriptors, or of memory, if each leaves something.",
		},
		{
			Name: "files-are-independent", Aspect: grader.Parallel, Points: 4, Contract: 2, Real: true, Run: child.Case(filesAreIndependent),
			Why: "Who wants one file has nothing to do with those who wait for another.",
		},
	},
}
