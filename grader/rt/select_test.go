package rt_test

import (
	stdcontext "context"
	stdruntime "runtime"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/rt"
	"example.com/gokata/grader/rt/time"
)

func full(vs ...int) chan int {
	c := make(chan int, len(vs)+1)
	for _, v := range vs {
		c <- v
	}
	return c
}

func TestSelect(t *testing.T) {
	compare(t, []program{
		{"default", func() any { return rt.Select(false, rt.RecvCase(make(chan int)), rt.To(make(chan int)).Case(1)) }, -1, "nothing is ready"},
		{"only default", func() any { return rt.Select(false) }, -1, "no case at all"},
		{"ready receive", func() any {
			v := rt.RecvCase(full(8))
			i := rt.Select(false, rt.RecvCase(make(chan int)), v)
			got, ok := v.Value2()
			return list{i, v.Value(), got, ok}
		}, list{1, 8, 8, true}, "the index is that of the source"},
		{"ready send", func() any {
			c := make(chan int, 1)
			i := rt.Select(true, rt.To(c).Case(3))
			return list{i, rt.Recv(c)}
		}, list{0, 3}, "there is room"},
		{"closed", func() any {
			c := make(chan int)
			rt.Close(c)
			v := rt.RecvCase(c)
			i := rt.Select(true, v)
			got, ok := v.Value2()
			return list{i, got, ok}
		}, list{0, 0, false}, "a closed channel is ready"},
		{"send on closed", func() any {
			c := make(chan int, 1)
			rt.Close(c)
			return caught(func() { rt.Select(true, rt.To(c).Case(1)) })
		}, "send on closed channel", "in a select too"},
		{"nil case", func() any {
			return rt.Select(true, rt.RecvCase[int](nil), rt.RecvCase(full(1)), rt.To[int](nil).Case(1))
		}, 1, "is never chosen"},
		{"waits for a sender", func() any {
			a, b := make(chan int), make(chan int)
			rt.Go(func() { rt.To(b).Send(2) })
			v := rt.RecvCase(b)
			return list{rt.Select(true, rt.RecvCase(a), v), v.Value()}
		}, list{1, 2}, "the value arrives in its case"},
		{"waits for a receiver", func() any {
			a, b, got := make(chan int), make(chan int), make(chan int)
			rt.Go(func() { rt.To(got).Send(rt.Recv(b)) })
			i := rt.Select(true, rt.To(a).Case(1), rt.To(b).Case(2))
			return list{i, rt.Recv(got)}
		}, list{1, 2}, "the case's value is taken"},
		{"waits for close", func() any {
			c := make(chan int)
			rt.Go(func() { rt.Close(c) })
			v := rt.RecvCase(c)
			i := rt.Select(true, rt.RecvCase(make(chan int)), v)
			got, ok := v.Value2()
			return list{i, got, ok}
		}, list{1, 0, false}, "close wakes a select"},
		{"select against select", func() any {
			c, done := make(chan int), make(chan int)
			rt.Go(func() { rt.Select(true, rt.To(c).Case(5), rt.RecvCase[int](nil)); rt.Close(done) })
			v := rt.RecvCase(c)
			i := rt.Select(true, rt.RecvCase[int](nil), v)
			rt.Recv(done)
			return list{i, v.Value()}
		}, list{1, 5}, "both ends may be selects"},
		{"both directions of one channel", func() any {
			c, out := make(chan int), make(chan int, 2)
			for id := range 2 {
				rt.Go(func() {
					in := rt.RecvCase(c)
					if rt.Select(true, rt.To(c).Case(id), in) == 0 {
						rt.To(out).Send(-1)
					} else {
						rt.To(out).Send(10 + in.Value() + id)
					}
				})
			}
			return rt.Recv(out) + rt.Recv(out)
		}, 10, "two meet each other, nobody meets itself"},
		{"blocked sender into a buffer", func() any {
			c, never := full(0, 1), make(chan int)
			rt.To(c).Send(2)
			rt.Go(func() { rt.Select(true, rt.RecvCase(never), rt.To(c).Case(3)); rt.Close(c) })
			return all(c)
		}, upto(4), "its value comes last"},
		{"the loser leaves the queue", func() any {
			a, b, done := make(chan int), make(chan int, 1), make(chan int)
			rt.Go(func() { rt.Select(true, rt.RecvCase(a), rt.RecvCase(b)); rt.Close(done) })
			rt.To(b).Send(1)
			rt.Recv(done)
			return rt.Select(false, rt.To(a).Case(1))
		}, -1, "nobody waits at a any more"},
		{"same channel twice", func() any {
			c := full(4)
			v, w := rt.RecvCase(c), rt.RecvCase(c)
			rt.Select(true, v, w)
			return v.Value() + w.Value()
		}, 4, "one of the two"},
	})
}

// Every case that is ready is chosen under some schedule.
func TestSelectIsFair(t *testing.T) {
	const cases = 4
	chosen := map[any]int{}
	everywhere(t, func(s sched.Strategy) {
		got, res := inside(s, func() any {
			closed := make(chan int)
			rt.Close(closed)
			return rt.Select(true, rt.RecvCase(full(1)), rt.To(full()).Case(1), rt.RecvCase(closed), rt.RecvCase(full(1)))
		})
		require.Equal(t, sched.Finished, res.Outcome)
		chosen[got]++
	})
	assert.Len(t, chosen, cases)
	for i, n := range chosen {
		assert.Greater(t, n, seeds/cases/2, "case %v: %v", i, chosen)
	}
	got, _ := inside(nil, func() any { return rt.Select(true, rt.RecvCase[int](nil), rt.RecvCase(full(1)), rt.RecvCase(full(1))) })
	assert.Equal(t, 1, got, "by default the first that is ready")
}

// A select that waits is served in its turn among other receivers.
func TestSelectWaitsInTurn(t *testing.T) {
	everywhere(t, func(s sched.Strategy) {
		got, _ := inside(s, func() any {
			c, out := make(chan int), make(chan list, 2)
			rt.Go(func() {
				v := rt.RecvCase(c)
				rt.Select(true, v)
				rt.To(out).Send(list{"select", v.Value()})
			})
			rt.Go(func() { time.Sleep(1); v := rt.Recv(c); rt.To(out).Send(list{"receive", v}) })
			time.Sleep(2)
			rt.To(c).Send(1)
			rt.To(c).Send(2)
			a, b := rt.Recv(out), rt.Recv(out)
			if a[0] == "receive" {
				a, b = b, a
			}
			return append(a, b...)
		})
		require.Equal(t, list{"select", 1, "receive", 2}, got)
	})
}

func TestSelectDeadlocks(t *testing.T) {
	ends(t, sched.Deadlock, "no partner ever comes", func() {
		c := make(chan int)
		rt.Select(true, rt.RecvCase(c), rt.To(c).Case(1))
	})
	ends(t, sched.Deadlock, "no case", func() { rt.Select(true) })
}

// What the standard library closes or sends, out of the run's control, is
// noticed by a select as it is by a receive.
func TestSelectFromOutside(t *testing.T) {
	compare(t, []program{
		{"closed", func() any {
			ctx, cancel := stdcontext.WithCancel(stdcontext.Background())
			before := rt.Select(false, rt.RecvCase(ctx.Done()))
			cancel()
			v := rt.RecvCase(ctx.Done())
			after := rt.Select(true, rt.RecvCase(make(chan int)), v)
			_, ok := v.Value2()
			return list{before, after, ok, rt.Select(false, rt.RecvCase(ctx.Done()))}
		}, list{-1, 1, false, 0}, "like any closed channel"},
		{"buffer closed", func() any {
			c := full()
			close(c)
			v := rt.RecvCase(c)
			i := rt.Select(true, rt.RecvCase(make(chan int)), v)
			_, ok := v.Value2()
			return list{i, ok}
		}, list{1, false}, "with a buffer, too"},
		{"sent", func() any {
			closed, c := make(chan int), make(chan int)
			close(closed)
			go func() { c <- 7 }()
			v := rt.RecvCase(c)
			for rt.Select(true, rt.RecvCase(closed), v) == 0 {
				stdruntime.Gosched()
			}
			return v.Value()
		}, 7, "the value is not lost, whatever else can happen"},
	})
}
