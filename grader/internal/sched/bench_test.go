package sched_test

import (
	plain "sync"
	"testing"

	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/rt"
	twin "example.com/gokata/grader/rt/runtime"
	"example.com/gokata/grader/rt/sync"
)

// Each benchmark runs a program of a known number of steps again and again,
// and reports what one step costs, the run's own beginning and end included.

func benchmarkSteps(b *testing.B, want int, make func(seed uint64) sched.Strategy, prog func()) {
	b.Helper()
	steps := 0
	for seed := uint64(0); b.Loop(); seed++ {
		res := sched.Do(sched.Options{Strategy: make(seed), MaxSteps: 1 << 30}, prog)
		if res.Outcome != sched.Finished || res.Steps != want {
			b.Fatalf("outcome %d after %d steps, want %d after %d", res.Outcome, res.Steps, sched.Finished, want)
		}
		steps += res.Steps
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(steps), "ns/step")
	b.ReportMetric(float64(want), "steps")
	b.ReportMetric(0, "ns/op")
}

// Nobody else is ready: a point without a choice.
func BenchmarkStepAlone(b *testing.B) {
	benchmarkSteps(b, 2000, random, func() {
		var mu sync.Mutex
		for range 1000 {
			mu.Lock()
			mu.Unlock()
		}
	})
}

// Others are ready, but the same goroutine goes on: a choice without a switch.
func BenchmarkStepNoSwitch(b *testing.B) {
	highest := func(uint64) sched.Strategy { return sched.NewPCT(4, 1, 100) }
	benchmarkSteps(b, 2011, highest, func() {
		var wg sync.WaitGroup
		for range 2 {
			wg.Add(1)
			rt.Go(func() {
				var mu sync.Mutex
				for range 501 {
					mu.Lock()
					mu.Unlock()
				}
				wg.Done()
			})
		}
		wg.Wait()
	})
}

// The baton goes to another goroutine at every step.
func BenchmarkStepHandOver(b *testing.B) {
	benchmarkSteps(b, 2001, strategies[0].make, func() {
		yield := func() {
			for range 1000 {
				twin.Gosched()
			}
		}
		rt.Go(yield)
		yield()
	})
}

// Two goroutines compete for one lock.
func BenchmarkStepMutex(b *testing.B) {
	benchmarkSteps(b, 2004, random, func() {
		var mu sync.Mutex
		lock := func() {
			for range 500 {
				mu.Lock()
				mu.Unlock()
			}
		}
		var wg sync.WaitGroup
		wg.Add(1)
		rt.Go(func() { lock(); wg.Done() })
		lock()
		wg.Wait()
	})
}

// Every value is handed from goroutine to goroutine.
func BenchmarkStepUnbuffered(b *testing.B) {
	benchmarkSteps(b, 2001, random, func() {
		c := make(chan int)
		rt.Go(func() {
			for i := range 1000 {
				rt.To(c).Send(i)
			}
		})
		for range 1000 {
			rt.Recv(c)
		}
	})
}

// Goroutines are started, each of which ends at once.
func BenchmarkStepGo(b *testing.B) {
	benchmarkSteps(b, 1000, random, func() {
		for range 1000 {
			rt.Go(func() {})
		}
	})
}

// The same without any of this, to compare: most of what a goroutine costs is
// the race detector's.
func BenchmarkPlainGo(b *testing.B) {
	const started = 1000
	for b.Loop() {
		var wg plain.WaitGroup
		for range started {
			wg.Go(func() {})
		}
		wg.Wait()
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*started), "ns/step")
	b.ReportMetric(started, "steps")
	b.ReportMetric(0, "ns/op")
}

// A short program, as suites have them: what a schedule costs.
func BenchmarkStepShortProgram(b *testing.B) {
	benchmarkSteps(b, 11, random, func() {
		var mu sync.Mutex
		var wg sync.WaitGroup
		for range 2 {
			wg.Go(func() { mu.Lock(); mu.Unlock() })
		}
		wg.Wait()
	})
}
