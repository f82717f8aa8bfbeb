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

// NoteRead tells the race detector that the calling goroutine read addr.
//
//go:norace
func NoteRead(addr unsafe.Pointer) { runtime.RaceRead(addr) }

// NoteWrite tells the race detector that the calling goroutine wrote addr.
//
//go:norace
func NoteWrite(addr unsafe.Pointer) { runtime.RaceWrite(addr) }

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
