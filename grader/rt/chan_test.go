package rt_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/rt"
	"example.com/gokata/grader/rt/runtime"
	"example.com/gokata/grader/rt/sync"
	"example.com/gokata/grader/rt/time"
)

// all receives from c until it is closed.
func all[T any](c <-chan T) (vs []T) {
	for {
		v, ok := rt.Recv2(c)
		if !ok {
			return vs
		}
		vs = append(vs, v)
	}
}

// count sends 0 to n-1 to c and closes it.
func count(c chan<- int, n int) {
	for i := range n {
		rt.To(c).Send(i)
	}
	rt.Close(c)
}

func upto(n int) (vs []int) {
	for i := range n {
		vs = append(vs, i)
	}
	return vs
}

func TestChannels(t *testing.T) {
	compare(t, []program{
		{"unbuffered", func() any { c := make(chan int); rt.Go(func() { count(c, 20) }); return all(c) }, upto(20), "first sent, first received"},
		{"buffer of one", func() any { c := make(chan int, 1); rt.Go(func() { count(c, 20) }); return all(c) }, upto(20), "the same"},
		{"buffer of seven", func() any { c := make(chan int, 7); rt.Go(func() { count(c, 20) }); return all(c) }, upto(20), "the same, with the buffer now full, now empty"},
		{"no partner needed", func() any { c := make(chan int, 3); count(c, 3); return all(c) }, upto(3), "sends into the buffer do not wait"},
		{"len and cap", func() any {
			c := make(chan int, 3)
			out := list{len(c), cap(c)}
			rt.To(c).Send(1)
			rt.To(c).Send(2)
			out = append(out, len(c))
			rt.Recv(c)
			return append(out, len(c), cap(c), len(make(chan int)), cap(make(chan int)))
		}, list{0, 3, 2, 1, 3, 0, 0}, "channels are the real ones"},
		{"len of nil", func() any { var c chan int; return list{len(c), cap(c)} }, list{0, 0}, "as in Go"},
		{"refill keeps order", func() any {
			c := make(chan int, 2)
			done := make(chan bool)
			rt.Go(func() { count(c, 9); rt.Close(done) })
			var got []int
			for range 3 {
				got = append(got, rt.Recv(c))
			}
			got = append(got, all(c)...)
			rt.Recv(done)
			return got
		}, upto(9), "a blocked sender's value comes behind the buffered ones"},
		{"zero-size elements", func() any {
			c, d := make(chan struct{}), make(chan struct{}, 2)
			rt.Go(func() {
				for range 5 {
					rt.To(c).Send(struct{}{})
					rt.To(d).Send(struct{}{})
				}
				rt.Close(c)
				rt.Close(d)
			})
			n := 0
			for {
				_, ok := rt.Recv2(c)
				_, ok2 := rt.Recv2(d)
				if !ok || !ok2 {
					return n
				}
				n++
			}
		}, 5, "they are counted all the same"},
		{"wide elements", func() any {
			c := make(chan [200]int, 1)
			rt.Go(func() {
				for i := range 4 {
					rt.To(c).Send([200]int{0: i, 199: -i})
				}
				rt.Close(c)
			})
			sum := 0
			for _, v := range all(c) {
				sum += 100*v[0] + v[199]
			}
			return sum
		}, 594, "values are copied whole"},
		{"large buffer", func() any {
			c := make(chan int, 1500)
			rt.Go(func() { count(c, 1600) })
			got := all(c)
			return list{len(got), got[0], got[1024], got[1599]}
		}, list{1600, 0, 1024, 1599}, "beyond the slots that are kept apart"},
		{"interfaces", func() any {
			c := make(chan any, 2)
			rt.To(c).Send(nil)
			rt.To(c).Send(1)
			return list{rt.Recv(c), rt.Recv(c)}
		}, list{nil, 1}, "nil is a value"},
		{"directions", func() any {
			c := make(chan int, 1)
			var in chan<- int = c
			var out <-chan int = c
			rt.To(in).Send(4)
			v := rt.Recv(out)
			rt.Close(in)
			_, ok := rt.Recv2(out)
			return list{v, ok}
		}, list{4, false}, "both ends are the same channel"},
		{"many channels", func() any {
			first := make(chan int)
			last := first
			for range 50 {
				in, out := last, make(chan int)
				rt.Go(func() { rt.To(out).Send(rt.Recv(in) + 1) })
				last = out
			}
			rt.To(first).Send(0)
			return rt.Recv(last)
		}, 50, "each is told from the others"},
		{"channel of channels", func() any {
			calls := make(chan chan int)
			rt.Go(func() { rt.To(rt.Recv(calls)).Send(7) })
			reply := make(chan int)
			rt.To(calls).Send(reply)
			return rt.Recv(reply)
		}, 7, "a reply comes back"},
		{"closed", func() any {
			c := make(chan int, 2)
			rt.To(c).Send(5)
			rt.Close(c)
			v, ok := rt.Recv2(c)
			w, ok2 := rt.Recv2(c)
			return list{v, ok, w, ok2, rt.Recv(c)}
		}, list{5, true, 0, false, 0}, "what is in the buffer first, then zero values"},
		{"close wakes all", func() any {
			c := make(chan int)
			var wg sync.WaitGroup
			oks := [3]bool{true, true, true}
			for i := range oks {
				wg.Go(func() { _, oks[i] = rt.Recv2(c) })
			}
			rt.Close(c)
			wg.Wait()
			return oks
		}, [3]bool{}, "all who wait"},
		{"send on closed", func() any { c := make(chan int, 1); rt.Close(c); return caught(func() { rt.To(c).Send(1) }) }, "send on closed channel", "the runtime's own panic"},
		{"close of closed", func() any { c := make(chan int); rt.Close(c); return caught(func() { rt.Close(c) }) }, "close of closed channel", "the runtime's own panic"},
		{"close of nil", func() any { return caught(func() { rt.Close[int](nil) }) }, "close of nil channel", "the runtime's own panic"},
	})
}

// To close a channel while somebody sends is a race, so the race detector must
// not see this.
func TestCloseUnderASender(t *testing.T) {
	if sched.RaceEnabled {
		t.Skip("a race by design")
	}
	compare(t, []program{
		{"close under a sender", func() any {
			c, result := make(chan int), make(chan string, 1)
			rt.Go(func() { rt.To(result).Send(caught(func() { rt.To(c).Send(1) })) })
			rt.Close(c)
			return rt.Recv(result)
		}, "send on closed channel", "whether it waits or comes later"},
		{"close under a sending select", func() any {
			c, result := make(chan int), make(chan string, 1)
			rt.Go(func() {
				rt.To(result).Send(caught(func() { rt.Select(true, rt.To(c).Case(1), rt.RecvCase[int](nil)) }))
			})
			rt.Close(c)
			return rt.Recv(result)
		}, "send on closed channel", "whether it waits or comes later"},
	})
}

func TestNilChannels(t *testing.T) {
	ends(t, sched.Deadlock, "a send to nil", func() { rt.To[int](nil).Send(1) })
	ends(t, sched.Deadlock, "a receive from nil", func() { rt.Recv[int](nil) })
	ends(t, sched.Deadlock, "both in a select", func() { rt.Select(true, rt.RecvCase[int](nil), rt.To[int](nil).Case(1)) })
	ends(t, sched.Deadlock, "select {}", rt.Forever)
	ends(t, sched.Finished, "a default", func() { rt.Select(false, rt.RecvCase[int](nil), rt.To[int](nil).Case(1)) })
}

// Who has waited longest is served first, as the runtime does it.
func TestWaitersAreServedInOrder(t *testing.T) {
	const n = 6
	receivers := func(capacity int) func() any {
		return func() any {
			c := make(chan int, capacity)
			got := make([]int, n)
			var wg sync.WaitGroup
			for i := range n {
				wg.Go(func() { time.Sleep(time.Duration(i + 1)); got[i] = rt.Recv(c) })
			}
			time.Sleep(time.Second)
			count(c, n)
			wg.Wait()
			return got
		}
	}
	senders := func(capacity int) func() any {
		return func() any {
			c := make(chan int, capacity)
			for i := range n {
				rt.Go(func() { time.Sleep(time.Duration(i + 1)); rt.To(c).Send(i) })
			}
			time.Sleep(time.Second)
			var got []int
			for range n {
				got = append(got, rt.Recv(c))
			}
			return got
		}
	}
	tests := []struct {
		name string
		give func() any
	}{
		{"receivers", receivers(0)},
		{"receivers, buffered", receivers(2)},
		{"senders", senders(0)},
		{"senders, buffered", senders(2)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			everywhere(t, func(s sched.Strategy) {
				got, res := inside(s, tt.give)
				require.Equal(t, sched.Finished, res.Outcome)
				require.Equal(t, upto(n), got)
			})
		})
	}
}

func TestGo(t *testing.T) {
	compare(t, []program{
		{"go", func() any { c := make(chan int); rt.Go(func() { rt.To(c).Send(1) }); return rt.Recv(c) }, 1, "runs the function"},
	})
	orders := map[string]bool{}
	everywhere(t, func(s sched.Strategy) {
		got, _ := inside(s, func() any {
			c := make(chan string, 2)
			rt.Go(func() { rt.To(c).Send("a") })
			rt.Go(func() { rt.To(c).Send("b") })
			return rt.Recv(c) + rt.Recv(c)
		})
		orders[got.(string)] = true
	})
	assert.Equal(t, map[string]bool{"ab": true, "ba": true}, orders)
}

func TestRuntime(t *testing.T) {
	got, _ := inside(nil, func() any {
		rt.Go(rt.Forever)
		old := runtime.GOMAXPROCS(2)
		return list{runtime.NumCPU(), old, runtime.GOMAXPROCS(0), runtime.NumGoroutine()}
	})
	assert.Equal(t, list{4, 4, 2, 2}, got, "a machine of four processors, whatever it really is")
	got, _ = inside(nil, func() any { return runtime.GOMAXPROCS(-1) })
	assert.Equal(t, 4, got, "every run begins anew")
	assert.Positive(t, runtime.NumCPU())
	assert.Positive(t, runtime.NumGoroutine())
	assert.Equal(t, runtime.GOMAXPROCS(0), runtime.GOMAXPROCS(0))
	runtime.Gosched()
	rt.Spin()
}

func TestFresh(t *testing.T) {
	n, order := 5, ""
	rt.Fresh("a", func() { rt.Zero(&n); order += "a" })
	rt.Fresh("b", func() { order += "b" })
	rt.Reset()
	assert.Zero(t, n)
	assert.Equal(t, "ab", order, "in the order of registration")
}
