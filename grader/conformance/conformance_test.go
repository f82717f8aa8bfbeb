package conformance_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"text/tabwriter"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader"
	"example.com/gokata/grader/conformance"
	"example.com/gokata/grader/internal/catalog"
	"example.com/gokata/grader/internal/engine"
	"example.com/gokata/grader/internal/procs"
	"example.com/gokata/grader/internal/sched"
)

// minimum is how many specimens an exercise needs to count as proven.
var minimum = map[conformance.Kind]int{conformance.Correct: 2, conformance.Faulty: 6}

// full is what make conformance asks for. make test has to be over sooner.
var full = flag.Bool("full", false, "also what takes long: grade all faults, not one of each aspect, replay every finding of theirs, and grade the hostile corpus at L1 as another user, too")

func TestConformance(t *testing.T) {
	leavesNothing(t)
	cat, err := conformance.Open()
	require.NoError(t, err)
	exercises, err := cat.List()
	require.NoError(t, err)
	var table table
	for _, ex := range exercises {
		t.Run(ex.Slug, func(t *testing.T) {
			list, err := conformance.Specimens(cat.Root(), ex)
			require.NoError(t, err)
			count := map[conformance.Kind]int{}
			wanted := map[grader.Aspect]bool{}
			some := sample{most: 1}
			for _, s := range list {
				count[s.Kind]++
				wanted[s.Want] = true
				t.Run(s.Title(), func(t *testing.T) {
					if s.Kind == conformance.Faulty && !*full {
						some.skip(t, string(s.Want))
					}
					t.Parallel()
					rep := check(t, cat, ex, s)
					table.add(ex, s, rep, !t.Failed())
				})
			}
			if len(marks(t, cat, ex)) > 0 {
				return // TestDrafts sees to it
			}
			for kind, n := range minimum {
				assert.GreaterOrEqual(t, count[kind], n, "%s specimens", kind)
			}
			for aspect := range ex.Points {
				assert.True(t, wanted[aspect], "the aspect %s has points, but no fault loses them", aspect)
			}
		})
	}
	table.print(t)
}

// leavesNothing fails the test if at its end there is a process that it has
// started, be it a zombie, or a temporary file.
func leavesNothing(t *testing.T) {
	procs.Adopt()
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	t.Cleanup(func() {
		assert.Empty(t, procs.Descendants(os.Getpid()), "processes that are left")
		files, err := os.ReadDir(dir)
		require.NoError(t, err)
		assert.Empty(t, files, "files that are left")
	})
}

// program builds a specimen, or fails the test.
func program(t *testing.T, cat *catalog.Catalog, ex grader.Exercise, s conformance.Specimen) (*engine.Program, engine.Job) {
	t.Helper()
	sub, err := catalog.ReadSubmission(s.Dir, ex.Slug)
	require.NoError(t, err)
	job := engine.Job{Root: cat.Root(), Exercise: ex, Submission: sub, Seed: 1}
	p, rep, err := engine.Build(t.Context(), job)
	require.NoError(t, err)
	require.NotNil(t, p, "%s: %v", rep.Status, rep.Diagnostics)
	t.Cleanup(func() { p.Close() })
	return p, job
}

// check grades a specimen and compares with what it has to come to.
func check(t *testing.T, cat *catalog.Catalog, ex grader.Exercise, s conformance.Specimen) grader.Report {
	p, job := program(t, cat, ex, s)
	rep, err := p.Run(t.Context(), job)
	require.NoError(t, err)
	verdict(t, ex, s, rep)
	if s.Kind == conformance.Faulty {
		replays(t, p, job, rep)
	}
	return rep
}

// verdict compares a report with what the specimen has to come to.
func verdict(t *testing.T, ex grader.Exercise, s conformance.Specimen, rep grader.Report) {
	t.Helper()
	points := map[grader.Aspect]int{}
	for _, a := range rep.Aspects {
		points[a.Name] = a.Max
	}
	assert.Equal(t, ex.Points, points, "the points in exercise.yaml and those of the suite's cases")
	switch s.Kind {
	case conformance.Stub:
		assert.Equal(t, grader.Unstarted, rep.Status)
		assert.Zero(t, *rep.Score)
	case conformance.Reference, conformance.Correct:
		assert.Equal(t, grader.MaxScore, *rep.Score, "a correct solution loses points: %s", findings(rep))
		assert.Empty(t, rep.Advice, "a correct solution is told to do better")
	case conformance.Faulty:
		assert.True(t, caught(s, rep), "the fault is not caught in %s: %s\nscore %d, %s", s.Want, s.Fault, *rep.Score, findings(rep))
	}
}

// caught tells whether a fault lost points in the aspect it declares.
func caught(s conformance.Specimen, rep grader.Report) bool {
	for _, a := range rep.Aspects {
		if a.Name == s.Want {
			return a.Score < a.Max
		}
	}
	return false
}

// replays checks that findings with a schedule show up again when that schedule
// alone is run.
func replays(t *testing.T, p *engine.Program, job engine.Job, rep grader.Report) {
	t.Helper()
	require.NotEmpty(t, rep.Findings)
	some := false
	for _, f := range rep.Findings {
		if f.Schedule == "" {
			continue
		}
		if some && !*full {
			return
		}
		some = true
		parts := strings.Split(f.Schedule, "/")
		require.Len(t, parts, 3)
		_, tag, err := sched.Decode(parts[2])
		require.NoError(t, err)
		assert.Equal(t, engine.Tag(job.Submission), tag)
		job.Case, job.Schedule = parts[1], parts[2]
		again, err := p.Run(t.Context(), job)
		require.NoError(t, err)
		if assert.Len(t, again.Findings, 1) {
			assert.Equal(t, f, again.Findings[0], "a replay shows something else")
		}
	}
	if job.Exercise.Track != grader.TrackProcesses { // whose real cases have none
		assert.True(t, some, "no finding has a schedule: %s", findings(rep))
	}
}

func findings(rep grader.Report) string {
	var b strings.Builder
	for _, f := range rep.Findings {
		fmt.Fprintf(&b, "\n%s in %s: %s (expected %s, seen %s)", f.Kind, f.Case, f.Message, f.Expected, f.Seen)
	}
	return b.String()
}

// table is what make conformance prints.
type table struct {
	mu                                sync.Mutex
	rows                              []string
	correct, refused, faulty, escaped int
}

func (tb *table) add(ex grader.Exercise, s conformance.Specimen, rep grader.Report, ok bool) {
	tb.mu.Lock()
	defer tb.mu.Unlock()
	switch s.Kind {
	case conformance.Reference, conformance.Correct:
		tb.correct++
		if *rep.Score < grader.MaxScore {
			tb.refused++
		}
	case conformance.Faulty:
		tb.faulty++
		if !caught(s, rep) {
			tb.escaped++
		}
	}
	schedules, kinds := 0, []string{}
	for _, c := range rep.Cases {
		schedules += c.Schedules
	}
	for _, f := range rep.Findings {
		if !strings.Contains(strings.Join(kinds, " "), string(f.Kind)) {
			kinds = append(kinds, string(f.Kind))
		}
	}
	mark := "ok"
	if !ok {
		mark = "WRONG"
	}
	tb.rows = append(tb.rows, fmt.Sprintf("%s\t%s\t%s\t%d\t%s\t%d\t%s", ex.Slug, s.Title(), s.Want, *rep.Score, strings.Join(kinds, " "), schedules, mark))
}

// print writes the table to where make conformance shows it.
func (tb *table) print(t *testing.T) {
	slices.Sort(tb.rows)
	rows := append([]string{"EXERCISE\tSPECIMEN\tWANTS\tSCORE\tFOUND\tSCHEDULES\t"}, tb.rows...)
	tabulate(t, rows, fmt.Sprintf("\ncorrect solutions that lost points: %d of %d\nfaults that were not caught:         %d of %d\n",
		tb.refused, tb.correct, tb.escaped, tb.faulty))
}

// tabulate adds a table, and a text below it, to the file that CONFORMANCE_TABLE
// names.
func tabulate(t *testing.T, rows []string, below string) {
	path := os.Getenv("CONFORMANCE_TABLE")
	if path == "" {
		return
	}
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o666)
	require.NoError(t, err)
	defer f.Close()
	w := tabwriter.NewWriter(f, 0, 0, 2, ' ', 0)
	for _, row := range rows {
		fmt.Fprintln(w, row)
	}
	require.NoError(t, w.Flush())
	fmt.Fprintln(f, below)
}
