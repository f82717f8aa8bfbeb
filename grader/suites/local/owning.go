package local

import (
	"context"
	"errors"
	"sync"
	"time"

	"example.com/gokata/exercises/local"
	"example.com/gokata/grader/suite"
)

func aliceAndBob(t *suite.T) {
	var student local.Local[string]
	m := t.Rendezvous(2, "two threads")
	process := func(name string) func(context.Context) {
		return func(ctx context.Context) {
			student.Set(ctx, name)
			m.Meet() // both have a student now
			has(t, &student, ctx, name, "the thread of "+name)
		}
	}
	student.Set(main, "nobody")
	threads(process("Alice"), process("Bob"))
	has(t, &student, main, "nobody", "the main thread, after two others have set theirs")
}

func names(t *suite.T) {
	t.Diff("MainThread", local.Name(main), "the name of the thread to which a context of no thread belongs")
	m := t.Rendezvous(2, "two threads")
	call := func(name string) func() {
		return func() {
			local.Run(main, name, func(ctx context.Context) {
				m.Meet()
				t.Diff(name, local.Name(ctx), "the name of a thread, while another one runs")
				derived, cancel := context.WithCancel(ctx)
				defer cancel()
				t.Diff(name, local.Name(derived), "the name of a thread, found by a derived context")
				local.Run(derived, "child of "+name, func(ctx context.Context) {
					t.Diff("child of "+name, local.Name(ctx), "the name of a thread within a thread")
				})
				t.Diff(name, local.Name(ctx), "the name of a thread, after one within it has ended")
				t.Diff("MainThread", local.Name(main), "the name that a context of no thread finds within a thread")
			})
		}
	}
	var all sync.WaitGroup
	all.Go(call("Thread-A"))
	all.Go(call("Thread-B"))
	all.Wait()
}

func runIsACall(t *suite.T) {
	type key struct{}
	ctx, cancel := context.WithCancel(context.WithValue(main, key{}, "value"))
	calls := 0
	local.Run(ctx, "worker", func(ctx context.Context) {
		t.Work(time.Second)
		calls++
		t.Diff("value", ctx.Value(key{}), "a value of the context that was passed to Run, looked up in the context of the thread")
		if err := ctx.Err(); err != nil {
			t.Expected("nil", err.Error(), "the context of a thread is done, although the one that was passed to Run is not")
		}
		cancel()
		<-ctx.Done()
		if err := ctx.Err(); !errors.Is(err, context.Canceled) {
			t.Errorf("the context of a thread has another error than the one that was passed to Run, which was canceled")
		}
	})
	t.Diff(1, calls, "how often the function has run when Run returns")
	local.Run(ctx, "late", func(context.Context) { calls++ })
	t.Diff(2, calls, "how often the function has run when Run has been called once more, with a context that is done")
}

func setGetDelete(t *suite.T) {
	var n local.Local[int]
	all := func(ctx context.Context, who string) {
		hasNone(t, &n, ctx, who+", before the first Set")
		n.Delete(ctx)
		n.Set(ctx, 7)
		has(t, &n, ctx, 7, who)
		n.Set(ctx, 8)
		has(t, &n, ctx, 8, who+", after a second Set")
		n.Delete(ctx)
		hasNone(t, &n, ctx, who+", after Delete")
		n.Set(ctx, 0)
		has(t, &n, ctx, 0, who+", after Set with the zero value")
		t.Diff(0, n.GetOrInit(ctx, func() int { return 9 }), "what GetOrInit returns when the value is 0")
		n.Delete(ctx)
		t.Diff(9, n.GetOrInit(ctx, func() int { return 9 }), "what GetOrInit returns when the value has been deleted and init makes 9")
		has(t, &n, ctx, 9, who+", after GetOrInit")
		t.Diff(9, n.GetOrInit(ctx, func() int { return 10 }), "what a second GetOrInit returns")
		n.Delete(ctx)
		t.Diff(11, n.GetOrInit(ctx, func() int { return 11 }), "what GetOrInit returns when its first value has been deleted and init makes 11")
	}
	all(main, "the main thread")
	local.Run(main, "worker", func(ctx context.Context) { all(ctx, "another thread") })
	has(t, &n, main, 11, "the main thread, after another one has used the same Local")

	var err local.Local[error]
	err.Set(main, nil)
	if _, ok := err.Get(main); !ok {
		t.Expected("nil, true", "nil, false", "Get does not find a value that is nil")
	}
}

func childrenBeginEmpty(t *suite.T) {
	var l local.Local[string]
	l.Set(main, "main")
	local.Run(main, "parent", func(ctx context.Context) {
		hasNone(t, &l, ctx, "a thread that the main thread has just started")
		l.Set(ctx, "parent")
		var child sync.WaitGroup
		child.Go(func() {
			local.Run(ctx, "child", func(ctx context.Context) {
				hasNone(t, &l, ctx, "a thread that another one has just started with its own context")
				t.Diff("child", l.GetOrInit(ctx, func() string { return "child" }), "what GetOrInit returns in a thread that has no value yet")
				has(t, &l, ctx, "child", "a child")
			})
		})
		child.Wait()
		has(t, &l, ctx, "parent", "a parent whose child had a value of its own")
		local.Run(ctx, "second child", func(ctx context.Context) { l.Delete(ctx) })
		has(t, &l, ctx, "parent", "a parent whose child has called Delete")
		local.Run(ctx, "parent", func(ctx context.Context) {
			hasNone(t, &l, ctx, "a new thread that has the name of its parent")
		})
	})
	has(t, &l, main, "main", "the main thread")
}

func localsAreSeparate(t *suite.T) {
	var a, b local.Local[int]
	var s local.Local[string]
	local.Run(main, "worker", func(ctx context.Context) {
		a.Set(ctx, 1)
		hasNone(t, &b, ctx, "another Local of the same type")
		hasNone(t, &s, ctx, "a Local of another type")
		b.Set(ctx, 2)
		s.Set(ctx, "three")
		has(t, &a, ctx, 1, "the first of three Locals")
		a.Delete(ctx)
		has(t, &b, ctx, 2, "the second of three Locals")
		has(t, &s, ctx, "three", "the third of three Locals")
		size(t, &a, 0, "of a Local whose only value was deleted")
		size(t, &b, 1, "of a Local with one value")
	})
}

func goroutinesOfOneThread(t *suite.T) {
	type key struct{}
	var l local.Local[string]
	local.Run(main, "worker", func(ctx context.Context) {
		l.Set(ctx, "of the thread")
		var helper sync.WaitGroup
		helper.Go(func() {
			has(t, &l, ctx, "of the thread", "a goroutine that was given the context of the thread")
			l.Set(context.WithValue(ctx, key{}, 1), "of the helper")
		})
		helper.Wait()
		has(t, &l, ctx, "of the helper", "a thread whose value was changed by another goroutine of it")
		hasNone(t, &l, main, "the main thread, asked within another thread")
		size(t, &l, 1, "when two goroutines of one thread have used it")
	})
}
