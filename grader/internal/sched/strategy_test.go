package sched_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/rt"
	"example.com/gokata/grader/rt/atomic"
	"example.com/gokata/grader/rt/sync"
)

func TestNames(t *testing.T) {
	tests := []struct {
		give sched.Strategy
		want string
	}{
		{sched.Default{}, "default"},
		{sched.NewRandom(1), "random"},
		{sched.NewPCT(1, 3, 100), "pct3"},
		{sched.NewPCT(1, 99, 0), "pct8"},
		{sched.NewReplay(sched.Schedule{}), "replay"},
	}
	for _, tt := range tests {
		assert.Equal(t, tt.want, tt.give.String())
	}
}

// order returns the order in which n goroutines get through one point.
func order(s sched.Strategy, n int) string {
	var out []byte
	sched.Do(sched.Options{Strategy: s}, func() {
		var mu sync.Mutex
		var wg sync.WaitGroup
		for i := range n {
			wg.Go(func() {
				mu.Lock()
				out = append(out, byte('a'+i))
				mu.Unlock()
			})
		}
		wg.Wait()
	})
	return string(out)
}

func TestOrders(t *testing.T) {
	assert.Equal(t, "abcd", order(nil, 4), "the default is the order of starting")
	tests := []struct {
		name  string
		n     int
		seeds uint64
		want  int
	}{
		{"two", 2, 20, 2},
		{"three", 3, 200, 6},
	}
	for _, tt := range tests {
		for _, s := range strategies[1:3] {
			t.Run(s.name+"/"+tt.name, func(t *testing.T) {
				seen := map[string]int{}
				for seed := range tt.seeds {
					seen[order(s.make(seed), tt.n)]++
				}
				assert.Len(t, seen, tt.want, "all orders are reached: %v", seen)
			})
		}
	}
}

// segments returns how often the baton came to one of the goroutines 2 and up,
// in a program whose main goroutine starts the others and then waits for them.
func segments(events []sched.Event) int {
	n, last := 0, 0
	for _, e := range events {
		if e.G > 1 && e.G != last {
			n++
		}
		if e.G > 1 {
			last = e.G
		}
	}
	return n
}

// At a point, PCT takes the baton from a goroutine only if the goroutine
// yields or spins, if it has made a hundred steps in a row, if one of the
// depth-1 change points falls on the step, or if a goroutine of higher
// priority has become ready since. Three workers that neither block nor yield
// therefore come to one stretch each, plus at most one for every change point.
func TestPCTPreemptsAtChangePointsOnly(t *testing.T) {
	const workers = 3
	prog := func() {
		var wg sync.WaitGroup
		for range workers {
			wg.Go(func() {
				var own sync.Mutex
				for range 10 {
					own.Lock()
					own.Unlock()
				}
			})
		}
		wg.Wait()
	}
	for depth := 1; depth <= 5; depth++ {
		most := 0
		for seed := range uint64(200) {
			s := sched.NewPCT(seed, depth, 70)
			res := sched.Do(sched.Options{Strategy: s, Explain: true}, prog)
			require.Equal(t, sched.Finished, res.Outcome)
			most = max(most, segments(res.Events))
		}
		assert.Equal(t, workers+depth-1, most, "depth %d: at most, and for some seed exactly, one more for every change point", depth)
	}
}

func TestPCTGivesWayAfterAHundredSteps(t *testing.T) {
	prog := func() {
		var n atomic.Int32
		var wg sync.WaitGroup
		for range 2 {
			wg.Go(func() {
				for range 250 {
					n.Add(1)
				}
			})
		}
		wg.Wait()
	}
	for _, s := range []sched.Strategy{sched.Default{}, sched.NewPCT(3, 1, 500)} {
		res := sched.Do(sched.Options{Strategy: s, Explain: true}, prog)
		longest, n, last := 0, 0, 0
		for _, e := range res.Events {
			if e.Op != sched.OpAtomicAdd {
				continue
			}
			if n++; e.G != last {
				n = 1
			}
			last = e.G
			longest = max(longest, n)
		}
		assert.GreaterOrEqual(t, longest, 100, s.String())
		assert.LessOrEqual(t, longest, 102, "%s: nobody keeps others waiting for longer", s)
	}
}

// Losing an update takes two orderings, so depth 1 must never find it, and
// depth 2 with a probability of at least 1/(n·k) = 1/45.
func TestPCTDepth(t *testing.T) {
	const n, k, seeds = 3, 15, 450
	require.Equal(t, k, sched.Do(sched.Options{}, lostUpdate).Steps)
	tests := []struct {
		depth       int
		least, most int
	}{
		{1, 0, 0},
		{2, seeds / (n * k), seeds},
		{3, seeds / (n * k), seeds},
	}
	for _, tt := range tests {
		found, first := 0, -1
		for seed := range uint64(seeds) {
			res := sched.Do(sched.Options{Strategy: sched.NewPCT(seed, tt.depth, k)}, lostUpdate)
			if res.Outcome == sched.Panicked {
				if found++; first < 0 {
					first = int(seed)
				}
			}
		}
		assert.GreaterOrEqual(t, found, tt.least, "depth %d", tt.depth)
		assert.LessOrEqual(t, found, tt.most, "depth %d", tt.depth)
		if tt.depth > 1 {
			assert.Less(t, first, 2*n*k, "depth %d finds it early", tt.depth)
		}
	}
}

//go:norace
func peek(p *bool) bool { return *p }

//go:norace
func poke(p *bool) { *p = true }

// A goroutine that spins must let the one it waits for run.
func TestSpinners(t *testing.T) {
	tests := []struct {
		name string
		give func()
	}{
		{"an atomic flag", func() {
			var flag atomic.Bool
			rt.Go(func() { flag.Store(true) })
			for !flag.Load() {
				rt.Spin()
			}
		}},
		{"an ordinary variable", func() {
			flag := false
			rt.Go(func() { poke(&flag) })
			for !peek(&flag) {
				rt.Spin()
			}
		}},
		{"two that wait for a third", func() {
			var flag atomic.Bool
			var wg sync.WaitGroup
			for range 2 {
				wg.Go(func() {
					for !flag.Load() {
						rt.Spin()
					}
				})
			}
			flag.Store(true)
			wg.Wait()
		}},
		{"two that take turns", func() {
			var turn atomic.Int32
			var wg sync.WaitGroup
			for me := range int32(2) {
				wg.Go(func() {
					for range 3 {
						for turn.Load() != me {
							rt.Spin()
						}
						turn.Store(1 - me)
					}
				})
			}
			wg.Wait()
		}},
		{"a spin lock", func() {
			var lock atomic.Bool
			var wg sync.WaitGroup
			for range 3 {
				wg.Go(func() {
					for !lock.CompareAndSwap(false, true) {
						rt.Spin()
					}
					lock.Store(false)
				})
			}
			wg.Wait()
		}},
	}
	for _, tt := range tests {
		for _, s := range strategies {
			t.Run(fmt.Sprint(tt.name, "/", s.name), func(t *testing.T) {
				for seed := range uint64(100) {
					res := sched.Do(sched.Options{Strategy: s.make(seed)}, tt.give)
					require.Equal(t, sched.Finished, res.Outcome, "seed %d: %d steps", seed, res.Steps)
				}
			})
		}
	}
}
