package local

import (
	"context"
	"fmt"
	"sync"

	"example.com/gokata/exercises/local"
	"example.com/gokata/grader/suite"
)

func oneInitPerThread(t *suite.T) {
	var l local.Local[*int]
	calls := [2]int{}
	worker := func(i int) func(context.Context) {
		return func(ctx context.Context) {
			var got [2]*int
			var users sync.WaitGroup
			for j := range got {
				users.Go(func() {
					got[j] = l.GetOrInit(ctx, func() *int {
						calls[i]++
						return new(int)
					})
				})
			}
			users.Wait()
			t.Diff(true, got[0] == got[1] && got[0] != nil, "whether two goroutines of one thread get the same value from GetOrInit")
			t.Diff(1, calls[i], "the number of calls of init for two goroutines of one thread")
		}
	}
	threads(worker(0), worker(1))
}

func firstUse(t *suite.T) {
	var l local.Local[int]
	var m local.Local[int]
	threads(
		func(ctx context.Context) { l.Set(ctx, 1); has(t, &l, ctx, 1, "a thread that calls Set") },
		func(ctx context.Context) {
			t.Diff(2, l.GetOrInit(ctx, func() int { return 2 }), "what GetOrInit returns in a thread that has no value yet")
		},
		func(ctx context.Context) { hasNone(t, &l, ctx, "a thread that only calls Get"); m.Set(ctx, 3) },
		func(ctx context.Context) { l.Delete(ctx); m.Delete(ctx) },
	)
}

func everybodyAtOnce(t *suite.T) {
	var l local.Local[int]
	use := func(ctx context.Context) {
		l.Set(ctx, 1)
		var helpers sync.WaitGroup
		helpers.Go(func() { _ = l.GetOrInit(ctx, func() int { return 2 }) })
		helpers.Go(func() { l.Delete(ctx) })
		helpers.Go(func() { l.Set(ctx, 3) })
		_, _ = l.Get(ctx)
		helpers.Wait()
		l.Set(ctx, 4)
		has(t, &l, ctx, 4, "a thread of which several goroutines use one Local")
	}
	threads(use, use, func(context.Context) {
		if n := l.Len(); n < 0 || n > 2 {
			t.Expected("0, 1 or 2", fmt.Sprint(n), "Len is wrong while two threads come and go")
		}
	})
	use(main)
	size(t, &l, 1, "when only the main thread is left")
}

func initsSideBySide(t *suite.T) {
	const n = 3
	var a, b local.Local[int]
	m := t.Rendezvous(n+1, "the calls of init")
	meet := func(l *local.Local[int]) func(context.Context) {
		return func(ctx context.Context) {
			t.Diff(1, l.GetOrInit(ctx, func() int {
				m.Meet() // returns only if the others call init as well
				return 1
			}), "what GetOrInit returns when init makes 1")
		}
	}
	fns := []func(context.Context){func(ctx context.Context) {
		var second sync.WaitGroup // the same thread, but two Locals
		second.Go(func() { meet(&b)(ctx) })
		meet(&a)(ctx)
		second.Wait()
	}}
	for len(fns) < n {
		fns = append(fns, meet(&a))
	}
	threads(fns...)
}

func initUsesLocals(t *suite.T) {
	var base, sum, other local.Local[int]
	worker := func(ctx context.Context) {
		got := sum.GetOrInit(ctx, func() int {
			n := base.GetOrInit(ctx, func() int { return 40 })
			local.Run(ctx, "within init", func(ctx context.Context) {
				sum.Set(ctx, 2) // for another thread
				v, _ := sum.Get(ctx)
				n += v
			})
			other.Set(ctx, n)
			return n
		})
		t.Diff(42, got, "what GetOrInit returns when init adds 40 from another Local and 2 from another thread")
		has(t, &base, ctx, 40, "a Local that init has filled")
		has(t, &sum, ctx, 42, "a Local that init was called for")
	}
	threads(worker, worker)
}

func askedDuringInit(t *suite.T) {
	var l local.Local[int]
	gate := make(chan struct{})
	busy := make(chan struct{})
	threads(
		func(ctx context.Context) {
			_ = l.GetOrInit(ctx, func() int {
				close(busy)
				<-gate // until the other thread is done
				return 1
			})
		},
		func(ctx context.Context) {
			<-busy
			hasNone(t, &l, ctx, "a thread, while another one is in its init")
			t.Diff(2, l.GetOrInit(ctx, func() int { return 2 }), "what GetOrInit returns while another thread is in its init")
			l.Set(ctx, 3)
			has(t, &l, ctx, 3, "a thread, while another one is in its init")
			size(t, &l, 1, "while another thread is in its init")
			l.Delete(ctx)
			local.Run(ctx, "child", func(ctx context.Context) { l.Set(ctx, 4) })
			size(t, &l, 0, "while a thread is in its init, and others have none any more")
			close(gate)
		},
	)
}
