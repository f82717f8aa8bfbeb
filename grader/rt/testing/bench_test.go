package testing_test

import (
	"flag"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/rt/atomic"
	twin "example.com/gokata/grader/rt/testing"
	twintime "example.com/gokata/grader/rt/time"
)

func TestBenchmark(t *testing.T) {
	var n int
	tests := []struct {
		name string
		give func(b *twin.B)
		n    int // calls
		want twin.BenchmarkResult
	}{
		{"N", func(b *twin.B) {
			for range b.N {
				n++
			}
		}, 1, twin.BenchmarkResult{N: 1}},
		{"Loop", func(b *twin.B) {
			twintime.Sleep(time.Second)
			for b.Loop() {
				n++
				twintime.Sleep(time.Minute)
			}
			twintime.Sleep(time.Hour)
			n += b.N
		}, 2, twin.BenchmarkResult{N: 1, T: time.Minute}},
		{"timer", func(b *twin.B) {
			twintime.Sleep(time.Hour)
			b.ReportMetric(1, "lost")
			b.ResetTimer()
			twintime.Sleep(time.Second)
			b.StopTimer()
			twintime.Sleep(time.Hour)
			b.StartTimer()
			b.StartTimer()
			twintime.Sleep(time.Second)
			b.SetBytes(7)
			b.ReportAllocs()
			b.ReportMetric(2, "kept")
		}, 0, twin.BenchmarkResult{N: 1, T: 2 * time.Second, Bytes: 7, Extra: map[string]float64{"kept": 2}}},
		{"parallel", func(b *twin.B) {
			b.SetParallelism(2)
			var calls, all atomic.Int32
			b.RunParallel(func(pb *twin.PB) {
				all.Add(1)
				for pb.Next() {
					calls.Add(1)
				}
			})
			n = int(10*all.Load() + calls.Load())
		}, 81, twin.BenchmarkResult{N: 1}},
		{"sub-benchmarks", func(b *twin.B) {
			for range 2 {
				require.True(t, b.Run("a b", func(b *twin.B) { n++; b.SetBytes(3); twintime.Sleep(time.Second) }))
			}
			require.False(t, b.Run("c", func(b *twin.B) { b.Fatal() }))
		}, 2, twin.BenchmarkResult{N: 1, T: 2 * time.Second, Bytes: 6}},
		{"failure", func(b *twin.B) { b.Error("a") }, 0, twin.BenchmarkResult{}},
		{"skip", func(b *twin.B) { b.Skip("a") }, 0, twin.BenchmarkResult{}},
		{"break", func(b *twin.B) {
			for b.Loop() {
				break
			}
		}, 0, twin.BenchmarkResult{}},
		{"body that does not call Next", func(b *twin.B) { b.RunParallel(func(*twin.PB) {}) }, 0, twin.BenchmarkResult{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			n = 0
			var got twin.BenchmarkResult
			res := sched.Do(sched.Options{}, func() { got = twin.Benchmark(tt.give) })
			require.Nil(t, res.Panic)
			require.Equal(t, sched.Finished, res.Outcome)
			if tt.want.Extra == nil {
				got.Extra = nil
			}
			require.Equal(t, tt.n, n)
			require.Equal(t, tt.want, got)
		})
	}
	t.Run("outside of a run", func(t *testing.T) {
		require.Equal(t, 1, twin.Benchmark(func(b *twin.B) {
			b.RunParallel(func(pb *twin.PB) {
				for pb.Next() {
				}
			})
		}).N)
	})
	t.Run("misuse", func(t *testing.T) {
		twin.Benchmark(func(b *twin.B) {
			require.Equal(t, "metric unit must not be empty", caught(func() { b.ReportMetric(1, "") }))
			require.Equal(t, "metric unit must not contain whitespace", caught(func() { b.ReportMetric(1, "a b") }))
		})
	})
}

func TestFlags(t *testing.T) {
	require.Equal(t, testing.Short(), twin.Short())
	require.Equal(t, testing.Verbose(), twin.Verbose())
	require.True(t, twin.Testing())
	all := flag.CommandLine
	flag.CommandLine = flag.NewFlagSet("none", flag.ContinueOnError)
	defer func() { flag.CommandLine = all }()
	require.False(t, twin.Short(), "there is no such flag")
}

func TestAllocsPerRun(t *testing.T) {
	n := 0
	alloc := func() { n++; strings.Repeat("a", n) }
	var got float64
	sched.Do(sched.Options{}, func() { got = twin.AllocsPerRun(10, alloc) })
	require.Zero(t, got)
	require.Equal(t, 11, n, "once more, as the original does")
	require.Positive(t, twin.AllocsPerRun(10, alloc))
}

func TestRunTests(t *testing.T) {
	var said []string
	tests := []twin.InternalTest{
		{Name: "TestA", F: func(t *twin.T) { said = append(said, t.Name()) }},
		{Name: "TestB", F: func(t *twin.T) { t.Run("c", func(t *twin.T) { said = append(said, t.Name()); t.SkipNow() }) }},
	}
	require.True(t, twin.RunTests(nil, tests))
	require.Equal(t, []string{"TestA", "TestB/c"}, said)

	fuzz := []twin.InternalFuzzTarget{{Name: "FuzzX", Fn: func(f *twin.F) { said = append(said, f.Name()); f.Skip() }}}
	require.Zero(t, twin.MainStart(nil, tests, nil, fuzz, nil).Run())
	require.Equal(t, []string{"TestA", "TestB/c", "TestA", "TestB/c", "FuzzX"}, said)
}
