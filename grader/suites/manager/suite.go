// Package manager is the hidden suite of the exercise manager.
package manager

import (
	"example.com/gokata/grader"
	"example.com/gokata/grader/suite"
	"example.com/gokata/grader/suite/child"
)

// few is how many schedules are enough for a case in which one call follows the
// other, and some for a case with little that happens at once.
const (
	few  = 10
	some = 50
)

// Suite checks submissions to the exercise manager. The numbers under Contract
// are those of the promises in its statement. Nearly all is checked under the
// scheduler, over connections in memory; two cases have other processes.
var Suite = suite.Suite{
	Exercise: "manager",
	Main:     child.Main(roles),
	Cases: []suite.Case{
		{
			Name: "task-and-result", Aspect: grader.Result, Points: 2, Contract: 1, Run: taskAndResult, Schedules: few,
			Why: "A task may be a picture as well as a number, and its result has to find its way back.",
		},
		{
			Name: "in-other-processes", Aspect: grader.Result, Points: 3, Contract: 1, Real: true, Run: child.Case(inOtherProcesses),
			Why: "Work is shared with other processes, on this machine or another.",
		},
		{
			Name: "short-reads", Aspect: grader.Result, Points: 2, Contract: 10, Run: shortReads, Schedules: few,
			Why: "A network hands out the bytes that happen to be there, not the messages that were sent.",
		},
		{
			Name: "half-a-call", Aspect: grader.Result, Points: 2, Contract: 10, Run: halfACall, Schedules: few,
			Why: "Half a task is worse than none, for somebody will do it.",
		},
		{
			Name: "accept-fails", Aspect: grader.Deadlock, Points: 2, Contract: 10, Run: acceptFails, Schedules: few,
			Why: "Whoever calls Accept again and again, although it fails, keeps a processor busy with nothing.",
		},
		{
			Name: "oldest-first", Aspect: grader.Order, Points: 4, Contract: 2, Run: oldestFirst, Schedules: few,
			Why: "Who has waited longest comes first.",
		},
		{
			Name: "back-in-its-place", Aspect: grader.Order, Points: 4, Contract: 4, Run: backInItsPlace, Schedules: some,
			Why: "That a worker has died is no reason to let its task wait for all others.",
		},
		{
			Name: "waiting-calls-are-woken", Aspect: grader.Deadlock, Points: 5, Contract: 3, Run: woken, Clock: suite.Adversarial, Schedules: 100,
			Why: "A worker comes before there is work, and asks only once.",
		},
		{
			Name: "each-task-once", Aspect: grader.Race, Points: 4, Contract: 3, Run: eachTaskOnce, Clock: suite.Adversarial, Schedules: 100,
			Why: "Workers that ask at the same moment must not get the same task.",
		},
		{
			Name: "handed-out-again", Aspect: grader.Join, Points: 4, Contract: 4, Run: handedOutAgain, Clock: suite.Adversarial, Schedules: some,
			Why: "Machines are switched off, and the work has to be done all the same.",
		},
		{
			Name: "killed-worker", Aspect: grader.Join, Points: 3, Contract: 4, Real: true, Run: child.Case(killedWorker),
			Why: "A process that is killed cannot say goodbye.",
		},
		{
			Name: "held-until-then", Aspect: grader.Join, Points: 3, Contract: 4, Run: heldUntilThen, Clock: suite.Adversarial, Schedules: some,
			Why: "A worker that takes its time must not find that somebody else did its work as well.",
		},
		{
			Name: "takes-nothing-along", Aspect: grader.Join, Points: 3, Contract: 4, Run: takesNothingAlong, Schedules: some,
			Why: "Whoever waited and has gone must not get what others are waiting for now.",
		},
		{
			Name: "one-result", Aspect: grader.Result, Points: 3, Contract: 5, Run: oneResult, Schedules: few,
			Why: "Whoever adds up results must not count one twice.",
		},
		{
			Name: "result-or-gone", Aspect: grader.Race, Points: 3, Contract: 5, Run: resultOrGone, Clock: suite.Adversarial, Schedules: 100,
			Why: "A connection may end at the very moment when the result is put.",
		},
		{
			Name: "two-keys", Aspect: grader.Result, Points: 2, Contract: 6, Run: twoKeys, Schedules: few,
			Why: "Whoever finds the port of the server could take its tasks, if there were no key.",
		},
		{
			Name: "recorded-client", Aspect: grader.Result, Points: 3, Contract: 6, Run: recordedClient, Schedules: few,
			Why: "Whoever can read what goes over the network can also send it once more.",
		},
		{
			Name: "recorded-server", Aspect: grader.Result, Points: 3, Contract: 6, Run: recordedServer, Schedules: few,
			Why: "A client would hand its tasks to anybody who sits at the address of the server.",
		},
		{
			Name: "key-stays-secret", Aspect: grader.Result, Points: 2, Contract: 7, Run: keyStaysSecret, Schedules: few,
			Why: "A key that others can read is no key any more.",
		},
		{
			Name: "random-byte-by-byte", Aspect: grader.Result, Points: 1, Contract: 7, Run: randomByByte, Schedules: few,
			Why: "A challenge that is always the same is none, and a Read need not fill its slice.",
		},
		{
			Name: "no-random-bytes", Aspect: grader.Result, Points: 2, Contract: 7, Run: noRandom, Schedules: few,
			Why: "Without random bytes nobody can be asked for anything that he could not have recorded.",
		},
		{
			Name: "strangers-send-without-end", Aspect: grader.Limit, Points: 3, Contract: 8, Run: strangersReadLittle, Schedules: few,
			Why: "Whoever has no key must not fill the memory of the server either.",
		},
		{
			Name: "strangers-send-nonsense", Aspect: grader.Panic, Points: 2, Contract: 8, Run: nonsense, Schedules: some,
			Why: "Every port is visited sooner or later by programs that look for something else.",
		},
		{
			Name: "silent-stranger", Aspect: grader.Parallel, Points: 4, Contract: 9, Run: silentStranger, Schedules: few,
			Why: "Somebody who rings and says nothing must not keep the others at the door.",
		},
		{
			Name: "does-not-read", Aspect: grader.Parallel, Points: 4, Contract: 9, Run: doesNotRead, Schedules: few,
			Why: "One slow connection among a hundred must not make the other ones slow.",
		},
		{
			Name: "client-of-several", Aspect: grader.Race, Points: 3, Contract: 11, Run: clientOfSeveral, Clock: suite.Adversarial, Schedules: 100,
			Why: "A program with one connection may have several goroutines that use it.",
		},
		{
			Name: "close-ends-waits", Aspect: grader.Cancel, Points: 3, Contract: 12, Run: closeEndsWaits, Clock: suite.Adversarial, Schedules: some,
			Why: "A goroutine that waits in GetTask knows no other way to be stopped.",
		},
		{
			Name: "nothing-is-left", Aspect: grader.Leak, Points: 4, Contract: 12, Run: nothingIsLeft, Schedules: some,
			Why: "A server that keeps something of every visitor is full one day.",
		},
		{
			Name: "shutdown-drains", Aspect: grader.Cancel, Points: 3, Contract: 13, Run: shutdownDrains, Schedules: some,
			Why: "What was accepted has to be done, and its result must reach somebody.",
		},
		{
			Name: "lost-while-draining", Aspect: grader.Cancel, Points: 3, Contract: 13, Run: lostWhileDraining, Clock: suite.Adversarial, Schedules: 100,
			Why: "A worker may die on the last day, too.",
		},
		{
			Name: "waiting-calls-are-told", Aspect: grader.Cancel, Points: 2, Contract: 13, Run: waitersAreTold, Clock: suite.Adversarial, Schedules: 100,
			Why: "A worker that waits for a task has to learn that none will come.",
		},
		{
			Name: "last-answers", Aspect: grader.Join, Points: 3, Contract: 14, Run: lastAnswers, Clock: suite.Adversarial, Schedules: 100,
			Why: "Whoever has put the last result wants to know that it has arrived.",
		},
		{
			Name: "waits-for-no-stranger", Aspect: grader.Cancel, Points: 2, Contract: 13, Run: waitsForNoStranger, Clock: suite.Adversarial, Schedules: 100,
			Why: "Somebody who only stands at the door must not keep the others from going home.",
		},
		{
			Name: "context-cuts", Aspect: grader.Cancel, Points: 2, Contract: 14, Run: contextCuts, Schedules: some,
			Why: "Patience has an end, and then everything has to go.",
		},
		{
			Name: "nobody-is-left", Aspect: grader.Cancel, Points: 2, Contract: 14, Run: nobodyIsLeft, Schedules: few,
			Why: "Whoever waits for workers when none can come any more waits for ever.",
		},
	},
}
