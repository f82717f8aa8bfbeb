package catalog_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/catalog"
)

const (
	manifest = `title: {en: A pool of workers, zh: 线程池}
track: threads            # processes | threads | coroutines | patterns
difficulty: 3
source: 进程池
imports: [context, errors, sync, sync/atomic]
budget: 60
points: {order: 20, race: 10, join: 70}
`
	readme = "# Pool\n\n1. not this one\n\n## Contract\n\nEach is graded.\n\n" +
		"1. Never more than `workers` tasks\n   run at once.\n2. Tasks start *in order*.\n\n   A second paragraph.\n\n## Hints\n\n1. nor this\n"
	readmeZH = "# 线程池\n\n## 约定\n\n1. 同时运行的任务\n   不超过 `workers`\n   个。\n2. 按提交顺序开始。\n"
)

// tree writes files below a new directory and returns it.
func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, data := range files {
		path := filepath.Join(root, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(data), 0o644))
	}
	return root
}

// exercises returns a repository with one sound exercise of each name.
func exercises(t *testing.T, slugs ...string) *catalog.Catalog {
	t.Helper()
	files := map[string]string{"go.mod": "module example.com/gokata\n", "exercises/internal/kata/kata.go": "package kata\n"}
	for _, slug := range slugs {
		files["exercises/"+slug+"/exercise.yaml"] = manifest
		files["exercises/"+slug+"/README.md"] = readme
		files["exercises/"+slug+"/README.zh.md"] = readmeZH
	}
	c, err := catalog.Open(tree(t, files))
	require.NoError(t, err)
	return c
}

func TestGet(t *testing.T) {
	c := exercises(t, "pool")
	ex, err := c.Get("pool")
	require.NoError(t, err)
	assert.Equal(t, grader.Exercise{
		Slug:       "pool",
		Dir:        filepath.Join(c.Root(), "exercises", "pool"),
		Title:      map[string]string{"en": "A pool of workers", "zh": "线程池"},
		Track:      "threads",
		Difficulty: 3,
		Source:     "进程池",
		Imports:    []string{"context", "errors", "sync", "sync/atomic"},
		Budget:     60,
		Points:     map[grader.Aspect]int{grader.Order: 20, grader.Race: 10, grader.Join: 70},
		Promises: []string{
			"Never more than `workers` tasks run at once.",
			"Tasks start *in order*. A second paragraph.",
		},
	}, ex)

	zh, err := catalog.Promises(ex, "zh")
	require.NoError(t, err)
	assert.Equal(t, []string{"同时运行的任务不超过 `workers` 个。", "按提交顺序开始。"}, zh)

	_, err = catalog.Promises(ex, "fr")
	assert.EqualError(t, err, `exercise pool has no statement in "fr"; use en or zh`)
}

func TestGetUnknown(t *testing.T) {
	c := exercises(t, "pool", "pipe", "join", "process", "procpool", "procqueue", "semaphore", "local")
	tests := []struct{ name, give, want string }{
		{"letter missing", "pol", `no exercise "pol"; did you mean pool? ("kata list" shows all)`},
		{"letters swapped", "jion", `no exercise "jion"; did you mean join? ("kata list" shows all)`},
		{"upper case", "Pool", `no exercise "Pool"; did you mean pool? ("kata list" shows all)`},
		{"long word", "semafor", `no exercise "semafor"; did you mean semaphore? ("kata list" shows all)`},
		{"beginning", "proc", `no exercise "proc"; did you mean process, procpool or procqueue? ("kata list" shows all)`},
		{"nothing near", "bicycle", `no exercise "bicycle"; "kata list" shows all`},
		{"empty", "", `no exercise ""; "kata list" shows all`},
		{"not a name at all", "../exercises/pool", `no exercise "../exercises/pool"; "kata list" shows all`},
		{"directory without manifest", "internal", `no exercise "internal"; "kata list" shows all`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := c.Get(tt.give)
			var unknown *catalog.UnknownError
			require.ErrorAs(t, err, &unknown)
			assert.EqualError(t, err, tt.want)
			assert.Equal(t, tt.give, unknown.Slug)
		})
	}
}

func TestListSortsAndReportsBroken(t *testing.T) {
	with := func(track, difficulty string) string {
		return "title: {en: A, zh: 甲}\ntrack: " + track + "\ndifficulty: " + difficulty + "\nsource: s\nimports: [sync]\nbudget: 1\npoints: {race: 100}\n"
	}
	files := map[string]string{
		"exercises/zeta/exercise.yaml":   with("processes", "5"),
		"exercises/beta/exercise.yaml":   with("threads", "2"),
		"exercises/alpha/exercise.yaml":  with("threads", "2"),
		"exercises/omega/exercise.yaml":  with("threads", "1"),
		"exercises/broken/exercise.yaml": with("knitting", "1"),
	}
	for _, slug := range []string{"zeta", "beta", "alpha", "omega", "broken"} {
		files["exercises/"+slug+"/README.md"] = readme
	}
	c, err := catalog.Open(tree(t, files))
	require.NoError(t, err)
	all, err := c.List()
	assert.EqualError(t, err, `exercises/broken/exercise.yaml: track "knitting" is unknown; choose one of processes, threads, coroutines, patterns`)
	var slugs []string
	for _, ex := range all {
		slugs = append(slugs, ex.Slug)
	}
	assert.Equal(t, []string{"zeta", "omega", "alpha", "beta"}, slugs)
}

func TestManifestProblems(t *testing.T) {
	tests := []struct{ name, give, want string }{
		{"unknown key", "title: {en: A, zh: 甲}\ncolour: red\n", `exercises/pool/exercise.yaml:2: unknown field "colour"; the keys are title, track, difficulty, source, imports, symbols, budget and points`},
		{"not YAML", "title: [en\n", "exercises/pool/exercise.yaml:1: sequence end token ']' not found"},
		{"wrong type", "title: {en: A, zh: 甲}\ndifficulty: hard\n", "exercises/pool/exercise.yaml:2: cannot unmarshal string into Go struct field manifest.Difficulty of type int"},
		{"key twice", "track: threads\ntrack: threads\n", `exercises/pool/exercise.yaml:2: mapping key "track" already defined at [1:1]`},
		{"everything else", "title: {en: A}\ntrack: knitting\ndifficulty: 6\nimports: [sync, sync, example.com/gokata/grader, example.com/gokata/exercises/given/shm]\nsymbols: [os.Exit]\npoints: {speed: 50, race: 40}\n",
			"exercises/pool/exercise.yaml: title.zh is missing; every exercise has a title in en and zh\n" +
				"exercises/pool/exercise.yaml: track \"knitting\" is unknown; choose one of processes, threads, coroutines, patterns\n" +
				"exercises/pool/exercise.yaml: difficulty is 6; give a number from 1 (easy) to 5\n" +
				"exercises/pool/exercise.yaml: imports lists \"sync\" twice or empty; name each package once\n" +
				"exercises/pool/exercise.yaml: imports lists \"example.com/gokata/grader\"; of this module, a submission may import packages below exercises/given and no others\n" +
				"exercises/pool/exercise.yaml: symbols lists \"os.Exit\"; name the package, which must be one of imports, and what of it may be used: os.Executable\n" +
				"exercises/pool/exercise.yaml: budget is 0; give the minutes that a learner may expect to spend\n" +
				"exercises/pool/exercise.yaml: points name an unknown aspect \"speed\"; choose from result, order, race, join, limit, deadlock, leak, cancel, panic, parallel, fairness\n" +
				"exercises/pool/exercise.yaml: points sum to 90; they must sum to 100"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, err := catalog.Open(tree(t, map[string]string{"exercises/pool/exercise.yaml": tt.give, "exercises/pool/README.md": readme}))
			require.NoError(t, err)
			_, err = c.Get("pool")
			assert.EqualError(t, err, tt.want)
		})
	}
}

func TestSlugAndContractProblems(t *testing.T) {
	c, err := catalog.Open(tree(t, map[string]string{
		"exercises/two_words/exercise.yaml": manifest,
		"exercises/pool/exercise.yaml":      manifest,
		"exercises/pool/README.md":          "## Contract\n\n- a bullet\n\n```\n1. in code\n```\n\n## Next\n\n1. elsewhere\n",
	}))
	require.NoError(t, err)
	_, err = c.Get("two_words")
	assert.EqualError(t, err, `exercises/two_words: "two_words" is no name for an exercise: use one lower-case word of letters and digits, such as pool`)
	_, err = c.Get("pool")
	assert.EqualError(t, err, `exercises/pool/README.md: no contract; write the promises as a list numbered from 1 under the heading "## Contract"`)
}

func TestFindRoot(t *testing.T) {
	root := tree(t, map[string]string{
		"go.mod":                   "// a comment\nmodule example.com/gokata\n",
		"a/b/c.go":                 "package b\n",
		"nested/go.mod":            "module example.com/other\n",
		"nested/deeper/unrelated":  "",
		"exercises/pool/pool.go":   "package pool\n",
		"exercises/pool/deep/x.go": "package deep\n",
	})
	for _, start := range []string{"", "a/b", "nested/deeper", "exercises/pool/deep"} {
		got, err := catalog.FindRoot(filepath.Join(root, start))
		require.NoError(t, err, start)
		assert.Equal(t, root, got, start)
	}
	outside := t.TempDir()
	_, err := catalog.FindRoot(outside)
	assert.EqualError(t, err, "no gokata repository at or above "+outside+`: no go.mod there says "module example.com/gokata"; change to a directory inside the repository`)
	_, err = catalog.Open(outside)
	assert.EqualError(t, err, outside+" has no directory named exercises; give the root of a gokata repository")
}
