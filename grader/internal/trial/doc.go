// Package trial is the part of a graded program that puts it to the test: it
// runs each case under one schedule after another, judges every run, and makes
// and explains the schedule that proves a failure.
//
// A case is a function and what is known about it ([Case]). Whoever writes
// cases gives them a language of their own on top of a [Log]: package suite
// for the hidden suites, gotest for tests written for go test.
//
//	[Serve] ─▶ case ─▶ explore: strategy i, clock i ─▶ sched.Do ─▶ judge
//	                      │ the first failure
//	                      ▼
//	              shrink ─▶ replay, with every step noted ─▶ finding
//
// The verdict on a run and the finding depend on nothing but the program, the
// case and the schedule.
package trial
