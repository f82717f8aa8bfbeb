package sched

import "unsafe"

// ends stands for the ends of all goroutines outside of a run.
var ends byte

// ToItsEnd returns f as what a goroutine outside of a run does from its
// beginning to its end. It happens before [AfterEnds] returns, if it has come to
// its end by then, even if nobody has waited for it. Nothing else is ordered.
func ToItsEnd(f func()) func() {
	return func() {
		defer ReleaseMerge(unsafe.Pointer(&ends))
		Jostle()
		f()
	}
}

// AfterEnds is called before memory is used anew that goroutines of earlier
// cases have used. Without it the race detector would hold the two against each
// other, as it does not know that those goroutines are gone.
func AfterEnds() { Acquire(unsafe.Pointer(&ends)) }
