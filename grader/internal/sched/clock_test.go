package sched_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/rt"
	"example.com/gokata/grader/rt/atomic"
	"example.com/gokata/grader/rt/context"
	twin "example.com/gokata/grader/rt/runtime"
	"example.com/gokata/grader/rt/sync"
	"example.com/gokata/grader/rt/time"
)

func TestFairClockIsExact(t *testing.T) {
	const forever = time.Duration(math.MaxInt64)
	tests := []struct {
		name string
		give func()
		want time.Duration
		why  string
	}{
		{"nothing", func() { twin.Gosched() }, 0, "no time passes while somebody can run"},
		{"four that sleep at once", func() {
			var wg sync.WaitGroup
			for range 4 {
				wg.Go(func() { time.Sleep(2 * time.Second) })
			}
			wg.Wait()
		}, 2 * time.Second, "they sleep at the same time"},
		{"one after the other", func() {
			for range 4 {
				time.Sleep(2 * time.Second)
			}
		}, 8 * time.Second, "they add up"},
		{"a century", func() { time.Sleep(100 * 365 * 24 * time.Hour) }, 100 * 365 * 24 * time.Hour, "it costs nothing"},
		{"nanoseconds", func() { time.Sleep(1); time.Sleep(2) }, 3, "nothing is rounded"},
		{"negative", func() { time.Sleep(-time.Hour) }, 0, "as sleeping not at all"},
		{"stopped timer", func() { time.NewTimer(time.Hour).Stop() }, 0, "nobody waits for it"},
		{"the end of time", func() {
			time.Sleep(time.Second)
			far := time.NewTimer(forever)
			near := rt.RecvCase(time.After(time.Minute))
			if rt.Select(true, rt.RecvCase(far.C), near) == 0 {
				panic("fired at once")
			}
		}, time.Second + time.Minute, "a due time that overflows lies in the far future"},
		{"sleep to the end of time", func() { time.Sleep(time.Second); time.Sleep(forever) }, forever, "the clock stops there"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for seed := range uint64(50) {
				res := sched.Do(sched.Options{Strategy: sched.NewRandom(seed)}, tt.give)
				require.Equal(t, sched.Finished, res.Outcome, "%v", res.Panic)
				require.Equal(t, tt.want, res.Elapsed, tt.why)
			}
		})
	}
}

// wakings returns the order in which goroutines wake up that sleep for the
// given numbers of seconds.
func wakings(s sched.Strategy, seconds ...int) []int {
	var order []int
	sched.Do(sched.Options{Strategy: s}, func() {
		var mu sync.Mutex
		var wg sync.WaitGroup
		for i, n := range seconds {
			wg.Go(func() {
				time.Sleep(time.Duration(n) * time.Second)
				mu.Lock()
				order = append(order, i)
				mu.Unlock()
			})
		}
		wg.Wait()
	})
	return order
}

func TestWakingOrder(t *testing.T) {
	assert.Equal(t, []int{0, 1, 2, 3, 4}, wakings(nil, 1, 1, 1, 1, 1), "equal deadlines: in the order of arming")
	assert.Equal(t, []int{4, 3, 2, 1, 0}, wakings(nil, 5, 4, 3, 2, 1), "by deadline")
	assert.Equal(t, []int{1, 4, 2, 3, 0}, wakings(nil, 3, 1, 2, 3, 1), "of two that wake at once, the next in turn runs first")

	var many, want []int
	for i := range 100 {
		many, want = append(many, 1+(i*37)%100), append(want, 0)
		want[i] = i
	}
	for i, n := range many {
		want[n-1] = i
	}
	assert.Equal(t, want, wakings(nil, many...), "also with many timers")

	var fired []int
	sched.Do(sched.Options{}, func() {
		var mu sync.Mutex
		for i := range 4 {
			time.AfterFunc(time.Second, func() { mu.Lock(); fired = append(fired, i); mu.Unlock() })
		}
		time.Sleep(time.Minute)
	})
	assert.Equal(t, []int{0, 1, 2, 3}, fired, "equal deadlines fire in the order of arming")

	orders := map[int]bool{}
	for seed := range uint64(50) {
		got := wakings(sched.NewRandom(seed), 1, 1, 2)
		require.Equal(t, 2, got[2], "a later deadline never comes first on the fair clock")
		orders[got[0]] = true
	}
	assert.Len(t, orders, 2, "equal deadlines come in any order under random")
}

// sleepJoin uses sleep to wait for a goroutine, and panics if that was not
// enough.
func sleepJoin() { sleepJoinOf(time.Second) }

func sleepJoinOf(d time.Duration) {
	var mu sync.Mutex
	done := false
	rt.Go(func() {
		twin.Gosched()
		mu.Lock()
		done = true
		mu.Unlock()
	})
	time.Sleep(d)
	mu.Lock()
	defer mu.Unlock()
	if !done {
		panic("too early")
	}
}

func TestAdversarialClock(t *testing.T) {
	run := func(s sched.Strategy, c sched.Clock) sched.Outcome {
		return sched.Do(sched.Options{Strategy: s, Clock: c}, sleepJoin).Outcome
	}
	for _, s := range strategies[1:] {
		t.Run(s.name, func(t *testing.T) {
			found := 0
			for seed := range uint64(400) {
				require.Equal(t, sched.Finished, run(s.make(seed), sched.Fair), "the fair clock never goes on while somebody can run")
				if run(s.make(seed), sched.Adversarial) == sched.Panicked {
					found++
				}
			}
			assert.GreaterOrEqual(t, found, 10, "a sleep used as a join is found about every tenth time")
		})
	}
	assert.Equal(t, sched.Finished, run(nil, sched.Adversarial), "the default schedule lets no time pass of itself")
	for d, early := range map[time.Duration]bool{20 * time.Hour: true, 30 * time.Hour: false, 1 << 62: false} {
		panicked := false
		for seed := range uint64(400) {
			res := sched.Do(sched.Options{Strategy: sched.NewRandom(seed), Clock: sched.Adversarial}, func() { sleepJoinOf(d) })
			panicked = panicked || res.Outcome == sched.Panicked
		}
		assert.Equal(t, early, panicked, "after a sleep of %v", d)
	}
}

// A schedule remembers when time passed, and so does its clock.
func TestAdversarialReplays(t *testing.T) {
	for seed := range uint64(400) {
		res := sched.Do(sched.Options{Strategy: sched.NewRandom(seed), Clock: sched.Adversarial}, sleepJoin)
		if res.Outcome != sched.Panicked {
			continue
		}
		assert.Equal(t, sched.Adversarial, res.Schedule.Clock)
		again := sched.Do(sched.Options{Strategy: sched.NewReplay(res.Schedule), Clock: res.Schedule.Clock}, sleepJoin)
		assert.Equal(t, summarise(res), summarise(again))
		return
	}
	t.Fatal("no schedule out of 400 wakes the sleeper early")
}

func TestTickersDoNotKeepARunAlive(t *testing.T) {
	tests := []struct {
		name string
		give func()
		want sched.Outcome
		why  string
	}{
		{"nobody receives", func() {
			time.NewTicker(time.Millisecond)
			rt.Forever()
		}, sched.Deadlock, "ticks can make nobody run"},
		{"a stopped one is awaited", func() {
			tick := time.NewTicker(time.Second)
			tick.Stop()
			rt.Recv(tick.C)
		}, sched.Deadlock, "it never ticks again"},
		{"a timer has fired", func() {
			timer := time.NewTimer(time.Second)
			rt.Recv(timer.C)
			rt.Recv(timer.C)
		}, sched.Deadlock, "it fires only once"},
		{"left behind", func() { time.NewTicker(time.Second) }, sched.Finished, "a ticker is no goroutine"},
		{"ticking after main", func() {
			rt.Go(func() {
				for range received(time.Tick(time.Second)) {
				}
			})
		}, sched.Leak, "the goroutine never ends"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, s := range strategies {
				for seed := range uint64(20) {
					res := sched.Do(sched.Options{Strategy: s.make(seed)}, tt.give)
					require.Equal(t, tt.want, res.Outcome, tt.why)
					require.LessOrEqual(t, res.Steps, 2100, "bounded by the drain, not by MaxSteps")
				}
			}
		})
	}
}

// A ticker that is too fast for real code to follow drops ticks, so that it does
// not keep a run from getting to what others wait for. Time stays exact, and so
// do tickers of which real code gets every tick.
func TestFastTickers(t *testing.T) {
	tests := []struct {
		period, wait time.Duration
		want         int // ticks
		why          string
	}{
		{time.Nanosecond, 100 * time.Nanosecond, 99, "the first ones all come"},
		{time.Nanosecond, time.Microsecond, 292, "then they become fewer"},
		{time.Nanosecond, time.Second, 2_344, "but go on"},
		{time.Nanosecond, time.Minute, 61_344, "a thousand in a second"},
		{7 * time.Microsecond, 700 * time.Microsecond, 99, "the first ones all come"},
		{10 * time.Microsecond, 50 * time.Millisecond, 4_999, "this one is exact"},
		{time.Millisecond, time.Minute, 59_999, "and so are all that are slower"},
	}
	for _, tt := range tests {
		ticks := 0
		res := sched.Do(sched.Options{MaxSteps: 1_000_000}, func() {
			tick := time.NewTicker(tt.period)
			defer tick.Stop()
			done := time.After(tt.wait)
			for {
				begin := time.Now()
				if rt.Select(true, rt.RecvCase(done), rt.RecvCase(tick.C)) == 0 {
					return
				}
				if gap := time.Since(begin); gap%tt.period != 0 {
					panic(gap)
				}
				ticks++
			}
		})
		assert.Equal(t, sched.Finished, res.Outcome, "%v", res.Panic)
		assert.Equal(t, tt.wait, res.Elapsed)
		assert.Equal(t, tt.want, ticks, "%v in %v: %s", tt.period, tt.wait, tt.why)
		assert.Less(t, res.Steps, 4*tt.want+10)
	}
	ticks := 0
	res := sched.Do(sched.Options{}, func() {
		tick := time.NewTicker(1)
		rt.Go(func() {
			for range 1000 {
				rt.Recv(tick.C)
				ticks++
			}
			tick.Stop()
		})
		for range 1000 {
			time.Sleep(1)
		}
	})
	assert.Equal(t, sched.Finished, res.Outcome)
	assert.Equal(t, 1000*time.Nanosecond, res.Elapsed, "whoever sleeps no longer than the ticker gets no more time than it")
	assert.Equal(t, 1000, ticks)
}

func TestSettle(t *testing.T) {
	var at []string
	sched.Do(sched.Options{}, func() {
		var mu sync.Mutex
		log := func(s string) { mu.Lock(); at = append(at, s); mu.Unlock() }
		rt.Go(func() { twin.Gosched(); log("ran"); time.Sleep(time.Second); log("slept") })
		sched.Active().Settle()
		log("settled")
		time.Sleep(2 * time.Second)
	})
	assert.Equal(t, []string{"ran", "settled", "slept"}, at, "settling waits for all that can run now, not for time to pass")
}

func TestWaitOrStuck(t *testing.T) {
	tests := []struct {
		name string
		give func(q *sched.Queue)
		want bool
		why  string
	}{
		{"woken", func(q *sched.Queue) {
			rt.Go(func() { r := sched.Active(); r.Point(sched.OpWork); r.Wake(q.First()) })
		}, true, "somebody came"},
		{"woken late", func(q *sched.Queue) {
			rt.Go(func() { time.Sleep(time.Hour); sched.Active().Wake(q.First()) })
		}, true, "time passes before anybody is stuck"},
		{"stuck", func(*sched.Queue) { rt.Go(rt.Forever) }, false, "nobody can ever run again"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got bool
			sched.Do(sched.Options{}, func() {
				var q sched.Queue
				tt.give(&q)
				got = sched.Active().WaitOrStuck(&q, sched.OpMeet)
			})
			assert.Equal(t, tt.want, got, tt.why)
		})
	}
}

// TestBusyWaits runs programs that wait by looking again and again. Who computes
// for long, or works, does not make time pass.
func TestBusyWaits(t *testing.T) {
	const second = time.Second
	for _, test := range []struct {
		name string
		body func()
		want sched.Outcome // without BusyWaits; with them, all come to their end
		took time.Duration // with them
	}{
		{"clock", func() {
			for start := time.Now(); time.Since(start) < second; {
				rt.Spin()
			}
		}, sched.Livelock, second},
		{"flag", func() {
			var over atomic.Bool
			time.AfterFunc(second, func() { over.Store(true) })
			for !over.Load() {
				rt.Spin()
			}
		}, sched.Livelock, second},
		{"deadline", func() {
			ctx, cancel := context.WithTimeout(context.Background(), second)
			defer cancel()
			for ctx.Err() == nil {
				twin.Gosched()
			}
		}, sched.Livelock, second},
		{"computes", func() {
			timer := time.AfterFunc(second, func() { panic("too early") })
			for range 3_000_000 {
				rt.Spin()
			}
			timer.Stop()
		}, sched.Finished, 0},
		{"works", func() {
			timer := time.AfterFunc(second, func() { panic("too early") })
			var n atomic.Int64
			for i := range int64(100_000) {
				n.Add(1)
				for range 3 {
					if n.Load() != i+1 || time.Since(time.Now()) > 0 {
						panic("time passes")
					}
				}
			}
			timer.Stop()
		}, sched.Finished, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			opt := sched.Options{MaxSteps: 1_000_000}
			assert.Equal(t, test.want, sched.Do(opt, test.body).Outcome)
			opt.BusyWaits = true
			for _, s := range []sched.Strategy{nil, sched.NewRandom(1)} {
				opt.Strategy = s
				res := sched.Do(opt, test.body)
				assert.Equal(t, sched.Finished, res.Outcome, "%s %v", res.Message, res.Panic)
				assert.InDelta(t, test.took, res.Elapsed, float64(second), "it may become a little late")
			}
		})
	}
}
