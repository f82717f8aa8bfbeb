package engine_test

import (
	"cmp"
	"flag"
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/engine"
)

const usualSchedules = 200

var repairedSchedules = flag.Int("schedules", usualSchedules,
	"run the repaired programs of the corpus under so many schedules; if more than usual, also with each strategy alone and on both clocks")

// way is how a program is explored.
type way struct {
	strategy  string
	adversary bool
}

func (w way) String() string {
	clock := "fair"
	if w.adversary {
		clock = "adversarial"
	}
	return cmp.Or(w.strategy, "mix") + " " + clock
}

// ways returns the usual way, and all others if there are to be more schedules
// than usual.
func ways() []way {
	list := []way{{adversary: true}}
	if *repairedSchedules > usualSchedules {
		for _, s := range engine.Strategies {
			list = append(list, way{s, false}, way{s, true})
		}
	}
	return list
}

// TestRepaired proves that no program is accused in which nothing is wrong.
func TestRepaired(t *testing.T) {
	byLang := corpus(t)
	programs := 0
	for _, lang := range slices.Sorted(maps.Keys(byLang)) {
		give := slices.DeleteFunc(byLang[lang], func(p program) bool { return p.want != "" })
		programs += len(give)
		job := whole(t, module(t, lang, give))
		job.Schedules = *repairedSchedules
		for _, w := range ways() {
			job.Strategy, job.Adversary = w.strategy, w.adversary
			t.Run(w.String(), func(t *testing.T) {
				results := exploreAll(t, job)
				schedules, exhausted := 0, 0
				for _, p := range give {
					r := results[p.name]
					schedules += r.Schedules
					if r.Exhaustive {
						exhausted++
					}
					t.Run(p.name, func(t *testing.T) { assert.Equal(t, grader.Passed, r.Status, "%+v", r.Findings) })
				}
				t.Logf("%d programs, %d schedules; of %d programs all interleavings", len(give), schedules, exhausted)
			})
		}
	}
	assert.GreaterOrEqual(t, programs, 20, "repaired programs")
}
