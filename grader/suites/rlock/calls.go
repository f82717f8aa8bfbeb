package rlock

import (
	"fmt"

	"example.com/gokata/exercises/rlock"
	"example.com/gokata/grader/suite"
)

// free fails the case unless nobody holds the lock. when is the end of a
// sentence.
func free(t *suite.T, l *rlock.Lock, when string) {
	o := rlock.NewOwner()
	if !l.TryLock(o) {
		t.Expected("true", "false", "TryLock by a new Owner does not get a free lock %s", when)
		return
	}
	l.Unlock(o)
}

// taken fails the case if another Owner gets the lock.
func taken(t *suite.T, l *rlock.Lock, when string) {
	if l.TryLock(rlock.NewOwner()) {
		t.Expected("false", "true", "TryLock by a new Owner gets the lock %s", when)
	}
}

// again fails the case unless the owner of the lock may enter it again.
func again(t *suite.T, l *rlock.Lock, o *rlock.Owner, when string) {
	if !l.TryLock(o) {
		t.Expected("true", "false", "TryLock does not let the holder in again %s", when)
		return
	}
	l.Unlock(o)
}

// depth compares what Depth returns. when completes "the Depth …".
func depth(t *suite.T, want int, l *rlock.Lock, o *rlock.Owner, when string) {
	t.Diff(want, l.Depth(o), "the Depth %s", when)
}

// unlockPanics fails the case unless Unlock panics. when is the end of a
// sentence.
func unlockPanics(t *suite.T, l *rlock.Lock, o *rlock.Owner, when string) {
	if suite.Raised(func() { l.Unlock(o) }) == nil {
		t.Expected("a panic", "no panic", "Unlock returns, although %s", when)
	}
}

// passesOn fails the case unless With passes on a panic with the value itself.
func passesOn(t *suite.T, l *rlock.Lock, o *rlock.Owner, failure error, fn func()) {
	if v := suite.Raised(func() { l.With(o, fn) }); v != failure {
		t.Expected(fmt.Sprintf("a panic with the error %q itself", failure), fmt.Sprintf("%v", v), "With does not pass on the panic of its function")
	}
}
