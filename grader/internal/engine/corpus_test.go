package engine_test

import (
	"flag"
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

var repairedSchedules = flag.Int("schedules", 200, "run the repaired programs of the corpus under so many schedules")

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

// exploreAll returns what was found of each program.
func exploreAll(t *testing.T, dir string, schedules int) map[string]grader.TestResult {
	e, err := engine.Explore(t.Context(), engine.Exploration{Root: root(t), Dir: dir, Pattern: "./...", Seed: 1, Schedules: schedules, Adversary: true})
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

// TestCorpus proves the engine from both sides: every wrong program is found
// out, with its kind and at its line, and no repaired one is accused.
func TestCorpus(t *testing.T) {
	byLang := corpus(t)
	var needed []int
	wrong, repaired := 0, 0
	for _, lang := range slices.Sorted(maps.Keys(byLang)) {
		var give [2][]program // wrong, repaired
		for _, p := range byLang[lang] {
			if p.want != "" {
				give[0] = append(give[0], p)
			} else {
				give[1] = append(give[1], p)
			}
		}
		wrong, repaired = wrong+len(give[0]), repaired+len(give[1])
		dir := module(t, lang, give[0])
		results := exploreAll(t, dir, 1000)
		for _, p := range give[0] {
			t.Run(p.name, func(t *testing.T) { found(t, p, results[p.name]) })
			needed = append(needed, results[p.name].Schedules)
		}
		results = exploreAll(t, module(t, lang, give[1]), *repairedSchedules)
		for _, p := range give[1] {
			t.Run(p.name, func(t *testing.T) {
				r := results[p.name]
				assert.Equal(t, grader.Passed, r.Status, "%+v", r.Findings)
			})
		}
	}
	assert.GreaterOrEqual(t, wrong, 20, "wrong programs")
	assert.GreaterOrEqual(t, repaired, 20, "repaired programs")
	slices.Sort(needed)
	t.Logf("%d wrong programs, median of schedules to the finding: %d, most: %d", wrong, needed[len(needed)/2], needed[len(needed)-1])
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
