// Package supervisor is the hidden suite of the exercise supervisor.
package supervisor

import (
	"example.com/gokata/grader"
	"example.com/gokata/grader/suite"
	"example.com/gokata/grader/suite/child"
)

// Suite checks submissions to the exercise supervisor. The numbers under
// Contract are those of the promises in its statement. Most cases have workers
// that are no processes, and virtual time; a few have real processes.
var Suite = suite.Suite{
	Exercise: "supervisor",
	Cases: []suite.Case{
		{
			Name: "starts-all", Aspect: grader.Result, Points: 2, Contract: 1, Run: startsAll, Schedules: 60,
			Why: "Every worker is wanted, and none of them twice.",
		},
		{
			Name: "crash-is-repaired", Aspect: grader.Result, Points: 4, Contract: 2, Run: crashIsRepaired, Schedules: 60,
			Why: "A service goes on although one of its workers has crashed, and although it cannot be started at once.",
		},
		{
			Name: "done-is-done", Aspect: grader.Result, Points: 4, Contract: 2, Run: doneIsDone, Schedules: 60,
			Why: "A worker that has done its work must not do it a second time.",
		},
		{
			Name: "process-as-worker", Aspect: grader.Result, Points: 3, Contract: 13, Real: true, Run: child.Case(processAsWorker),
			Why: "Only the exit status tells a process that has done its work from one that has crashed.",
		},
		{
			Name: "processes-are-restarted", Aspect: grader.Result, Points: 3, Contract: 2, Real: true, Run: child.Case(processesAreRestarted),
			Why: "What holds for workers in a test must hold for real processes.",
		},
		{
			Name: "pauses-double", Aspect: grader.Limit, Points: 4, Contract: 3, Run: pausesDouble, Schedules: 100,
			Why: "A worker that crashes at its start, again and again, would keep the whole machine busy without pauses.",
		},
		{
			Name: "pauses-start-anew", Aspect: grader.Limit, Points: 3, Contract: 3, Run: pausesStartAnew, Schedules: 100,
			Why: "A crash today has nothing to do with the crashes of last week.",
		},
		{
			Name: "pauses-have-a-bound", Aspect: grader.Limit, Points: 2, Contract: 3, Run: pausesHaveABound, Schedules: 20,
			Why: "A worker whose database is away all night must be back soon after it in the morning.",
		},
		{
			Name: "gives-up", Aspect: grader.Limit, Points: 3, Contract: 4, Run: givesUp, Schedules: 60,
			Why: "What restarts do not cure is to be told to somebody who can.",
		},
		{
			Name: "no-restart-at-all", Aspect: grader.Limit, Points: 2, Contract: 4, Run: noRestartAtAll, Schedules: 60,
			Why: "Who allows no restart wants to hear of the first crash.",
		},
		{
			Name: "all-crashes-count", Aspect: grader.Limit, Points: 3, Contract: 4, Run: allCrashesCount, Schedules: 60,
			Why: "When one worker after the other crashes, the cause lies with none of them.",
		},
		{
			Name: "window-slides", Aspect: grader.Limit, Points: 3, Contract: 4, Run: windowSlides, Schedules: 50,
			Why: "A limit for every minute is one for every minute, whenever that begins.",
		},
		{
			Name: "one-at-a-time", Aspect: grader.Limit, Points: 2, Contract: 6, Run: oneAtATime, Clock: suite.Adversarial, Schedules: 100,
			Why: "Two processes of one worker would use the same port, the same file, the same lock.",
		},
		{
			Name: "asks-first", Aspect: grader.Cancel, Points: 3, Contract: 7, Run: asksFirst, Schedules: 60,
			Why: "SIGTERM lets a worker finish what it has begun; SIGKILL is for those that do not listen.",
		},
		{
			Name: "no-longer-than-needed", Aspect: grader.Cancel, Points: 3, Contract: 7, Run: noLongerThanNeeded, Schedules: 60,
			Why: "Grace is what a worker may take at most, not what everybody has to wait.",
		},
		{
			Name: "many-deaf-workers", Aspect: grader.Cancel, Points: 2, Contract: 7, Run: manyDeafWorkers, Schedules: 60,
			Why: "Stop has to be over within one Grace, however many workers there are.",
		},
		{
			Name: "stop-cuts-pauses", Aspect: grader.Cancel, Points: 3, Contract: 8, Run: stopCutsPauses, Schedules: 60,
			Why: "Nobody needs to wait for a worker that is not going to be started.",
		},
		{
			Name: "crash-while-stopping", Aspect: grader.Cancel, Points: 2, Contract: 8, Run: crashWhileStopping, Schedules: 60,
			Why: "Somebody who wants an end does not want a worker to begin again.",
		},
		{
			Name: "crash-and-stop", Aspect: grader.Cancel, Points: 2, Contract: 8, Run: crashAndStop, Clock: suite.Adversarial, Schedules: 100,
			Why: "A worker that is started at the very moment of Stop must not be forgotten.",
		},
		{
			Name: "start-under-way", Aspect: grader.Cancel, Points: 3, Contract: 8, Run: startUnderWay, Schedules: 60,
			Why: "It takes a while to start a process, and Stop does not wait for a good moment.",
		},
		{
			Name: "nothing-for-the-dead", Aspect: grader.Cancel, Points: 2, Contract: 9, Run: nothingForTheDead, Schedules: 60,
			Why: "When a process has ended, its number may be given to another one, which nobody wants to hit.",
		},
		{
			Name: "processes-are-ended", Aspect: grader.Cancel, Points: 2, Contract: 7, Real: true, Run: child.Case(processesAreEnded),
			Why: "A real process can ignore SIGTERM, and has ended only when somebody has waited for it.",
		},
		{
			Name: "everybody-is-told", Aspect: grader.Join, Points: 3, Contract: 10, Run: everybodyIsTold, Clock: suite.Adversarial, Schedules: 100,
			Why: "That the supervisor has given up concerns everybody who waits for it.",
		},
		{
			Name: "stops-wait", Aspect: grader.Join, Points: 3, Contract: 10, Run: stopsWait, Clock: suite.Adversarial, Schedules: 100,
			Why: "Who calls Stop goes on to remove what the workers were using, so all of them must be gone.",
		},
		{
			Name: "before-start", Aspect: grader.Join, Points: 2, Contract: 10, Run: beforeStart, Schedules: 60,
			Why: "To wait for workers that nobody has started would be to wait for ever.",
		},
		{
			Name: "others-go-on", Aspect: grader.Panic, Points: 3, Contract: 5, Run: othersGoOn, Schedules: 60,
			Why: "That is why there are several processes: the crash of one is nothing to the others.",
		},
		{
			Name: "pauses-of-its-own", Aspect: grader.Panic, Points: 3, Contract: 5, Run: pausesOfItsOwn, Schedules: 60,
			Why: "A worker that crashes for the first time must not pay for another one that does so all the time.",
		},
		{
			Name: "giving-up-ends-all", Aspect: grader.Panic, Points: 4, Contract: 4, Run: givingUpEndsAll, Schedules: 60,
			Why: "A master that has given up leaves no workers without a master.",
		},
		{
			Name: "nobody-waits-for-another", Aspect: grader.Parallel, Points: 5, Contract: 5, Run: nobodyWaitsForAnother, Schedules: 60,
			Why: "A worker that takes long to start or to end must not keep the supervisor from looking after the others.",
		},
		{
			Name: "started-once", Aspect: grader.Race, Points: 3, Contract: 1, Run: startedOnce, Clock: suite.Adversarial, Schedules: 100,
			Why: "If two both start the supervisor, there are two processes of every worker.",
		},
		{
			Name: "all-at-once", Aspect: grader.Race, Points: 4, Contract: 11, Run: allAtOnce, Clock: suite.Adversarial, Schedules: 100,
			Why: "Workers crash when they like, while others ask, wait, and stop.",
		},
		{
			Name: "asked-from-within", Aspect: grader.Deadlock, Points: 4, Contract: 11, Run: askedFromWithin, Clock: suite.Adversarial, Schedules: 100,
			Why: "Who writes a log of every start wants to say which one it is.",
		},
		{
			Name: "nothing-left", Aspect: grader.Leak, Points: 4, Contract: 12, Run: nothingLeft, Schedules: 60,
			Why: "What is left of a supervisor that is over would be there as long as the program.",
		},
		{
			Name: "no-process-left", Aspect: grader.Leak, Points: 2, Contract: 12, Real: true, Run: child.Case(noProcessLeft),
			Why: "A process that nobody looks after goes on for ever, and one that has ended is a zombie until somebody waits for it.",
		},
	},
}
