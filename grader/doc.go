// Package grader holds the words that the whole project speaks, as plain data:
// the same in memory and in the JSON report.
//
// What follows is the grader from the bottom up. A package may import those above it in this
// list and none below; deps_test.go says so in detail.
//
// # In every program that is graded
//
// sched (internal) decides which goroutine runs next. The program's goroutines
// are real ones, but only one of them runs at a time; before every
// synchronisation operation a strategy may hand over to another. Time is
// virtual, a deadlock is a fact, and a run is repeated exactly from its
// schedule. The race detector is on and does not see the scheduler.
//
// rt is what rewritten code calls in place of go, select, and the channel
// operations. Its subdirectories are the twins of sync, sync/atomic, time,
// context and runtime: the same API on top of sched.
//
// trial (internal) explores the schedules of a case, judges each run, makes a
// failing schedule short and explains it. wire (internal) is the protocol
// between such a program and the grader.
//
// suite is the kit that hidden suites are written with, on top of trial.
// suites/<slug> holds the suite of one exercise: plain Go, and rewritten like
// the submission it checks. trial/gotest does for the tests of any package
// what suite does for the hidden ones.
//
// # Where processes are the subject
//
// Exercises about processes have real cases: trial runs each of them once, on the
// ordinary runtime, without schedules. suite/child is the kit for them. What a
// child process does, the case orders through named pipes (order, internal), and
// procs (internal) says who is waiting and what is left behind. That a case hangs
// is no time-out: nobody moves any more.
//
// # In the kata command
//
// grader, this package, holds the words: exercise, submission, case, aspect,
// finding, report. The leaves each know one thing, and not each other:
//
//	catalog     exercises and submissions as found on disk
//	policy      what a submission may contain
//	advice      what is likely to go wrong in it, whether or not a case shows it
//	instrument  rewriting a package so that it calls rt and the twins
//	build       compiling and linking, with all that can be kept kept
//	sandbox     running the program, confined
//	report      a report as text, as JSON, and as a trace
//	mutate      wrong programs made of a right one
//	scaffold    the first files of a new exercise
//
// engine joins them: it refuses or rewrites, builds, runs the cases in several
// processes, and scores. cli is commands, flags and exit codes, and cmd/kata is
// main.
//
// # Around it
//
// conformance grades every stub, reference, correct variant and fault, and all
// mutants of the references, and so proves the suites from both sides.
// internal/bench measures.
//
// # The way of a submission
//
//	pool.go ─▶ catalog ─▶ policy ─▶ instrument ─▶ build ─▶ sandbox ─▶ suite ─▶ score ─▶ report
//	                                   ▲                      │ cases, one process each
//	             suites/pool ──────────┘                      ▼
//	                                          sched, rt, twins; findings over a pipe
package grader
