// Package wire is the protocol between the grader and the process that runs a
// suite: lines of JSON on two pipes of their own. The process begins with a
// [Record] of type [Hello] that lists the cases, on descriptor [Out]. The
// grader sends a [Request] per case on descriptor [In], and the process
// answers each with a record. Standard output and error are not part of it.
//
// [Names] is what both sides know of the user's files: what they are called in
// the program, and what in reports.
package wire

import "example.com/gokata/grader"

// The descriptors of the process that runs a suite.
const (
	In  = 3
	Out = 4
)

// SubmissionPrefix and SuitePrefix stand before the file names of the
// submission and of the suite in a program's line table.
const (
	SubmissionPrefix = "/submission/"
	SuitePrefix      = "/suite/"
)

// Request asks for one case to be run.
type Request struct {
	Key       string `json:"key"` // a secret, which the record that answers repeats
	Case      string `json:"case"`
	Seed      uint64 `json:"seed"`
	Schedules int    `json:"schedules,omitempty"` // 0: as many as the case says
	Schedule  string `json:"schedule,omitempty"`  // run this one alone, explained
	Tag       uint16 `json:"tag"`                 // goes into schedules; identifies the submission
	Adversary bool   `json:"adversary,omitempty"` // time may pass at any moment, whatever the case says
	Strategy  string `json:"strategy,omitempty"`  // one of Strategies; "": those of the case in turn
	Free      bool   `json:"free,omitempty"`      // run the case once, outside of the scheduler's control
}

// Strategies are the ways to choose schedules that a request can ask for:
// uniformly at random, by random priorities that change up to twice, and by
// searching through all interleavings with few preemptions.
var Strategies = []string{"random", "pct1", "pct2", "pct3", "dfs"}

// The types of record.
const (
	Hello = "hello" // Cases is filled in
	Done  = "done"  // Result and perhaps Finding are filled in
	Fatal = "fatal" // as Done, but the process cannot go on
	Last  = "last"  // as Done, but the process is not to be used again
	Leave = "leave" // as Fatal: the case waits for something that the scheduler does not control
)

// Record is one answer. What a submission might write by itself, should it ever
// find the descriptor, lacks the key.
type Record struct {
	Type     string              `json:"type"`
	Key      string              `json:"key,omitempty"` // that of the request; Hello has none
	Exercise string              `json:"exercise,omitempty"`
	Cases    []grader.CaseResult `json:"cases,omitempty"`
	Result   grader.CaseResult   `json:"result,omitzero"`
	Finding  *grader.Finding     `json:"finding,omitempty"`
	TODO     bool                `json:"todo,omitempty"`     // the submission panicked with TODO
	Hog      bool                `json:"hog,omitempty"`      // Fatal, after using up the processor or the memory
	Replayed bool                `json:"replayed,omitempty"` // a single schedule was asked for and followed
}
