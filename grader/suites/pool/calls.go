package pool

import (
	"context"
	"errors"

	"example.com/gokata/exercises/pool"
	"example.com/gokata/grader/suite"
)

// nothing is a task that ends at once.
func nothing() (any, error) { return nil, nil }

// submit submits a task that must be accepted.
func submit(t *suite.T, p *pool.Pool, task pool.Task) *pool.Future {
	f, err := p.Submit(task)
	if err != nil {
		t.Fatalf("Submit on an open pool returned the error %q", err)
	}
	if f == nil {
		t.Fatalf("Submit on an open pool returned no Future")
	}
	return f
}

// refused submits a task that must not be accepted. when completes "Submit …".
func refused(t *suite.T, p *pool.Pool, when string) {
	f, err := p.Submit(func() (any, error) {
		t.Errorf("a task that was submitted %s has run", when)
		return nil, nil
	})
	switch {
	case !errors.Is(err, pool.ErrClosed):
		t.Expected("ErrClosed", suite.Said(err), "Submit %s is not refused", when)
	case f != nil:
		t.Expected("nil and ErrClosed", "a Future and ErrClosed", "Submit %s returns a Future for a task that will never run", when)
	}
}

// finish closes and joins a pool.
func finish(t *suite.T, p *pool.Pool) {
	p.Close()
	if err := p.Join(); err != nil {
		t.Fatalf("Join after Close returned the error %q", err)
	}
}

// wait returns the value of a task that must succeed.
func wait(t *suite.T, f *pool.Future) any {
	v, err := f.Wait(context.Background())
	if err != nil {
		t.Fatalf("Wait returned the error %q, but the task had none", err)
	}
	return v
}
