//go:build !race

package sched

import "unsafe"

// RaceEnabled tells whether the race detector is on.
const RaceEnabled = false

// Acquire does nothing: the race detector is off.
func Acquire(addr unsafe.Pointer) {}

// Release does nothing: the race detector is off.
func Release(addr unsafe.Pointer) {}

// ReleaseMerge does nothing: the race detector is off.
func ReleaseMerge(addr unsafe.Pointer) {}

// NoteRead does nothing: the race detector is off.
func NoteRead(addr unsafe.Pointer, rule Rule) {}

func touch(addr unsafe.Pointer) {}

// NoteWrite does nothing: the race detector is off.
func NoteWrite(addr unsafe.Pointer, rule Rule) {}

// Hide does nothing: the race detector is off.
func Hide() {}

// Show does nothing: the race detector is off.
func Show() {}

// Races returns 0: the race detector is off.
func Races() int { return 0 }
