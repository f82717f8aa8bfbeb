package rt_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"example.com/gokata/grader/internal/sched"
)

// program is a small program whose result does not depend on the schedule.
type program struct {
	name string
	give func() any
	want any
	why  string
}

const seeds = 200

// compare runs every program outside of any run, where the twins are the
// originals, and inside of one under the default schedule and many random
// ones. All must come to the same result.
func compare(t *testing.T, programs []program) {
	for _, p := range programs {
		t.Run(p.name, func(t *testing.T) {
			require.Equal(t, p.want, p.give(), "the original: %s", p.why)
			everywhere(t, func(s sched.Strategy) {
				got, res := inside(s, p.give)
				require.Nil(t, res.Panic)
				require.Equal(t, sched.Finished, res.Outcome, "left: %v", res.Left)
				require.Zero(t, res.Races)
				require.Equal(t, p.want, got, "the twin: %s", p.why)
			})
		})
	}
}

// everywhere calls f with the default strategy and with many random ones.
func everywhere(t *testing.T, f func(sched.Strategy)) {
	t.Helper()
	f(sched.Default{})
	for seed := range uint64(seeds) {
		if f(sched.NewRandom(seed)); t.Failed() {
			t.Fatalf("with seed %d", seed)
		}
	}
}

// inside runs give in a run, and returns its result too.
func inside(s sched.Strategy, give func() any) (got any, res sched.Result) {
	res = sched.Do(sched.Options{Strategy: s}, func() { got = give() })
	return got, res
}

// ends requires that the program comes to the outcome under every schedule.
func ends(t *testing.T, want sched.Outcome, why string, f func()) {
	t.Helper()
	everywhere(t, func(s sched.Strategy) {
		require.Equal(t, want, sched.Do(sched.Options{Strategy: s}, f).Outcome, why)
	})
}

// outcomes counts the outcomes of the program under many random schedules.
func outcomes(f func()) map[sched.Outcome]int {
	n := map[sched.Outcome]int{}
	for seed := range uint64(seeds) {
		n[sched.Do(sched.Options{Strategy: sched.NewRandom(seed)}, f).Outcome]++
	}
	return n
}

// caught returns what f panics with, as text.
func caught(f func()) (text string) {
	defer func() {
		if v := recover(); v != nil {
			text = fmt.Sprint(v)
		}
	}()
	f()
	return "no panic"
}

type list []any
