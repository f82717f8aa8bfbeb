package engine_test

import (
	"bytes"
	"flag"
	"maps"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/engine"
	"example.com/gokata/grader/internal/report"
)

var runs = flag.Int("runs", 2, "TestSameBytes: how many runs; if more than 2, of all programs of the corpus")

// sample returns programs of every kind, at most two of each and fifteen in
// all. A repaired one is of the kind "".
func sample(programs []program) []program {
	const perKind, most = 2, 15
	slices.SortFunc(programs, func(a, b program) int { return strings.Compare(a.name, b.name) })
	seen := map[grader.Kind]int{}
	var list []program
	for _, p := range programs {
		if seen[p.want]++; seen[p.want] <= perKind && len(list) < most {
			list = append(list, p)
		}
	}
	return list
}

// TestSameBytes explores the corpus several times, with other numbers of
// processors, and while all cores are kept busy: the reports are the same to
// the byte.
func TestSameBytes(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for range runtime.NumCPU() {
		go func() {
			for t.Context().Err() == nil {
			}
		}()
	}
	byLang := corpus(t)
	for _, lang := range slices.Sorted(maps.Keys(byLang)) {
		give := byLang[lang]
		if *runs <= 2 {
			give = sample(give)
		}
		job := whole(t, module(t, lang, give))
		job.Schedules = usualSchedules
		var first string
		for i := range *runs {
			n := []int{1, 2, 8}[i%3]
			runtime.GOMAXPROCS(n)
			t.Setenv("GOMAXPROCS", strconv.Itoa(n)) // for the tools that build
			e, err := engine.Explore(t.Context(), job)
			require.NoError(t, err)
			require.Len(t, e.Tests, len(give))
			e.DurationMS = 0
			var b bytes.Buffer
			require.NoError(t, report.ExplorationJSON(&b, e))
			if first == "" {
				first = b.String()
			}
			assert.Equal(t, first, b.String(), "run %d differs", i+1)
			t.Logf("%s: run %d of %d", lang, i+1, *runs)
		}
	}
}
