package sched_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"example.com/gokata/grader/internal/sched"
)

func TestShrinkPrograms(t *testing.T) {
	tests := []struct {
		name    string
		give    func()
		outcome sched.Outcome
		want    int
		why     string
	}{
		{"AB-BA", abba, sched.Deadlock, 2, "one switch between the two locks, and at most one to get there"},
		{"lost update", lostUpdate, sched.Panicked, 2, "one switch between reading and writing"},
		{"fails always", func() { panic("x") }, sched.Panicked, 0, "nothing is needed"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for from := range uint64(10) {
				s := func(seed uint64) sched.Strategy { return sched.NewRandom(from*1000 + seed) }
				_, res := firstSeed(t, 1000, s, tt.outcome, tt.give)
				calls := 0
				got := sched.Shrink(res.Schedule, 200, func(s sched.Schedule) (sched.Schedule, bool) {
					calls++
					r := sched.Do(sched.Options{Strategy: sched.NewReplay(s)}, tt.give)
					return r.Schedule, r.Outcome == tt.outcome
				})
				assert.LessOrEqual(t, len(got.Deviations()), tt.want, tt.why)
				assert.LessOrEqual(t, calls, 200)
				again := sched.Do(sched.Options{Strategy: sched.NewReplay(got)}, tt.give)
				assert.Equal(t, tt.outcome, again.Outcome, "the failure is still there")
				assert.ElementsMatch(t, got.Deviations(), again.Schedule.Deviations(), "and the schedule is the one that was run")
				assert.False(t, again.Diverged)
			}
		})
	}
}

// With a failure that needs a known set of deviations the result is exact.
func TestShrinkFindsTheCause(t *testing.T) {
	var all []sched.Deviation
	for i := range 64 {
		all = append(all, sched.Deviation{G: 1, At: i + 1, To: 2})
	}
	tests := []struct {
		name   string
		budget int
		cause  []int
		want   int
		calls  int
		why    string
	}{
		{"none", 500, nil, 0, 2, "two halves, both superfluous"},
		{"one", 500, []int{17}, 1, 0, "the cause alone"},
		{"two far apart", 500, []int{3, 60}, 2, 0, "both, though no half holds them"},
		{"all", 500, atAll(64), 64, 0, "nothing can be left out"},
		{"no budget", 0, []int{17}, 64, 0, "the schedule as it came"},
		{"small budget", 1, []int{17}, 32, 1, "what one call can tell"},
		{"ten calls", 10, []int{3, 60}, 64, 10, "at least it stops"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			calls := 0
			got := sched.Shrink(sched.Schedule{Clock: sched.Adversarial}.With(all), tt.budget, func(s sched.Schedule) (sched.Schedule, bool) {
				calls++
				assert.Equal(t, sched.Adversarial, s.Clock)
				have := map[int]bool{}
				for _, d := range s.Deviations() {
					have[d.At] = true
				}
				for _, at := range tt.cause {
					if !have[at] {
						return s, false
					}
				}
				return s, true
			})
			assert.LessOrEqual(t, len(got.Deviations()), tt.want, tt.why)
			assert.GreaterOrEqual(t, len(got.Deviations()), len(tt.cause))
			assert.LessOrEqual(t, calls, tt.budget)
			if tt.calls > 0 {
				assert.Equal(t, tt.calls, calls)
			}
			assert.Equal(t, sched.Adversarial, got.Clock)
		})
	}
}

func atAll(n int) (at []int) {
	for i := range n {
		at = append(at, i+1)
	}
	return at
}

// A shorter list that fails in a longer run is not taken for progress.
func TestShrinkTakesOnlyShorterRuns(t *testing.T) {
	ds := []sched.Deviation{{G: 1, At: 1, To: 2}, {G: 1, At: 2, To: 2}}
	calls := 0
	got := sched.Shrink(sched.Schedule{}.With(ds), 50, func(sched.Schedule) (sched.Schedule, bool) {
		calls++
		return sched.Schedule{}.With(append(ds, sched.Deviation{G: 2, At: 1, To: 1})), true
	})
	assert.Equal(t, ds, got.Deviations())
	assert.Equal(t, 3, calls, "each of the two is tried once, and both together")
}
