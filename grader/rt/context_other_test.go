package rt_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/rt"
	"example.com/gokata/grader/rt/context"
	"example.com/gokata/grader/rt/time"
)

// caller is a context of the program's own that offers to call a function at
// its end.
type caller struct {
	context.Context
	done chan struct{}
	err  error
	f    func()
}

func newCaller() *caller { return &caller{Context: bg, done: make(chan struct{})} }

func (c *caller) Done() <-chan struct{} { return c.done }

func (c *caller) Err() error { return c.err }

func (c *caller) AfterFunc(f func()) (stop func() bool) {
	c.f = f
	return func() bool {
		had := c.f != nil
		c.f = nil
		return had
	}
}

func (c *caller) end() {
	c.err = errCause
	rt.Close(c.done)
	if c.f != nil {
		rt.Go(c.f)
	}
}

// follower ends with another context, but has a Done channel of its own.
type follower struct {
	context.Context
	done chan struct{}
}

func (c follower) Done() <-chan struct{} { return c.done }

func TestContextsOfOtherKinds(t *testing.T) {
	compare(t, []program{
		{"AfterFunc ends the child", func() any {
			parent := newCaller()
			ctx, cancel := context.WithTimeout(parent, time.Hour)
			defer cancel()
			out := list{ctx.Err(), parent.f != nil}
			parent.end()
			rt.Recv(ctx.Done())
			return append(out, ctx.Err(), context.Cause(ctx))
		}, list{nil, true, errCause, errCause}, "the parent has said that it would call"},
		{"AfterFunc of AfterFunc", func() any {
			parent, called := newCaller(), make(chan int)
			stop := context.AfterFunc(parent, func() { rt.Close(called) })
			parent.end()
			rt.Recv(called)
			return stop()
		}, false, "it has run"},
		{"cancelled child", func() any {
			parent := newCaller()
			_, cancel := context.WithCancel(parent)
			before := parent.f != nil
			cancel()
			cancel()
			return list{before, parent.f != nil}
		}, list{true, false}, "the parent need not call any more"},
		{"stopped function", func() any {
			parent := newCaller()
			stop := context.AfterFunc(parent, func() { panic("called") })
			before := parent.f != nil
			return list{before, stop(), parent.f != nil, stop()}
		}, list{true, true, false, false}, "the parent need not call any more"},
		{"deadline passed", func() any {
			parent := newCaller()
			ctx, cancel := context.WithTimeout(parent, -1)
			defer cancel()
			return list{ctx.Err(), parent.f != nil}
		}, list{context.DeadlineExceeded, false}, "the parent need not call any more"},
		{"cause of the parent's parent", func() any {
			root, cancelRoot := context.WithCancelCause(bg)
			parent := follower{root, make(chan struct{})}
			ctx, cancel := context.WithCancel(parent)
			defer cancel()
			out := list{context.Cause(parent), context.Cause(ctx)}
			cancelRoot(errCause)
			rt.Close(parent.done)
			rt.Recv(ctx.Done())
			late, stop := context.WithCancel(parent)
			defer stop()
			return append(out, context.Cause(parent), ctx.Err(), context.Cause(ctx), context.Cause(late))
		}, list{nil, nil, errCause, context.Canceled, errCause, errCause}, "the nearest there is"},
		{"no cause", func() any {
			parent := newCaller()
			parent.end()
			ctx, cancel := context.WithCancel(parent)
			defer cancel()
			return list{context.Cause(parent), context.Cause(ctx)}
		}, list{errCause, errCause}, "the error"},
	})
}

// A context prints as the original does: the way in which it was made.
func TestContextNames(t *testing.T) {
	compare(t, []program{
		{"names", func() any {
			a, cancel := context.WithCancel(bg)
			defer cancel()
			b := context.WithValue(a, key("k"), "v")
			c, stop := context.WithCancelCause(context.WithoutCancel(b))
			defer stop(nil)
			d, cancelD := context.WithCancel(follower{Context: context.TODO()})
			defer cancelD()
			return list{fmt.Sprint(a), fmt.Sprint(b), fmt.Sprintf("%v", c), fmt.Sprint(d)}
		}, list{
			"context.Background.WithCancel",
			"context.Background.WithCancel.WithValue(rt_test.key, v)",
			"context.Background.WithCancel.WithValue(rt_test.key, v).WithoutCancel.WithCancel",
			"rt_test.follower.WithCancel",
		}, "a context of another kind is called by its type"},
		{"deadlines", func() any {
			a, cancel := context.WithTimeout(bg, time.Hour)
			defer cancel()
			b, stop := context.WithTimeout(a, 2*time.Hour)
			defer stop()
			before, rest, _ := strings.Cut(fmt.Sprint(b), "(")
			return list{before, strings.Contains(rest, " ["), rest[strings.LastIndexByte(rest, ')'):]}
		}, list{"context.Background.WithDeadline", true, ").WithCancel"}, "the later deadline is none"},
	})
	everywhere(t, func(s sched.Strategy) {
		got, _ := inside(s, func() any {
			ctx, cancel := context.WithTimeout(bg, time.Minute)
			defer cancel()
			time.Sleep(time.Second)
			return fmt.Sprint(ctx)
		})
		require.Equal(t, "context.Background.WithDeadline(2000-01-01 00:01:00 +0000 UTC [59s])", got)
	})
}
