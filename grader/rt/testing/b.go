package testing

import (
	"strings"
	"time"
	"unicode"

	"example.com/gokata/grader/rt/atomic"
	"example.com/gokata/grader/rt/runtime"
	"example.com/gokata/grader/rt/sync"
	twin "example.com/gokata/grader/rt/time"
)

// B is the twin of testing.B. A benchmark runs once, with N = 1.
type B struct {
	common
	N int

	elapsed     time.Duration
	started     time.Time // zero: the timer is stopped
	bytes       int64
	extra       map[string]float64
	parallelism int
	looping     bool
	result      BenchmarkResult
}

// Benchmark is the twin of testing.Benchmark. It calls f once, with b.N = 1,
// and what f says goes nowhere. Allocations are not counted.
func Benchmark(f func(b *B)) BenchmarkResult {
	b := newB(&session{sink: discard{}}, nil, "")
	b.measure(f)
	return b.result
}

func newB(s *session, parent *common, name string) *B {
	b := &B{N: 1, parallelism: 1, extra: map[string]float64{}}
	b.init(s, parent, name)
	return b
}

// measure calls f. The result stays empty if f fails or skips.
func (b *B) measure(f func(*B)) {
	b.start(func() {
		b.StartTimer()
		f(b)
		b.StopTimer()
		if b.looping && !b.Failed() {
			b.Error("benchmark function returned without B.Loop() == false (break or return in loop?)")
		}
		if b.result.N == 0 && !b.Failed() {
			b.result = BenchmarkResult{N: b.N, T: b.elapsed, Bytes: b.bytes, Extra: b.extra}
		}
	})
	b.back.wait()
}

// Run is the twin of (*testing.B).Run.
func (b *B) Run(name string, f func(b *B)) bool {
	sub := newB(b.s, &b.common, b.subName(name))
	sub.measure(f)
	b.result.N = 1
	b.result.T += sub.result.T
	b.result.Bytes += sub.result.Bytes
	return !sub.Failed()
}

//go:norace
func (b *B) subName(name string) string {
	s := b.lock()
	defer s.unlock()
	return s.names.unique(b.name, name)
}

// Loop is the twin of (*testing.B).Loop. It returns true once.
func (b *B) Loop() bool {
	if b.started.IsZero() {
		b.Fatal("B.Loop called with timer stopped")
	}
	b.looping = !b.looping
	if b.looping {
		b.N = 0
		b.ResetTimer()
		return true
	}
	b.StopTimer()
	b.N = 1
	return false
}

// StartTimer is the twin of (*testing.B).StartTimer.
func (b *B) StartTimer() {
	if b.started.IsZero() {
		b.started = twin.Now()
	}
}

// StopTimer is the twin of (*testing.B).StopTimer.
func (b *B) StopTimer() {
	b.elapsed = b.Elapsed()
	b.started = time.Time{}
}

// ResetTimer is the twin of (*testing.B).ResetTimer.
func (b *B) ResetTimer() {
	clear(b.extra)
	b.elapsed = 0
	if !b.started.IsZero() {
		b.started = twin.Now()
	}
}

// Elapsed is the twin of (*testing.B).Elapsed.
func (b *B) Elapsed() time.Duration {
	if b.started.IsZero() {
		return b.elapsed
	}
	return b.elapsed + twin.Since(b.started)
}

// SetBytes is the twin of (*testing.B).SetBytes.
func (b *B) SetBytes(n int64) { b.bytes = n }

// ReportAllocs is the twin of (*testing.B).ReportAllocs. It does nothing.
func (b *B) ReportAllocs() {}

// ReportMetric is the twin of (*testing.B).ReportMetric.
func (b *B) ReportMetric(n float64, unit string) {
	if unit == "" {
		panic("metric unit must not be empty")
	}
	if strings.ContainsFunc(unit, unicode.IsSpace) {
		panic("metric unit must not contain whitespace")
	}
	b.extra[unit] = n
}

// SetParallelism is the twin of (*testing.B).SetParallelism.
func (b *B) SetParallelism(p int) {
	if p >= 1 {
		b.parallelism = p
	}
}

// PB is the twin of testing.PB.
type PB struct {
	taken *atomic.Int64 // iterations that were given to some goroutine, or asked for in vain
	n     int64
}

// Next is the twin of (*testing.PB).Next.
func (pb *PB) Next() bool { return pb.taken.Add(1) <= pb.n }

// RunParallel is the twin of (*testing.B).RunParallel. The goroutines share
// the one iteration.
func (b *B) RunParallel(body func(*PB)) {
	if b.N == 0 {
		return
	}
	var taken atomic.Int64
	var wg sync.WaitGroup
	for range b.parallelism * runtime.GOMAXPROCS(0) {
		wg.Go(func() { body(&PB{&taken, int64(b.N)}) })
	}
	wg.Wait()
	if taken.Load() <= int64(b.N) && !b.Failed() {
		b.Fatal("RunParallel: body exited without pb.Next() == false")
	}
}
