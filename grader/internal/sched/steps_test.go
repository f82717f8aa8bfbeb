package sched_test

import (
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"

	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/rt"
	"example.com/gokata/grader/rt/atomic"
	twin "example.com/gokata/grader/rt/runtime"
	"example.com/gokata/grader/rt/sync"
	"example.com/gokata/grader/rt/time"
)

func TestSteps(t *testing.T) {
	tests := []struct {
		name string
		give func()
		want int
		why  string
	}{
		{"nothing", func() {}, 0, "starting and ending are not steps"},
		{"yield", func() { twin.Gosched() }, 1, "one point"},
		{"mutex", func() { var m sync.Mutex; m.Lock(); m.Unlock() }, 2, "lock and unlock"},
		{"atomic", func() { var n atomic.Int32; n.Add(1); n.Load() }, 2, "one point each"},
		{"goroutine", func() { rt.Go(func() {}) }, 1, "go is a point, the goroutine's start and end are not"},
		{"wait group", func() {
			var wg sync.WaitGroup
			wg.Add(1)
			rt.Go(func() { wg.Done() })
			wg.Wait()
		}, 4, "add, go, wait, done; waking up is no step"},
		{"WaitGroup.Go", func() { var wg sync.WaitGroup; wg.Go(func() {}); wg.Wait() }, 4, "the same four"},
		{"unbuffered", func() {
			c := make(chan int)
			rt.Go(func() { rt.To(c).Send(1) })
			rt.Recv(c)
		}, 3, "go, receive, send"},
		{"buffered and closed", func() {
			c := make(chan int, 2)
			rt.To(c).Send(1)
			rt.To(c).Send(2)
			rt.Close(c)
			for range received(c) {
			}
		}, 6, "two sends, close, two receives and the one that finds it closed"},
		{"contended mutex", func() {
			var m sync.Mutex
			m.Lock()
			rt.Go(func() { m.Lock(); m.Unlock() })
			twin.Gosched()
			m.Unlock()
		}, 6, "a lock that waits is still one step"},
		{"select default", func() { rt.Select(false, rt.RecvCase(make(chan int))) }, 1, "polling is no step"},
		{"once", func() { var o sync.Once; o.Do(func() {}); o.Do(func() {}) }, 4, "the first takes a lock and gives it back"},
		{"sleep", func() { time.Sleep(time.Hour) }, 2, "the point and the timer that fires"},
		{"sleep 0", func() { time.Sleep(0) }, 1, "only the point"},
		{"short loop", func() {
			for range 999 {
				rt.Spin()
			}
		}, 0, "fewer iterations than make a step"},
		{"long loop", func() {
			for range 3500 {
				rt.Spin()
			}
		}, 15, "every thousandth iteration is a point, which uses up five steps"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			res := sched.Do(sched.Options{}, tt.give)
			assert.Equal(t, sched.Finished, res.Outcome)
			assert.Equal(t, tt.want, res.Steps, tt.why)
			assert.Empty(t, res.Schedule.Deviations(), "the default schedule deviates from nothing")
			assert.Empty(t, res.Left)
		})
	}
}

// How much the rounds of loops count is for whoever starts the run to say.
func TestRounds(t *testing.T) {
	rounds := 0
	loop := func() {
		for rounds = 0; ; rounds++ {
			rt.Spin()
		}
	}
	for _, tt := range []struct{ give, want int }{{0, 4_000_000}, {16, 1_250_000}} {
		res := sched.Do(sched.Options{Rounds: tt.give}, loop)
		assert.Equal(t, sched.Livelock, res.Outcome)
		assert.Equal(t, 20_000, res.Steps)
		assert.Equal(t, tt.want, rounds+1, "rounds until the bound is hit, %d steps a thousand", tt.give)
	}
}

// A run must not depend on the machine: the same seed gives the same run, as
// often as one likes and on any number of processors.
func TestSameSeedSameRun(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	programs := []struct {
		name string
		prog func()
	}{{"mixed", mixed}, {"abba", abba}, {"lost update", lostUpdate}}
	for _, p := range programs {
		for _, s := range strategies {
			for _, clock := range []sched.Clock{sched.Fair, sched.Adversarial} {
				want := summarise(sched.Do(sched.Options{Strategy: s.make(7), Clock: clock}, p.prog))
				for _, procs := range []int{1, 2, 8} {
					runtime.GOMAXPROCS(procs)
					for range 20 {
						got := summarise(sched.Do(sched.Options{Strategy: s.make(7), Clock: clock}, p.prog))
						if !assert.Equal(t, want, got, "%s under %s, %d processors", p.name, s.name, procs) {
							return
						}
					}
				}
			}
		}
	}
}

// Nor must it depend on the runs before it, whose memory it uses.
func TestSameRunAfterOthers(t *testing.T) {
	others := []func(){
		abba,
		func() { panic("x") },
		func() { sched.Active().Stop() },
		func() { rt.Go(runtime.Goexit); rt.Forever() },
		func() {
			var mu sync.Mutex
			mu.Lock()
			for range 20 {
				rt.Go(mu.Lock)
			}
		},
	}
	do := func() sched.Result {
		return sched.Do(sched.Options{Strategy: sched.NewRandom(3), Clock: sched.Adversarial, Drain: 1}, mixed)
	}
	want := do()
	for _, other := range others {
		for range 3 {
			sched.Do(sched.Options{Strategy: sched.NewPCT(5, 3, 20)}, other)
			assert.Equal(t, want, do())
		}
	}
}

func TestSeedsDiffer(t *testing.T) {
	tests := []struct {
		name string
		give func(seed uint64) sched.Strategy
		want int
		why  string
	}{
		{"default", strategies[0].make, 1, "has no seed"},
		{"random", strategies[1].make, 100, "the program has far more schedules than that"},
		{"pct1", strategies[2].make, 20, "few: the order of priorities alone decides"},
		{"pct3", strategies[4].make, 50, "the change points tell more runs apart"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			seen := map[string]bool{}
			for seed := range uint64(100) {
				seen[sched.Do(sched.Options{Strategy: tt.give(seed)}, mixed).Schedule.Encode(0)] = true
			}
			assert.GreaterOrEqual(t, len(seen), tt.want, tt.why)
		})
	}
}

func TestMix(t *testing.T) {
	seen := map[uint64]bool{}
	for a := range uint64(100) {
		for b := range uint64(100) {
			seen[sched.Mix(a, b)] = true
		}
	}
	assert.Len(t, seen, 10_000, "seeds of neighbouring cases and schedules do not collide")
	assert.Equal(t, sched.Mix(1, 2), sched.Mix(1, 2))
	assert.NotEqual(t, sched.Mix(1, 2), sched.Mix(2, 1))
}
