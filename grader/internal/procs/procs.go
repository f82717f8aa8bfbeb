// Package procs tells what the processes of this machine are doing, as far as
// the operating system says so: who has started whom, who waits and who runs,
// and which descriptors the calling process has open. On systems without /proc
// it knows nothing, and [Known] is false.
//
// What it returns may have changed by the time it is looked at. All functions
// may be called concurrently.
package procs

import "slices"

// Process is a process at the moment when it was looked at.
type Process struct {
	PID     int
	Parent  int
	Session int
	State   State
}

// State says in a word what a process is doing.
type State string

// The states.
const (
	Runs    State = "runs"    // at least one of its threads does, or would if it got a processor
	Waits   State = "waits"   // for input, for a lock, for time to pass
	Stopped State = "stopped" // by a signal, until it is told to go on
	Zombie  State = "zombie"  // it has ended, and its parent has not asked how
)

// Descendants returns the processes that have the given one for an ancestor,
// ordered by number.
func Descendants(pid int) []Process {
	var family []Process
	for parents := []int{pid}; len(parents) > 0; parents = parents[1:] {
		for _, child := range children(parents[0]) {
			if p, ok := Look(child); ok {
				family, parents = append(family, p), append(parents, child)
			}
		}
	}
	slices.SortFunc(family, func(a, b Process) int { return a.PID - b.PID })
	return family
}

// Session returns the processes of a session, ordered by number.
func Session(id int) []Process {
	return slices.DeleteFunc(List(), func(p Process) bool { return p.Session != id })
}
