package filelock

import (
	"context"
	"errors"
	"time"

	"example.com/gokata/exercises/filelock"
	"example.com/gokata/grader/suite"
)

func tryLockTellsTheTruth(t *suite.T) {
	l, remove := fresh(t)
	defer remove()
	try(t, l, true, "when nobody has the lock")
	try(t, l, false, "while this very Lock has it, by TryLock")
	must(t, l.Unlock(), "Unlock")
	must(t, l.Lock(ever), "Lock")
	try(t, l, false, "while this very Lock has it, by Lock")
	suite.Together(func() { try(t, l, false, "to another goroutine of the Lock that has it") })
	must(t, l.Unlock(), "Unlock")
	free(t, l, "that was given back")
}

func oneUnlockEach(t *suite.T) {
	l, remove := fresh(t)
	defer remove()
	is(t, filelock.ErrNotLocked, "ErrNotLocked", l.Unlock(), "Unlock of a new Lock")
	must(t, l.Lock(ever), "Lock")
	suite.Together(func() { must(t, l.Unlock(), "Unlock by another goroutine than the one that locked") })
	is(t, filelock.ErrNotLocked, "ErrNotLocked", l.Unlock(), "Unlock of a Lock that has been unlocked")
	must(t, l.Lock(ever), "Lock")
	var errs [2]error
	suite.Together(func() { errs[0] = l.Unlock() }, func() { errs[1] = l.Unlock() })
	if errs[0] != nil {
		errs[0], errs[1] = errs[1], errs[0]
	}
	must(t, errs[0], "each of two Unlocks at once")
	is(t, filelock.ErrNotLocked, "ErrNotLocked", errs[1], "the other one of two Unlocks at once")
	var got, given bool
	suite.Together(
		func() {
			var err error
			got, err = l.TryLock()
			must(t, err, "TryLock")
		},
		func() { given = l.Unlock() == nil },
	)
	switch {
	case given:
		t.Diff(true, got, "what TryLock returns when another goroutine has given back what it took")
	case got:
		must(t, l.Unlock(), "Unlock")
	}
	free(t, l, "that was given back")
}

func withHasTheLock(t *suite.T) {
	l, remove := fresh(t)
	defer remove()
	mine := errors.New("an error of the function")
	for _, want := range []error{nil, mine} {
		calls := 0
		err := l.With(ever, func() error {
			calls++
			try(t, l, false, "while With calls its function")
			return want
		})
		t.Diff(1, calls, "how often With has called its function")
		is(t, want, said(want), err, "With, when its function returns %s", said(want))
		free(t, l, "after With has returned")
	}
	done, cancel := context.WithCancel(ever)
	cancel()
	err := l.With(done, func() error {
		t.Errorf("With has called its function although it did not get the lock")
		return nil
	})
	is(t, context.Canceled, context.Canceled.Error(), err, "With, when its context is done")
}

func withUnlocksOnPanic(t *suite.T) {
	l, remove := fresh(t)
	defer remove()
	var seen any
	func() {
		defer func() { seen = recover() }()
		_ = l.With(ever, func() error { panic("on purpose") })
	}()
	t.Diff("on purpose", seen, "what the caller of With recovers when the function panics")
	free(t, l, "after the function of With has panicked")
}

// A tenth of a second is the longest pause that is promised.
const longest = 100 * time.Millisecond

func waitersLookOften(t *suite.T) {
	l, remove := fresh(t)
	defer remove()
	must(t, l.Lock(ever), "Lock")
	const held = 210*time.Millisecond + 7
	suite.Together(
		func() {
			t.Work(held)
			must(t, l.Unlock(), "Unlock")
		},
		func() {
			must(t, l.Lock(ever), "Lock")
			if waited := t.Elapsed(); waited < held {
				t.Expected("at least "+held.Round(time.Millisecond).String(), waited.String(), "a Lock returned before the lock was given back; the time it waited")
			} else if waited > held+longest {
				t.Expected("at most "+longest.String(), (waited - held).String(), "how long after the Unlock a Lock that waits has the lock")
			}
			must(t, l.Unlock(), "Unlock")
		},
	)
}

func goroutinesOfOneLock(t *suite.T) {
	l, remove := fresh(t)
	defer remove()
	inside := t.Gauge("holders", 1)
	visit := func() error {
		inside.Enter()
		t.Work(time.Millisecond)
		inside.Leave()
		return nil
	}
	suite.Together(
		func() {
			must(t, l.Lock(ever), "Lock")
			_ = visit()
			must(t, l.Unlock(), "Unlock")
		},
		func() { must(t, l.With(ever, visit), "With") },
		func() {
			got, err := l.TryLock()
			must(t, err, "TryLock")
			if got {
				_ = visit()
				must(t, l.Unlock(), "Unlock")
			}
		},
	)
	if inside.Total() < 2 {
		t.Errorf("Lock and With returned, and not both of them had the lock")
	}
	free(t, l, "that everybody has given back")
}

func holdersSeeEachOther(t *suite.T) {
	l, remove := fresh(t)
	defer remove()
	n, tries := 0, 0
	raise := func() error {
		n++
		return nil
	}
	suite.Together(
		func() {
			must(t, l.Lock(ever), "Lock")
			_ = raise()
			must(t, l.Unlock(), "Unlock")
		},
		func() { must(t, l.With(ever, raise), "With") },
		func() {
			got, err := l.TryLock()
			must(t, err, "TryLock")
			if got {
				tries++
				_ = raise()
				must(t, l.Unlock(), "Unlock")
			}
		},
	)
	t.Diff(2+tries, n, "a number that each holder of the lock has raised by one")
}

func everybodyAtOnce(t *suite.T) {
	l, remove := fresh(t)
	defer remove()
	expected := func(call string, err error) {
		if err != nil && !errors.Is(err, filelock.ErrClosed) {
			t.Expected("nil or ErrClosed", said(err), "%s, while another goroutine calls Close", call)
		}
	}
	suite.Together(
		func() {
			err := l.Lock(ever)
			expected("Lock", err)
			if err == nil {
				expected("Unlock", l.Unlock())
			}
		},
		func() {
			got, err := l.TryLock()
			expected("TryLock", err)
			if got && err == nil {
				expected("Unlock", l.Unlock())
			}
		},
		func() { expected("With", l.With(ever, func() error { return nil })) },
		func() { must(t, l.Close(), "Close") },
		func() { must(t, l.Close(), "Close, while another goroutine calls Close as well,") },
	)
	is(t, filelock.ErrClosed, "ErrClosed", l.Lock(ever), "Lock after Close")
}

func givesUpAtOnce(t *suite.T) {
	l, remove := fresh(t)
	defer remove()
	done, cancel := context.WithCancel(ever)
	cancel()
	is(t, context.Canceled, context.Canceled.Error(), l.Lock(done), "Lock of a free lock, with a context that was done before")
	free(t, l, "that a Lock with a context that is done has not taken")

	must(t, l.Lock(ever), "Lock")
	const limit = 30*time.Millisecond + 7
	late, cancel := context.WithTimeout(ever, limit)
	defer cancel()
	began := t.Elapsed()
	is(t, context.DeadlineExceeded, context.DeadlineExceeded.Error(), l.Lock(late), "Lock, when its context ends before the lock is free")
	t.Diff(limit, t.Elapsed()-began, "how long Lock waits, when its context ends before the lock is free")

	stop, cancel := context.WithCancel(ever)
	began = t.Elapsed()
	suite.Together(
		func() {
			t.Work(limit)
			cancel()
		},
		func() {
			is(t, context.Canceled, context.Canceled.Error(), l.Lock(stop), "Lock, when its context is cancelled before the lock is free")
			t.Diff(limit, t.Elapsed()-began, "how long Lock waits, when its context is cancelled before the lock is free")
		},
	)
	try(t, l, false, "after two others have given up waiting for this Lock")
	must(t, l.Unlock(), "Unlock")
	free(t, l, "that others have given up waiting for")
}
