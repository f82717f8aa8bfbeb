package sched_test

import (
	"iter"
	"runtime"
	"strings"
	"testing"

	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/rt"
	"example.com/gokata/grader/rt/atomic"
	"example.com/gokata/grader/rt/context"
	"example.com/gokata/grader/rt/sync"
	"example.com/gokata/grader/rt/time"
)

// The programs that several tests run, as package instrument would write them.

// strategies make a fresh strategy for a seed; the lengths suit programs of
// about a hundred steps.
var strategies = []struct {
	name string
	make func(seed uint64) sched.Strategy
}{
	{"default", func(uint64) sched.Strategy { return sched.Default{} }},
	{"random", func(seed uint64) sched.Strategy { return sched.NewRandom(seed) }},
	{"pct1", func(seed uint64) sched.Strategy { return sched.NewPCT(seed, 1, 100) }},
	{"pct2", func(seed uint64) sched.Strategy { return sched.NewPCT(seed, 2, 100) }},
	{"pct3", func(seed uint64) sched.Strategy { return sched.NewPCT(seed, 3, 100) }},
}

// abba takes two locks in opposite orders.
func abba() {
	var a, b sync.Mutex
	var wg sync.WaitGroup
	wg.Go(func() { a.Lock(); b.Lock(); b.Unlock(); a.Unlock() })
	wg.Go(func() { b.Lock(); a.Lock(); a.Unlock(); b.Unlock() })
	wg.Wait()
}

// lostUpdate reads and writes a counter in two critical sections, and panics
// if an increment was lost.
func lostUpdate() {
	var mu sync.Mutex
	var wg sync.WaitGroup
	n := 0
	for range 2 {
		wg.Go(func() {
			mu.Lock()
			v := n
			mu.Unlock()
			mu.Lock()
			n = v + 1
			mu.Unlock()
		})
	}
	wg.Wait()
	if n != 2 {
		panic("lost update")
	}
}

// mixed uses a bit of everything, so that a difference anywhere shows.
func mixed() {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	var mu sync.Mutex
	var wg sync.WaitGroup
	var hits atomic.Int64
	results := make(chan int, 1)
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for i := range 3 {
		wg.Go(func() {
			time.Sleep(time.Duration(i) * time.Second)
			mu.Lock()
			hits.Add(1)
			mu.Unlock()
			send, done := rt.To(results).Case(i), rt.RecvCase(ctx.Done())
			rt.Select(true, send, done)
		})
	}
	rt.Go(func() { wg.Wait(); rt.Close(results) })
	for {
		v, tk := rt.RecvCase(results), rt.RecvCase(tick.C)
		if rt.Select(true, v, tk) == 0 {
			if _, ok := v.Value2(); !ok {
				return
			}
		}
	}
}

// summary is what two runs have in common if they were the same.
type summary struct {
	Outcome    sched.Outcome
	Steps      int
	Elapsed    time.Duration
	Deviations []sched.Deviation
}

func summarise(r sched.Result) summary {
	return summary{r.Outcome, r.Steps, r.Elapsed, r.Schedule.Deviations()}
}

// firstSeed returns the first seed below limit for which the program comes to
// the outcome under the strategy, and the result.
func firstSeed(t *testing.T, limit uint64, make func(uint64) sched.Strategy, want sched.Outcome, prog func()) (uint64, sched.Result) {
	t.Helper()
	for seed := range limit {
		if res := sched.Do(sched.Options{Strategy: make(seed)}, prog); res.Outcome == want {
			return seed, res
		}
	}
	t.Fatalf("no schedule out of %d comes to outcome %d", limit, want)
	return 0, sched.Result{}
}

// received stands for c in for v := range c.
func received[T any](c <-chan T) iter.Seq[T] {
	return func(yield func(T) bool) {
		for {
			if v, ok := rt.Recv2(c); !ok || !yield(v) {
				return
			}
		}
	}
}

func random(seed uint64) sched.Strategy { return sched.NewRandom(seed) }

// inFile tells whether a frame of the stack lies in a file of that name.
func inFile(stack []uintptr, name string) bool {
	if len(stack) == 0 {
		return false
	}
	frames := runtime.CallersFrames(stack)
	for {
		f, more := frames.Next()
		if strings.HasSuffix(f.File, "/"+name) {
			return true
		}
		if !more {
			return false
		}
	}
}
