package local

import (
	"context"
	"sync"

	"example.com/gokata/exercises/local"
	"example.com/gokata/grader/suite"
)

func valuesDie(t *suite.T) {
	var l, m local.Local[int]
	l.Set(main, 1)
	worker := func(ctx context.Context) {
		l.Set(ctx, 2)
		_ = m.GetOrInit(ctx, func() int { return 3 })
		local.Run(ctx, "child", func(ctx context.Context) {
			m.Set(ctx, 4)
			m.Delete(ctx)
			l.Set(ctx, 5)
		})
		has(t, &m, ctx, 3, "a thread whose child has ended")
	}
	for range 2 {
		threads(worker, worker)
		size(t, &l, 1, "when only the main thread is left, which has one")
		size(t, &m, 0, "when only the main thread is left, which has none")
	}
}

func lenCounts(t *suite.T) {
	var l local.Local[int]
	size(t, &l, 0, "of a new Local")
	l.Set(main, 1)
	local.Run(main, "counter", func(ctx context.Context) {
		l.Set(ctx, 6)
		size(t, &l, 2, "in a thread that has one, as the main thread has")
		l.Delete(main)
		size(t, &l, 1, "when the main thread has none any more")
		l.Set(ctx, 7)
		size(t, &l, 1, "when the same thread has set it twice")
		l.Delete(ctx)
		l.Delete(ctx)
		size(t, &l, 0, "when nobody has one any more")
		l.Set(ctx, 8)
		size(t, &l, 1, "when a thread has set it again after Delete")
	})
	size(t, &l, 0, "when all threads have ended")
	_ = l.GetOrInit(main, func() int {
		size(t, &l, 0, "while the init of the only thread is running")
		return 9
	})
	size(t, &l, 1, "after GetOrInit")
}

func nothingIsStarted(t *suite.T) {
	var l local.Local[int]
	before := t.Goroutines()
	same := func(when string) {
		t.Diff(before, t.Goroutines(), "the number of goroutines %s, compared with before", when)
	}
	local.Run(main, "worker", func(ctx context.Context) {
		same("while a thread runs")
		l.Set(ctx, 1)
		_ = l.GetOrInit(main, func() int {
			same("while init runs")
			return 2
		})
	})
	t.Settle()
	same("when a thread has ended")
}

func endedIsEnded(t *suite.T) {
	var l, unused local.Local[int]
	var old context.Context
	local.Run(main, "worker", func(ctx context.Context) {
		old = ctx
		l.Set(ctx, 1)
	})
	hasNone(t, &l, old, "a thread that has ended")
	for _, x := range []*local.Local[int]{&l, &unused} {
		x.Set(old, 2)
		hasNone(t, x, old, "a thread for which Set was called after its end")
		for i := range 2 {
			t.Diff(i, x.GetOrInit(old, func() int { return i }), "what GetOrInit returns for a thread that has ended, when init makes %d", i)
		}
		x.Delete(old)
		hasNone(t, x, old, "a thread for which GetOrInit was called after its end")
		size(t, x, 0, "when the only thread that had one has ended")
	}
	t.Diff("worker", local.Name(old), "the name of a thread that has ended")
	local.Run(old, "next", func(ctx context.Context) { // a thread may be started by one that has ended
		hasNone(t, &l, ctx, "a new thread")
		l.Set(ctx, 3)
		has(t, &l, ctx, 3, "a new thread, started with the context of one that has ended")
	})
}

func endDuringUse(t *suite.T) {
	var l, m local.Local[int]
	var helpers sync.WaitGroup
	gate := make(chan struct{})
	local.Run(main, "worker", func(ctx context.Context) {
		helpers.Go(func() { l.Set(ctx, 1) })
		helpers.Go(func() {
			t.Diff(2, m.GetOrInit(ctx, func() int {
				<-gate // until the thread has ended
				return 2
			}), "what GetOrInit returns when the thread ends during init")
		})
	})
	close(gate)
	helpers.Wait()
	size(t, &l, 0, "when a thread has ended while another goroutine of it called Set")
	size(t, &m, 0, "when a thread has ended while another goroutine of it called GetOrInit")
}

func panicInInit(t *suite.T) {
	var l local.Local[int]
	worker := func(ctx context.Context) {
		var users sync.WaitGroup
		users.Go(func() {
			v := suite.Raised(func() { _ = l.GetOrInit(ctx, func() int { panic("on purpose") }) })
			if v != nil { // nil if the other one was first
				passedOn(t, "on purpose", v, "GetOrInit")
			}
		})
		users.Go(func() {
			t.Diff(1, l.GetOrInit(ctx, func() int { return 1 }), "what GetOrInit returns whose own init does not panic")
		})
		users.Wait()
		has(t, &l, ctx, 1, "a thread of which one goroutine called an init that panics, and another one that does not")
	}
	threads(worker, worker)

	v := suite.Raised(func() { _ = l.GetOrInit(main, func() int { panic("on purpose") }) })
	passedOn(t, "on purpose", v, "GetOrInit whose init panics")
	hasNone(t, &l, main, "a thread whose init has panicked")
	size(t, &l, 0, "after an init has panicked")
	t.Diff(2, l.GetOrInit(main, func() int { return 2 }), "what the next GetOrInit returns after an init has panicked")
}

func panicEndsTheThread(t *suite.T) {
	var l local.Local[int]
	var old context.Context
	v := suite.Raised(func() {
		local.Run(main, "parent", func(ctx context.Context) {
			l.Set(ctx, 1)
			v := suite.Raised(func() {
				local.Run(ctx, "child", func(ctx context.Context) {
					old = ctx
					l.Set(ctx, 2)
					panic("in the child")
				})
			})
			passedOn(t, "in the child", v, "Run")
			size(t, &l, 1, "when a child has panicked and its parent has one")
			has(t, &l, ctx, 1, "a parent whose child has panicked")
			panic("in the parent")
		})
	})
	passedOn(t, "in the parent", v, "Run")
	size(t, &l, 0, "when the only thread that had one has panicked")
	l.Set(old, 3)
	hasNone(t, &l, old, "a thread that has panicked")
	size(t, &l, 0, "when Set is called for a thread that has panicked")
}
