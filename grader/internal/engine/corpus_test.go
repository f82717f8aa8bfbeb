package engine_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/engine"
)

// A program is one test of the corpus.
type program struct {
	name  string // lost_wakeup/wrong
	text  string
	want  grader.Kind // "" for a repaired one
	lang  string
	lines []int // marked with HERE
}

var (
	header = regexp.MustCompile(`(?m)^// (want|lang): (\S+)$`)
	marked = regexp.MustCompile(`// HERE\b`)
)

// corpus reads the programs, by the language version they are written in.
func corpus(t *testing.T) map[string][]program {
	names, err := filepath.Glob("testdata/corpus/*/*/x_test.go")
	require.NoError(t, err)
	byLang := map[string][]program{}
	for _, name := range names {
		data, err := os.ReadFile(name)
		require.NoError(t, err)
		rel, err := filepath.Rel("testdata/corpus", filepath.Dir(name))
		require.NoError(t, err)
		p := program{name: filepath.ToSlash(rel), text: string(data)}
		for _, m := range header.FindAllStringSubmatch(p.text, -1) {
			switch {
			case m[1] == "lang":
				p.lang = m[2]
			case m[2] != "nothing":
				p.want = grader.Kind(m[2])
			}
		}
		for i, line := range strings.Split(p.text, "\n") {
			if marked.MatchString(line) {
				p.lines = append(p.lines, i+1)
			}
		}
		assert.Equal(t, strings.HasSuffix(p.name, "/wrong"), p.want != "", "%s: only wrong programs want something", p.name)
		byLang[p.lang] = append(byLang[p.lang], p)
	}
	return byLang
}

// module puts programs into a module of their own, so that they are explored
// in one go.
func module(t *testing.T, lang string, programs []program) string {
	dir := t.TempDir()
	if lang == "" {
		lang = "go1.26"
	}
	mod := fmt.Sprintf("module corpus\n\ngo %s\n", strings.TrimPrefix(lang, "go"))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "go.mod"), []byte(mod), 0o666))
	for _, p := range programs {
		require.NoError(t, os.MkdirAll(filepath.Join(dir, p.name), 0o777))
		require.NoError(t, os.WriteFile(filepath.Join(dir, p.name, "x_test.go"), []byte(p.text), 0o666))
	}
	return dir
}

func root(t *testing.T) string {
	dir, err := filepath.Abs("../../..")
	require.NoError(t, err)
	return dir
}

// whole is the exploration of all programs in a module.
func whole(t *testing.T, dir string) engine.Exploration {
	return engine.Exploration{Root: root(t), Dir: dir, Pattern: "./...", Seed: 1, Adversary: true}
}

// exploreAll returns what was found of each program.
func exploreAll(t *testing.T, job engine.Exploration) map[string]grader.TestResult {
	e, err := engine.Explore(t.Context(), job)
	require.NoError(t, err)
	require.Empty(t, e.Diagnostics)
	results := map[string]grader.TestResult{}
	for _, test := range e.Tests {
		name := strings.TrimPrefix(test.Package, "corpus/")
		assert.NotContains(t, results, name, "a program has one test")
		results[name] = test
	}
	return results
}

// wrongOnes returns the programs that have something wrong.
func wrongOnes(programs []program) []program {
	return slices.DeleteFunc(slices.Clone(programs), func(p program) bool { return p.want == "" })
}

// TestCorpus proves that the engine sees: every wrong program is found out,
// with its kind and at its line, and the finding shows again whenever its
// schedule is run. TestRepaired proves that it does not see ghosts.
func TestCorpus(t *testing.T) {
	byLang := corpus(t)
	var needed []int
	for _, lang := range slices.Sorted(maps.Keys(byLang)) {
		give := wrongOnes(byLang[lang])
		job := whole(t, module(t, lang, give))
		job.Schedules = 1000
		results := exploreAll(t, job)
		t.Run("group", func(t *testing.T) { // ends when its parallel tests have
			for _, p := range give {
				r := results[p.name]
				needed = append(needed, r.Schedules)
				t.Run(p.name, func(t *testing.T) {
					t.Parallel()
					found(t, p, r)
					again(t, job, p.name, r)
				})
			}
		})
	}
	assert.GreaterOrEqual(t, len(needed), 20, "wrong programs")
	slices.Sort(needed)
	t.Logf("%d wrong programs, median of schedules to the finding: %d, most: %d", len(needed), needed[len(needed)/2], needed[len(needed)-1])
	assert.LessOrEqual(t, needed[len(needed)/2], 10, "median of schedules to the finding")
}

// found checks the finding of a wrong program.
func found(t *testing.T, p program, r grader.TestResult) {
	require.Equal(t, grader.Failed, r.Status, "nothing found in %d schedules", r.Schedules)
	require.Len(t, r.Findings, 1)
	f := r.Findings[0]
	assert.Equal(t, p.want, f.Kind, "%s\n%+v", f.Message, f.At)
	require.NotEmpty(t, p.lines, "no line is marked with HERE")
	var at []string
	hit := false
	for _, place := range f.At {
		at = append(at, place.File+":"+strconv.Itoa(place.Line))
		hit = hit || slices.Contains(p.lines, place.Line)
	}
	assert.True(t, hit, "the %s is shown at %v, marked are the lines %v", f.Kind, at, p.lines)
	assert.NotEmpty(t, f.Schedule)
}

// again runs the schedule of a finding in another process: it comes to the
// same finding.
func again(t *testing.T, job engine.Exploration, name string, r grader.TestResult) {
	want := r.Findings[0]
	place, test, word := cutToken(t, want.Schedule)
	assert.Equal(t, "./"+name, place)
	job.Pattern, job.Run, job.Schedule = place, regexp.MustCompile("^"+test+"$"), word
	job.Schedules, job.Adversary = 0, false // what a schedule does is all in the word
	e, err := engine.Explore(t.Context(), job)
	require.NoError(t, err)
	require.Len(t, e.Tests, 1)
	require.Len(t, e.Tests[0].Findings, 1)
	assert.Equal(t, grader.Failed, e.Status)
	sameFinding(t, want, e.Tests[0].Findings[0])
}

// sameFinding compares two findings, and says where the ways part.
func sameFinding(t *testing.T, want, got grader.Finding) {
	for i := range min(len(want.Interleaving), len(got.Interleaving)) {
		require.Equal(t, want.Interleaving[i], got.Interleaving[i], "step %d differs", i+1)
	}
	require.Len(t, got.Interleaving, len(want.Interleaving))
	assert.Equal(t, want, got)
}

// cutToken returns the parts of the token of a finding.
func cutToken(t *testing.T, token string) (place, test, word string) {
	parts := strings.Split(token, "/")
	n := len(parts)
	require.GreaterOrEqual(t, n, 3, "%q is no token", token)
	return strings.Join(parts[:n-2], "/"), parts[n-2], parts[n-1]
}
