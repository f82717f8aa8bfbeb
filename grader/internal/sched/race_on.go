//go:build race

package sched

import (
	"runtime"
	"unsafe"
)

// RaceEnabled tells whether the race detector is on.
const RaceEnabled = true

// Acquire tells the race detector that whatever was released at addr happened
// before what the calling goroutine does from now on.
//
//go:norace
func Acquire(addr unsafe.Pointer) { runtime.RaceAcquire(addr) }

// Release tells the race detector that what the calling goroutine did so far
// happens before the next Acquire of addr. It replaces earlier releases.
//
//go:norace
func Release(addr unsafe.Pointer) { runtime.RaceRelease(addr) }

// ReleaseMerge is Release, but adds to earlier releases.
//
//go:norace
func ReleaseMerge(addr unsafe.Pointer) { runtime.RaceReleaseMerge(addr) }

// NoteRead tells the race detector that the calling goroutine read addr, for
// the sake of a rule that it and a write of addr must not be concurrent.
//
//go:norace
func NoteRead(addr unsafe.Pointer, rule Rule) {
	before := Races()
	runtime.RaceRead(addr)
	broke(rule, before)
}

// touch is NoteRead where no rule can be broken yet.
//
//go:norace
func touch(addr unsafe.Pointer) { runtime.RaceRead(addr) }

// NoteWrite tells the race detector that the calling goroutine wrote addr.
//
//go:norace
func NoteWrite(addr unsafe.Pointer, rule Rule) {
	before := Races()
	runtime.RaceWrite(addr)
	broke(rule, before)
}

// broke notes the rule if it is what the run's first race report is about.
//
//go:norace
func broke(rule Rule, before int) {
	if r := active; r != nil && before == r.races && Races() > before {
		r.result.Broken = rule
	}
}

// Hide makes the race detector ignore the calling goroutine's synchronisation
// until Show.
//
//go:norace
func Hide() { runtime.RaceDisable() }

// Show ends Hide.
//
//go:norace
func Show() { runtime.RaceEnable() }

// Races returns how many races have been reported so far.
//
//go:norace
func Races() int { return runtime.RaceErrors() }
