package rt_test

import (
	stdcontext "context"
	"errors"
	"testing"
	stdtime "time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/rt"
	"example.com/gokata/grader/rt/context"
	"example.com/gokata/grader/rt/sync"
	"example.com/gokata/grader/rt/time"
)

var (
	errCause = errors.New("cause")
	bg       = context.Background()
)

type key string

// ended tells whether the context's Done channel is closed.
func ended(ctx context.Context) bool { return rt.Select(false, rt.RecvCase(ctx.Done())) == 0 }

func TestContexts(t *testing.T) {
	compare(t, []program{
		{"background", func() any {
			_, ok := bg.Deadline()
			return list{bg.Err(), bg.Done() == nil, ok, context.Cause(bg), context.TODO().Err()}
		}, list{nil, true, false, nil, nil}, "never ends"},
		{"cancel", func() any {
			ctx, cancel := context.WithCancel(bg)
			out := list{ctx.Err(), ended(ctx), context.Cause(ctx)}
			cancel()
			return append(out, ctx.Err(), ended(ctx), context.Cause(ctx))
		}, list{nil, false, nil, context.Canceled, true, context.Canceled}, "before and after"},
		{"cancel twice", func() any {
			ctx, cancel := context.WithCancelCause(bg)
			cancel(errCause)
			cancel(errors.New("later"))
			return list{ctx.Err(), context.Cause(ctx)}
		}, list{context.Canceled, errCause}, "the first counts"},
		{"cause nil", func() any { ctx, cancel := context.WithCancelCause(bg); cancel(nil); return context.Cause(ctx) }, context.Canceled, "is the error"},
		{"children", func() any {
			ctx, cancel := context.WithCancelCause(bg)
			a, stop := context.WithCancel(ctx)
			defer stop()
			b := context.WithValue(a, key("k"), "v")
			c, stop := context.WithTimeout(b, time.Hour)
			defer stop()
			cancel(errCause)
			return list{a.Err(), b.Err(), c.Err(), context.Cause(a), context.Cause(b), context.Cause(c), c.Value(key("k"))}
		}, list{context.Canceled, context.Canceled, context.Canceled, errCause, errCause, errCause, "v"}, "end with the parent, and for its reason"},
		{"parent lives on", func() any {
			ctx, cancel := context.WithCancel(bg)
			defer cancel()
			a, stop := context.WithCancel(ctx)
			b, stopB := context.WithCancel(ctx)
			defer stopB()
			stop()
			return list{ctx.Err(), a.Err(), b.Err()}
		}, list{nil, context.Canceled, nil}, "as does the sibling"},
		{"ended parent", func() any {
			ctx, cancel := context.WithCancelCause(bg)
			cancel(errCause)
			a, stop := context.WithCancel(ctx)
			defer stop()
			return list{a.Err(), ended(a), context.Cause(a)}
		}, list{context.Canceled, true, errCause}, "the child is born ended"},
		{"deadline passed", func() any {
			ctx, cancel := context.WithTimeoutCause(bg, -1, errCause)
			defer cancel()
			_, ok := ctx.Deadline()
			return list{ctx.Err(), ended(ctx), context.Cause(ctx), ok}
		}, list{context.DeadlineExceeded, true, errCause, true}, "at once"},
		{"deadline comes", func() any {
			ctx, cancel := context.WithTimeout(bg, 1)
			defer cancel()
			rt.Recv(ctx.Done())
			cancel()
			return list{ctx.Err(), context.Cause(ctx)}
		}, list{context.DeadlineExceeded, context.DeadlineExceeded}, "cancelling later changes nothing"},
		{"parent's deadline is earlier", func() any {
			ctx, cancel := context.WithTimeout(bg, time.Hour)
			defer cancel()
			a, stop := context.WithTimeoutCause(ctx, 2*time.Hour, errCause)
			defer stop()
			want, _ := ctx.Deadline()
			got, ok := a.Deadline()
			return list{ok, got.Equal(want), a.Err()}
		}, list{true, true, nil}, "and so the child's own"},
		{"without cancel", func() any {
			ctx, cancel := context.WithTimeout(context.WithValue(bg, key("k"), 1), time.Hour)
			a := context.WithoutCancel(ctx)
			b, stop := context.WithCancel(a)
			cancel()
			_, ok := a.Deadline()
			out := list{a.Err(), a.Done() == nil, a.Value(key("k")), ok, context.Cause(a), b.Err()}
			stop()
			return append(out, b.Err())
		}, list{nil, true, 1, false, nil, nil, context.Canceled}, "keeps the values alone"},
		{"values", func() any {
			ctx := context.WithValue(context.WithValue(bg, key("a"), 1), key("b"), 2)
			ctx, cancel := context.WithCancel(ctx)
			defer cancel()
			ctx = context.WithValue(ctx, key("a"), 3)
			return list{ctx.Value(key("a")), ctx.Value(key("b")), ctx.Value(key("c"))}
		}, list{3, 2, nil}, "the innermost"},
		{"nil parent", func() any {
			var none context.Context
			return list{
				caught(func() { context.WithCancel(none) }), caught(func() { context.WithTimeout(none, 1) }),
				caught(func() { context.WithValue(none, key("k"), 1) }), caught(func() { context.WithoutCancel(none) }),
			}
		}, list{"cannot create context from nil parent", "cannot create context from nil parent", "cannot create context from nil parent", "cannot create context from nil parent"}, "the original's panics"},
		{"AfterFunc", func() any {
			ctx, cancel := context.WithCancel(bg)
			c := make(chan int)
			stop := context.AfterFunc(ctx, func() { rt.To(c).Send(1) })
			cancel()
			rt.Recv(c)
			return stop()
		}, false, "in a goroutine of its own"},
		{"AfterFunc stopped", func() any {
			ctx, cancel := context.WithCancel(bg)
			stop := context.AfterFunc(ctx, func() { panic("called") })
			out := list{stop(), stop()}
			cancel()
			return append(out, stop())
		}, list{true, false, false}, "never called"},
		{"AfterFunc of an ended context", func() any {
			ctx, cancel := context.WithCancel(bg)
			cancel()
			c := make(chan int)
			stop := context.AfterFunc(ctx, func() { rt.Close(c) })
			rt.Recv(c)
			return stop()
		}, false, "called at once"},
		{"AfterFunc of the background", func() any { return context.AfterFunc(bg, func() { panic("called") })() }, true, "never called"},
		{"several AfterFuncs", func() any {
			ctx, cancel := context.WithCancel(bg)
			var wg sync.WaitGroup
			wg.Add(3)
			for range 3 {
				context.AfterFunc(ctx, wg.Done)
			}
			cancel()
			wg.Wait()
			return true
		}, true, "all of them"},
		{"workers", func() any {
			ctx, cancel := context.WithCancel(bg)
			var wg sync.WaitGroup
			for range 3 {
				wg.Go(func() {
					for ctx.Err() == nil {
						rt.Spin()
					}
					rt.Recv(ctx.Done())
				})
			}
			cancel()
			wg.Wait()
			return true
		}, true, "everybody hears of it"},
	})
}

func TestDeadlineIsExact(t *testing.T) {
	everywhere(t, func(s sched.Strategy) {
		got, res := inside(s, func() any {
			start := time.Now()
			ctx, cancel := context.WithDeadline(bg, start.Add(3*time.Second))
			defer cancel()
			child, stop := context.WithTimeout(ctx, time.Second)
			defer stop()
			rt.Recv(child.Done())
			out := list{time.Since(start), child.Err(), ctx.Err()}
			rt.Recv(ctx.Done())
			return append(out, time.Since(start), ctx.Err())
		})
		require.Equal(t, sched.Finished, res.Outcome)
		require.Equal(t, list{stdtime.Second, context.DeadlineExceeded, nil, 3 * stdtime.Second, context.DeadlineExceeded}, got)
	})
	_, res := inside(nil, func() any { _, cancel := context.WithTimeout(bg, time.Hour); cancel(); return nil })
	assert.Zero(t, res.Elapsed, "a cancelled deadline is forgotten")
}

// Cancellation goes from the parent to its children in the order of creation,
// as one step: whoever sees one ended sees all of them ended.
func TestCancelIsOneStep(t *testing.T) {
	everywhere(t, func(s sched.Strategy) {
		_, res := inside(s, func() any {
			root, cancel := context.WithCancel(bg)
			a, stopA := context.WithCancel(root)
			defer stopA()
			b, stopB := context.WithCancel(a)
			defer stopB()
			rt.Go(cancel)
			for _, ctx := range []context.Context{b, a, root} {
				rt.Go(func() {
					rt.Recv(ctx.Done())
					if root.Err() == nil || a.Err() == nil || b.Err() == nil {
						panic("a part of it")
					}
				})
			}
			rt.Recv(root.Done())
			return nil
		})
		require.Nil(t, res.Panic)
	})
	got, _ := inside(nil, func() any {
		root, cancel := context.WithCancel(bg)
		var order []int
		var mu sync.Mutex
		var wg sync.WaitGroup
		for i := range 4 {
			wg.Add(1)
			ctx, stop := context.WithCancel(root)
			defer stop()
			rt.Go(func() {
				rt.Recv(ctx.Done())
				mu.Lock()
				order = append(order, i)
				mu.Unlock()
				wg.Done()
			})
		}
		time.Sleep(1)
		cancel()
		wg.Wait()
		return order
	})
	assert.Equal(t, upto(4), got)
}

// The twin's contexts and the standard package's may be parents of each other.
func TestStandardContexts(t *testing.T) {
	t.Run("standard parent that has ended", func(t *testing.T) {
		parent, cancel := stdcontext.WithCancelCause(stdcontext.Background())
		cancel(errCause)
		everywhere(t, func(s sched.Strategy) {
			got, res := inside(s, func() any {
				ctx, stop := context.WithCancel(parent)
				defer stop()
				rt.Recv(ctx.Done())
				return list{ctx.Err(), context.Cause(ctx)}
			})
			require.Equal(t, sched.Finished, res.Outcome)
			require.Equal(t, list{context.Canceled, errCause}, got, "the child is born ended")
		})
	})
	t.Run("standard parent that lives on", func(t *testing.T) {
		parent, cancel := stdcontext.WithCancel(stdcontext.WithValue(stdcontext.Background(), key("k"), 1))
		defer cancel()
		everywhere(t, func(s sched.Strategy) {
			got, res := inside(s, func() any {
				ctx, stop := context.WithTimeout(parent, time.Second)
				defer stop()
				out := list{ctx.Value(key("k")), ctx.Err()}
				rt.Recv(ctx.Done())
				unhook := context.AfterFunc(parent, func() { panic("called") })
				return append(out, ctx.Err(), unhook())
			})
			require.Equal(t, sched.Finished, res.Outcome, "nobody is left watching the parent")
			require.Equal(t, list{1, nil, context.DeadlineExceeded, true}, got)
		})
	})
	t.Run("twin parent", func(t *testing.T) {
		var child stdcontext.Context
		var stop stdcontext.CancelFunc
		got, res := inside(nil, func() any {
			parent, cancel := context.WithTimeout(context.WithValue(bg, key("k"), 1), time.Hour)
			child, stop = stdcontext.WithCancel(parent)
			_, ok := child.Deadline()
			out := list{child.Value(key("k")), ok, child.Err()}
			cancel()
			return out
		})
		defer stop()
		require.Equal(t, sched.Finished, res.Outcome)
		require.Equal(t, list{1, true, nil}, got)
		<-child.Done() // it ends outside of the run's control
		require.Equal(t, context.Canceled, child.Err())
	})
}
