package semaphore

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"example.com/gokata/exercises/semaphore"
	"example.com/gokata/grader/suite"
)

// acquire takes n units and must get them.
func acquire(t *suite.T, s *semaphore.Semaphore, n int) {
	if err := s.Acquire(context.Background(), n); err != nil {
		t.Fatalf("Acquire of %d units, with a context that is never done, returned the error %q", n, err)
	}
}

// gone checks that err is the one of an Acquire whose context is done.
func gone(t *suite.T, err, want error, when string) {
	if !errors.Is(err, want) {
		t.Expected(want.Error(), suite.Said(err), "Acquire %s does not return the error of its context", when)
	}
}

// free checks that exactly n units are free, when nobody waits and nobody else
// is about to do anything. It leaves them free.
func free(t *suite.T, s *semaphore.Semaphore, n int, when string) {
	got := 0
	for got <= n && s.TryAcquire(1) {
		got++
	}
	if got > n { // and how many of them may be released, nobody knows
		t.Expected(fmt.Sprint(n), "more than that", "the number of units that TryAcquire finds free %s", when)
		return
	}
	if got < n {
		t.Expected(fmt.Sprint(n), fmt.Sprint(got), "the number of units that TryAcquire finds free %s", when)
	}
	if got > 0 {
		s.Release(got)
	}
}

// line starts goroutines that call Acquire one after the other. Each is in the
// line before the next one starts.
type line struct {
	t  *suite.T
	s  *semaphore.Semaphore
	wg sync.WaitGroup
}

// add puts somebody at the end of the line. When it has n units, it notes "name
// goes in" and gives them back.
func (l *line) add(name string, n int) {
	l.join(context.Background(), name, n, func() { l.s.Release(n) })
}

// join puts somebody at the end of the line who waits until ctx is done. When
// it has n units, it notes "name goes in" and calls then; otherwise it notes
// "name leaves".
func (l *line) join(ctx context.Context, name string, n int, then func()) {
	l.wg.Go(func() {
		if err := l.s.Acquire(ctx, n); err != nil {
			l.t.Event("%s leaves", name)
			return
		}
		l.t.Event("%s goes in", name)
		then()
	})
	l.t.Settle()
}

// panics calls fn, which has to panic. what says what fn does.
func panics(t *suite.T, what string, fn func()) {
	panicked := true
	t.Within(time.Second, what, func() { panicked = suite.Raised(fn) != nil })
	if !panicked {
		t.Errorf("%s does not panic", what)
	}
}
