package suite

import (
	"fmt"
	"slices"
	"strings"

	"example.com/gokata/grader/internal/sched"
)

// Event appends to the case's log of events. The arguments are formatted as
// by fmt.Sprintf; formatting here rather than in the case keeps the race
// detector from seeing an order where there is none.
//
//go:norace
func (t *T) Event(format string, args ...any) {
	s := format
	if len(args) > 0 {
		s = t.sprintf(format, args)
	}
	t.lock()
	t.events = push(t.events, s)
	t.unlock()
}

// Events returns the log so far.
//
//go:norace
func (t *T) Events() []string {
	t.lock()
	defer t.unlock()
	return slices.Clone(t.events)
}

// Happened returns an assertion about an event, to be completed:
//
//	t.Happened("task 1 ends").Before("join returns")
//
//go:norace
func (t *T) Happened(event string) *Event {
	sched.Hide()
	defer sched.Show()
	return &Event{t: t, name: event, log: t.Events()}
}

// Event is an assertion about an event of the log.
type Event struct {
	t    *T
	name string
	log  []string
}

// Once fails the case unless the event happened exactly once.
func (e *Event) Once() bool { return e.Times(1) }

// Never fails the case if the event happened.
func (e *Event) Never() bool { return e.Times(0) }

// Times fails the case unless the event happened exactly n times.
func (e *Event) Times(n int) bool {
	k := 0
	for _, s := range e.log {
		if s == e.name {
			k++
		}
	}
	if k == n {
		return true
	}
	e.t.fail("times "+e.name, fmt.Sprintf("%q happened %s", e.name, times(k)), times(n), times(k))
	return false
}

func times(n int) string {
	switch n {
	case 0:
		return "not at all"
	case 1:
		return "once"
	default:
		return fmt.Sprintf("%d times", n)
	}
}

// Before fails the case unless the event happened, other happened, and the
// first time of the event came before the first time of other.
func (e *Event) Before(other string) bool { return e.t.ordered(e.log, e.name, other) }

// After fails the case unless the event happened, other happened, and the
// first time of the event came after the first time of other.
func (e *Event) After(other string) bool { return e.t.ordered(e.log, other, e.name) }

func (t *T) ordered(log []string, first, second string) bool {
	i, j := slices.Index(log, first), slices.Index(log, second)
	if i >= 0 && j >= 0 && i < j {
		return true
	}
	seen := fmt.Sprintf("%q came first", second)
	switch {
	case i < 0:
		seen = fmt.Sprintf("%q did not happen", first)
	case j < 0:
		seen = fmt.Sprintf("%q did not happen", second)
	}
	t.Logf("what happened: %s", strings.Join(log, ", "))
	t.fail("order "+first+second, "events in the wrong order", fmt.Sprintf("%q before %q", first, second), seen)
	return false
}
