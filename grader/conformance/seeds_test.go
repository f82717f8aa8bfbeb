package conformance_test

import (
	"bytes"
	"cmp"
	"flag"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader"
	"example.com/gokata/grader/conformance"
	"example.com/gokata/grader/internal/catalog"
	"example.com/gokata/grader/internal/engine"
	"example.com/gokata/grader/internal/report"
)

var (
	seeds = flag.Int("seeds", 1, "TestSeeds: how many seeds; correct solutions get two, or four times as many; if more than 1, for all faults")
	runs  = flag.Int("runs", 2, "TestSameBytes: how many runs; if more than 2, of everything, not two of each exercise")
)

// each calls f for every specimen of the given kinds, one after the other. f may
// choose, and then let the rest of it run beside others by t.Parallel.
func each(t *testing.T, kinds []conformance.Kind, f func(*testing.T, *catalog.Catalog, grader.Exercise, conformance.Specimen)) {
	cat, err := conformance.Open()
	require.NoError(t, err)
	exercises, err := cat.List()
	require.NoError(t, err)
	for _, ex := range exercises {
		list, err := conformance.Specimens(cat.Root(), ex)
		require.NoError(t, err)
		for _, s := range list {
			for _, k := range kinds {
				if k == s.Kind {
					t.Run(ex.Slug+"/"+s.Title(), func(t *testing.T) { f(t, cat, ex, s) })
				}
			}
		}
	}
}

// sample is some of the faults, the first ones of each group. What is proven of
// all faults takes long.
type sample struct {
	most int // of each group
	seen map[string]int
}

// skip skips the test unless a fault of the group belongs to the sample.
func (f *sample) skip(t *testing.T, group string) {
	if f.seen == nil {
		f.seen = map[string]int{}
	}
	if f.seen[group]++; f.seen[group] > f.most {
		t.Skip("the sample is large enough unless a flag asks for more")
	}
}

// TestSeeds grades with other seeds than the usual one. A case does not depend on
// those before it. So with every seed after the first, a fault is graded case by
// case, until one costs it points of its aspect.
func TestSeeds(t *testing.T) {
	all := []conformance.Kind{conformance.Reference, conformance.Correct, conformance.Faulty}
	some := sample{most: 2}
	each(t, all, func(t *testing.T, cat *catalog.Catalog, ex grader.Exercise, s conformance.Specimen) {
		n := *seeds
		if n == 1 && ex.Track == grader.TrackProcesses {
			t.Skip("a seed chooses schedules, and real cases have none; with more seeds they are run that often")
		}
		switch {
		case s.Kind != conformance.Faulty && n == 1:
			n = 2
		case s.Kind != conformance.Faulty:
			n *= 4
		case n == 1:
			some.skip(t, ex.Slug)
		}
		t.Parallel()
		p, job := program(t, cat, ex, s)
		var cases []string // those first that have noticed the fault before
		for seed := range n {
			job.Seed = uint64(seed) + 2
			if seed > 0 && seed%10 == 0 {
				t.Logf("%d of %d", seed, n)
			}
			if seed > 0 && s.Kind == conformance.Faulty {
				if !noticed(t, p, job, s, cases) {
					t.Fatalf("with --seed %d the fault is not caught in %s", job.Seed, s.Want)
				}
				continue
			}
			rep, err := p.Run(t.Context(), job)
			require.NoError(t, err)
			verdict(t, ex, s, rep)
			if t.Failed() {
				t.Fatalf("with --seed %d", job.Seed)
			}
			cases = mostLikely(rep, s.Want)
		}
	})
}

// mostLikely returns all cases, those first that have cost points of an aspect, and
// then those of the aspect.
func mostLikely(rep grader.Report, aspect grader.Aspect) []string {
	rank := map[string]int{}
	for _, c := range rep.Cases {
		if rank[c.Name] = 2; c.Aspect == aspect {
			rank[c.Name] = 1
		}
	}
	for _, f := range rep.Findings {
		if rank[f.Case] == 1 || engine.Costs(f, aspect) {
			rank[f.Case] = 0
		}
	}
	return slices.SortedFunc(maps.Keys(rank), func(a, b string) int {
		return cmp.Or(rank[a]-rank[b], strings.Compare(a, b))
	})
}

// noticed tells whether one of the cases, run alone, costs a fault points of its
// aspect.
func noticed(t *testing.T, p *engine.Program, job engine.Job, s conformance.Specimen, cases []string) bool {
	for _, job.Case = range cases {
		rep, err := p.Run(t.Context(), job)
		require.NoError(t, err)
		if caught(s, rep) || slices.ContainsFunc(rep.Findings, func(f grader.Finding) bool { return engine.Costs(f, s.Want) }) {
			return true
		}
	}
	return false
}

// TestSameBytes grades every fault several times, with other numbers of
// processors, and while both cores are kept busy: the reports are the same to
// the byte. The number is that of the whole process, so all that run side by
// side have the same. Real processes take turns as they like, and what is wrong
// may show in one way or another: in exercises about them, the reports of correct
// solutions are the same, and all faults are caught in their aspects every time.
func TestSameBytes(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for range runtime.NumCPU() {
		go func() {
			for t.Context().Err() == nil {
			}
		}()
	}
	cat, err := conformance.Open()
	require.NoError(t, err)
	exercises, err := cat.List()
	require.NoError(t, err)
	for _, ex := range exercises {
		t.Run(ex.Slug, func(t *testing.T) {
			list, err := conformance.Specimens(cat.Root(), ex)
			require.NoError(t, err)
			real := ex.Track == grader.TrackProcesses
			list = slices.DeleteFunc(list, func(s conformance.Specimen) bool {
				return s.Kind == conformance.Stub || s.Kind != conformance.Faulty && !real
			})
			if *runs <= 2 {
				list = list[:min(2, len(list))]
			}
			again := make([]func(*testing.T), len(list))
			for i, s := range list {
				p, job := program(t, cat, ex, s)
				same := sameBytes()
				again[i] = func(t *testing.T) {
					rep, err := p.Run(t.Context(), job)
					require.NoError(t, err)
					verdict(t, ex, s, rep)
					if s.Kind != conformance.Faulty || !real {
						same(t, rep)
					}
				}
			}
			for n := range *runs {
				runtime.GOMAXPROCS([]int{1, 2, 8}[n%3])
				t.Run(fmt.Sprintf("run %d", n+1), func(t *testing.T) { // ends when its parallel tests have
					for i, s := range list {
						t.Run(s.Title(), func(t *testing.T) {
							t.Parallel()
							again[i](t)
						})
					}
				})
			}
		})
	}
}

// sameBytes returns a function that compares reports with that of its first
// call.
func sameBytes() func(*testing.T, grader.Report) {
	var first *grader.Report
	return func(t *testing.T, rep grader.Report) {
		if first == nil {
			first = &rep
		}
		sameReport(t, *first, rep)
	}
}

// sameReport compares two reports to the byte.
func sameReport(t *testing.T, want, got grader.Report) {
	var a, b bytes.Buffer
	require.NoError(t, report.JSON(&a, want))
	require.NoError(t, report.JSON(&b, got))
	if a.String() != b.String() {
		t.Errorf("the reports differ:\n%s", gocmp.Diff(want, got))
	}
}
