// Package suite is the kit that hidden suites are written with. This is the
// manual for their authors.
//
// # A suite is a value
//
//	var Suite = suite.Suite{
//		Exercise: "pool",
//		Cases: []suite.Case{{
//			Name: "one-worker-in-order", Aspect: grader.Order, Points: 6, Contract: 2,
//			Why:  "Who comes first is served first.",
//			Run:  oneWorkerInOrder,
//		}},
//	}
//
// Contract is the number of the promise in the exercise's README; every
// promise has a case, and a case checks nothing that is not promised. Why is
// one sentence for the learner. The points of all cases sum to 100.
//
// A case is ordinary Go: it starts goroutines, uses channels, sync, context
// and time. The grader rewrites it together with the submission, and runs it
// some hundred times, each time in another order of goroutines: first in the
// most natural one, then alternating between uniformly random choices and PCT.
// It stops at the first failure, makes that schedule as short as it can, and
// explains it. A case therefore must not depend on anything but the order of
// its goroutines: no random numbers, no iteration over maps that shows, no
// package-level variables that change.
//
// # What is found without being asked for
//
// Every case fails on a data race, a deadlock (nobody can ever run again), a
// goroutine that is left behind, a panic, a misused primitive, and a step bound
// that is exceeded. So the best check for "Join returns" is to call Join:
//
//	// RIGHT: if Join hangs, the finding says who waits for what.
//	p.Close()
//	p.Join()
//
//	// WRONG: a time-out says nothing, and time is virtual anyway.
//	select {
//	case <-done:
//	case <-time.After(time.Second):
//		t.Errorf("Join hangs")
//	}
//
// Data races include those between the case and the submission: what a task
// writes and the case reads after Wait must be ordered by the submission.
//
//	// RIGHT: a race here means that Wait does not order the two.
//	n := 0
//	f, _ := p.Submit(func() (any, error) { n = 1; return nil, nil })
//	f.Wait(ctx)
//	t.Diff(1, n, "what the task wrote")
//
//	// WRONG: the mutex orders them, so the case can never see the race.
//	mu.Lock(); n = 1; mu.Unlock()
//
// The methods of [T] order nothing: use [T.Event], [T.Gauge] and
// [T.Errorf] from anywhere. Do not use package fmt inside tasks on values that
// change; let T format.
//
// # Time
//
// Time is virtual. [T.Work] is a task being busy, [T.Elapsed] is exact. Under
// the [Fair] clock, the default, time passes only when nobody can run, so four
// tasks of two seconds on four workers take 2s to the nanosecond. Under the
// [Adversarial] clock time may pass at any moment: use it wherever elapsed time
// is not part of the promise, for it finds sleeps that stand in for
// synchronisation.
//
// # Not yet, and at once
//
// "Join has not returned yet" is shown by order, not by waiting: [T.Settle]
// returns when everybody else is blocked, and what has not happened by then
// will not happen by itself.
//
//	go func() { p.Join(); t.Event("joined") }()
//	t.Settle()
//	t.Happened("joined").Never()
//
// "Side by side" is shown by a [Rendezvous], never by the clock: three tasks
// that each wait for the other two end only if three run at once. "Never more
// than" is shown by a [Gauge]. [Together] starts what is to run side by side and
// waits for it; [Raised] is what a call panics with, and [Said] an error in words.
//
// # Being fair to the learner
//
// Accept every correct solution, not only those that look like the reference:
// put correct variants under testdata/correct, built differently, and faults
// under testdata/faulty, one bug each. Messages are whole sentences about what
// the learner's code did; [T.Expected] and [T.Diff] show what was expected and
// what was seen. Values of types that the learner defines are not compared
// with Diff, for that would run the learner's methods.
//
// # Beginning and proving a suite
//
// kata new SLUG writes all parts of an exercise, with one case. kata mutate SLUG
// makes mistakes in the reference solution and shows those that no case
// notices: each asks for a case, or is listed in testdata/equivalent.txt with
// the reason why it breaks no promise.
package suite
