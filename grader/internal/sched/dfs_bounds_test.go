package sched_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/rt"
	"example.com/gokata/grader/rt/atomic"
	twin "example.com/gokata/grader/rt/runtime"
	"example.com/gokata/grader/rt/sync"
)

// A program may depend on what no schedule decides: here on how often it was
// run before.
func TestDFSDiverged(t *testing.T) {
	choose := func(n int) { assert.Less(t, sched.Active().Choose(n), n) }
	tests := []struct {
		name string
		give func(run int)
		want int
		why  string
	}{
		{"fewer alternatives", func(run int) { choose(max(2, 5-run)) }, 4, "only the first run has 4; the others try what it left"},
		{"another goroutine", func(run int) {
			if run == 1 {
				choose(2)
			} else {
				rt.Go(func() { choose(2) })
			}
		}, 2, "in the second run it is not main that chooses"},
		{"another decision", func(run int) {
			for range run {
				choose(1)
			}
			choose(2)
		}, 2, "in the second run there is one decision more before the choice"},
		{"an early end", func(run int) {
			choose(2)
			if run == 1 {
				choose(2)
			}
		}, 3, "the second run does not come to the second choice"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, run := sched.NewDFS(-1), 0
			all(t, s, sched.Fair, func() { run++; tt.give(run) }, func(sched.Result) {})
			assert.Equal(t, tt.want, run, tt.why)
			assert.True(t, s.Diverged())
			assert.False(t, s.Complete())
		})
	}
}

// What is to be decided after 10,000 choices comes out as the default, so the
// tree has not been seen whole.
func TestDFSDepth(t *testing.T) {
	s := sched.NewDFS(-1)
	all(t, s, sched.Fair, func() {
		r := sched.Active()
		for range 10_001 {
			if r.Choose(2) == 1 {
				return
			}
		}
	}, func(sched.Result) {})
	assert.Equal(t, 10_001, s.Count(), "none is 1, or one of the first 10,000")
	assert.False(t, s.Complete())
	assert.False(t, s.Diverged())
}

// Two that wait for a third can starve it by free choices alone. That must not
// pass for a fault of theirs.
func TestDFSStarvesNobody(t *testing.T) {
	tests := []struct {
		name string
		opt  sched.Options
		wait bool
	}{
		{"before main has returned", sched.Options{MaxSteps: 200}, true},
		{"after", sched.Options{Drain: 200}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := sched.NewDFS(0)
			tt.opt.Strategy = s
			longest := 0
			for s.Next() {
				res := sched.Do(tt.opt, func() {
					var flag atomic.Bool
					var wg sync.WaitGroup
					for range 2 {
						wg.Go(func() {
							for !flag.Load() {
								twin.Gosched()
							}
						})
					}
					wg.Go(func() { flag.Store(true) })
					if tt.wait {
						wg.Wait()
					}
				})
				require.Equal(t, sched.Finished, res.Outcome, "run %d, step %d", s.Count(), res.Steps)
				longest = max(longest, res.Steps)
			}
			assert.Greater(t, longest, 100, "the third waits until half of the steps are used up")
			assert.False(t, s.Complete(), "it could wait longer")
			assert.False(t, s.Diverged())
		})
	}
}
