// Package catalog knows the exercises as they are found on disk, and reads
// what a learner hands in.
//
// Directories are the registry: every directory exercises/<slug> that holds
// an exercise.yaml is an exercise, and adding one edits no other file. The
// manifest carries what the grader must know; the contract, the numbered list
// of promises that cases refer to, is read from the statement itself
// (README.md, under "## Contract"), so that a report quotes the very sentence
// the learner has read. What a submission may import is in the manifest, too:
// packages of the standard library, and those below exercises/given.
//
// A submission is read by [ReadSubmission]: the plain Go files of one
// directory, bounded in number and size. Nothing here builds or runs anything.
package catalog
