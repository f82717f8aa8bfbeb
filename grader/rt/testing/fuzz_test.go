package testing_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/rt"
	twin "example.com/gokata/grader/rt/testing"
)

// The original reads the same files when go test runs it.
func FuzzSeeds(f *testing.F) {
	f.Fuzz(func(t *testing.T, s string, b []byte, ok bool, c byte, r rune, i8 int8, u16 uint16, i int, u64 uint64, f32 float32, f64 float64) {
		original := fmt.Sprint(s, b, ok, c, r, i8, u16, i, u64, math.Float32bits(f32), math.Float64bits(f64))
		seen := false
		fuzz(t, t.Name()[:len("FuzzSeeds")], func(f *twin.F) {
			f.Fuzz(func(u *twin.T, s string, b []byte, ok bool, c byte, r rune, i8 int8, u16 uint16, i int, u64 uint64, f32 float32, f64 float64) {
				if u.Name() == t.Name() {
					seen = true
					require.Equal(t, original, fmt.Sprint(s, b, ok, c, r, i8, u16, i, u64, math.Float32bits(f32), math.Float64bits(f64)))
				}
			})
		})
		require.True(t, seen, "the name is the same")
	})
}

// fuzz runs a fuzz target in a run.
func fuzz(t *testing.T, name string, target func(*twin.F)) *sink {
	out := &sink{}
	res := sched.Do(sched.Options{}, func() { twin.RunFuzz(out, name, nil, target) })
	require.Nil(t, res.Panic)
	require.Equal(t, sched.Finished, res.Outcome)
	return out
}

func TestFuzz(t *testing.T) {
	var said []string
	say := func(args ...any) { said = append(said, fmt.Sprint(args...)) }
	tests := []struct {
		name        string
		target      func(f *twin.F)
		said, fails []string
	}{
		{"seeds", func(f *twin.F) {
			f.Add(1, []byte("a"))
			f.Add(2, []byte("b"))
			f.Cleanup(func() { say("cleanup") })
			f.Fuzz(func(t *twin.T, n int, b []byte) { say(t.Name(), " ", n, string(b)) })
		}, []string{"FuzzX/seed#0 1a", "FuzzX/seed#1 2b", "cleanup"}, nil},
		{"failure", func(f *twin.F) {
			f.Add("a")
			f.Add("b")
			f.Fuzz(func(t *twin.T, s string) { t.Fatal(s) })
			say(f.Failed())
		}, []string{"true"}, []string{"FuzzX/seed#0: a", "FuzzX/seed#1: b"}},
		{"subtests", func(f *twin.F) {
			f.Add(true)
			f.Fuzz(func(t *twin.T, _ bool) { t.Run("a", func(t *twin.T) { say(t.Name()) }) })
		}, []string{"FuzzX/seed#0/a"}, nil},
		{"parallel seeds", func(f *twin.F) {
			f.Add(1)
			f.Add(2)
			f.Fuzz(func(t *twin.T, n int) {
				say("before ", n)
				t.Parallel()
			})
			f.Cleanup(func() { say("cleanup") })
			say("body")
		}, []string{"before 1", "before 2", "body", "cleanup"}, nil},
		{"no Fuzz", func(f *twin.F) {}, nil, []string{"returned without calling F.Fuzz, F.Fail, or F.Skip"}},
		{"skip", func(f *twin.F) { f.Skip() }, nil, nil},
		{"Fuzz after Fail", func(f *twin.F) {
			f.Error("a")
			f.Add(1)
			f.Fuzz(func(t *twin.T, _ int) { say("not reached") })
		}, nil, []string{"a"}},
		{
			"too few arguments", func(f *twin.F) { f.Add(1); f.Fuzz(func(*twin.T, int, int) {}) },
			nil, []string{"wrong number of values in corpus entry: 1, want 2"},
		},
		{
			"other types", func(f *twin.F) { f.Add(1, "a"); f.Fuzz(func(*twin.T, int, uint) {}) },
			nil, []string{"mismatched types in corpus entry: [int string], want [int uint]"},
		},
		{"misuse", func(f *twin.F) {
			say(caught(func() { f.Add(struct{}{}) }))
			say(caught(func() { f.Fuzz(1) }))
		}, []string{"testing: unsupported type to Add struct {}", "testing: F.Fuzz must receive a function"}, nil},
		{"without T", func(f *twin.F) {
			say(caught(func() { f.Fuzz(func(int) {}) }))
			say(caught(func() { f.Fuzz(func(int) {}) }))
		}, []string{
			"testing: fuzz target must receive at least two arguments, where the first argument is a *T",
			"testing: F.Fuzz called more than once",
		}, nil},
		{"with a result", func(f *twin.F) {
			say(caught(func() { f.Fuzz(func(*twin.T, int) int { return 0 }) }))
		}, []string{"testing: fuzz target must not return a value"}, nil},
		{"of an odd type", func(f *twin.F) {
			say(caught(func() { f.Fuzz(func(*twin.T, error) {}) }))
		}, []string{"testing: unsupported type for fuzzing error"}, nil},
		{"methods of F within the target", func(f *twin.F) {
			f.Add(1)
			f.Fuzz(func(t *twin.T, _ int) {
				say(caught(func() { f.Log("a") }))
				say(caught(f.Fail))
				say(f.Failed(), f.Name())
			})
		}, []string{
			"testing: f.Log was called inside the fuzz target, use t.Log instead",
			"testing: f.Fail was called inside the fuzz target, use t.Fail instead", "falseFuzzX",
		}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			said = nil
			out := fuzz(t, "FuzzX", tt.target)
			require.Equal(t, tt.said, said)
			require.Equal(t, tt.fails, out.fails)
		})
	}
	t.Run("outside of a run", func(t *testing.T) {
		out := &sink{}
		twin.RunFuzz(out, "FuzzX", func(m *twin.M) { m.Run() }, func(f *twin.F) { f.Add(1); f.Fuzz(func(t *twin.T, n int) { t.Error(n) }) })
		require.Equal(t, []string{"FuzzX/seed#0: 1"}, out.fails)
	})
	t.Run("files that cannot be used", func(t *testing.T) {
		out := fuzz(t, "FuzzBad", func(f *twin.F) { f.Fuzz(func(*twin.T, int) {}) })
		require.Equal(t, []string{`"testdata/fuzz/FuzzBad/bad": malformed line "int(x)": strconv.ParseInt: parsing "x": invalid syntax`}, out.fails)
		out = fuzz(t, "FuzzFew", func(f *twin.F) { f.Fuzz(func(*twin.T, int) {}) })
		require.Equal(t, []string{`"testdata/fuzz/FuzzFew/two": wrong number of values in corpus entry: 2, want 1`}, out.fails)
	})
}

// The seeds run side by side when they are parallel.
func TestParallelSeeds(t *testing.T) {
	last := map[int]bool{}
	for _, s := range strategies() {
		var order chan int
		res := sched.Do(sched.Options{Strategy: s}, func() {
			order = make(chan int, 2)
			twin.RunFuzz(&sink{}, "FuzzX", nil, func(f *twin.F) {
				f.Add(1)
				f.Add(2)
				f.Fuzz(func(t *twin.T, n int) { t.Parallel(); rt.To(order).Send(n) })
			})
		})
		require.Equal(t, sched.Finished, res.Outcome)
		require.Zero(t, res.Races)
		<-order
		last[<-order] = true
	}
	require.Len(t, last, 2)
}
