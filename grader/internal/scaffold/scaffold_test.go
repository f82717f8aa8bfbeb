package scaffold_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader/internal/scaffold"
)

func TestNew(t *testing.T) {
	root := t.TempDir()
	names, err := scaffold.New(root, "demo")
	require.NoError(t, err)
	assert.Equal(t, []string{
		"exercises/demo/README.md",
		"exercises/demo/README.zh.md",
		"exercises/demo/demo.go",
		"exercises/demo/demo_test.go",
		"exercises/demo/exercise.yaml",
		"grader/suites/demo/cases.go",
		"grader/suites/demo/suite.go",
		"grader/suites/demo/suite_test.go",
		"grader/suites/demo/testdata/correct/channel/demo.go",
		"grader/suites/demo/testdata/faulty/returns_early/demo.go",
		"solutions/demo/NOTES.md",
		"solutions/demo/demo.go",
	}, names)
	assert.ElementsMatch(t, names, tree(t, root))
	marked := map[string]bool{}
	places, err := scaffold.Marks(root, "demo")
	require.NoError(t, err)
	for _, p := range places {
		marked[p.File] = true
	}
	for _, name := range names {
		data, err := os.ReadFile(filepath.Join(root, name))
		require.NoError(t, err)
		assert.NotContains(t, string(data), "{{")
		assert.NotContains(t, string(data), "SLUG")
		// Nothing in it depends on the exercise.
		assert.Equal(t, name != "grader/suites/demo/suite_test.go", marked[name], "marks in %s", name)
	}
}

func TestMarks(t *testing.T) {
	root := t.TempDir()
	dir := filepath.Join(root, "solutions", "demo")
	require.NoError(t, os.MkdirAll(dir, 0o777))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "demo.go"), []byte("package demo\n\n\t// "+scaffold.Mark+": this.\n// TODO: not this.\n"), 0o666))
	places, err := scaffold.Marks(root, "demo")
	require.NoError(t, err)
	assert.Equal(t, []scaffold.Place{{File: "solutions/demo/demo.go", Line: 3, Text: "// TODO(author): this."}}, places)
}

func TestCheckSlug(t *testing.T) {
	tests := []struct{ give, want string }{
		{"pool", ""},
		{"h2o", ""},
		{"", "one word of 3 to 32 lower-case letters"},
		{"t", "one word of 3 to 32 lower-case letters"},
		{"Pool", "one word of 3 to 32 lower-case letters"},
		{"thread-pool", "one word of 3 to 32 lower-case letters"},
		{"thread_pool", "one word of 3 to 32 lower-case letters"},
		{"2fast", "one word of 3 to 32 lower-case letters"},
		{"../pool", "one word of 3 to 32 lower-case letters"},
		{"pool\n", "one word of 3 to 32 lower-case letters"},
		{"线程池", "one word of 3 to 32 lower-case letters"},
		{strings.Repeat("a", 33), "one word of 3 to 32 lower-case letters"},
		{"select", "a keyword of Go"},
		{"close", "Go declares this name itself"},
		{"error", "Go declares this name itself"},
		{"sync", "import another package of this name"},
		{"suite", "import another package of this name"},
		{"main", "something else to the go command"},
	}
	for _, tt := range tests {
		err := scaffold.CheckSlug(tt.give)
		if tt.want == "" {
			assert.NoError(t, err, tt.give)
			continue
		}
		var bad *scaffold.SlugError
		require.ErrorAs(t, err, &bad, tt.give)
		assert.Contains(t, err.Error(), tt.want)
	}
}

var importSpec = regexp.MustCompile(`(?m)^(?:import )?\t?"([^"]+)"$`)

// TestImportedNames keeps the names that a slug must not have up to date with
// what is imported beside an exercise, and what submissions may import.
func TestImportedNames(t *testing.T) {
	var paths []string
	for _, pattern := range []string{"exercises/*/*_test.go", "solutions/*/*.go", "grader/suites/*/*.go"} {
		files, err := filepath.Glob(filepath.Join("../../..", pattern))
		require.NoError(t, err)
		require.NotEmpty(t, files)
		for _, file := range files {
			data, err := os.ReadFile(file)
			require.NoError(t, err)
			for _, m := range importSpec.FindAllStringSubmatch(string(data), -1) {
				paths = append(paths, m[1])
			}
		}
	}
	manifests, err := filepath.Glob("../../../exercises/*/exercise.yaml")
	require.NoError(t, err)
	for _, name := range manifests {
		var m struct{ Imports []string }
		data, err := os.ReadFile(name)
		require.NoError(t, err)
		require.NoError(t, yaml.Unmarshal(data, &m))
		paths = append(paths, m.Imports...)
	}
	for _, path := range paths {
		dir, name := filepath.Split(path)
		if strings.HasSuffix(dir, "/exercises/") || strings.HasSuffix(dir, "/suites/") || strings.HasPrefix(dir, "golang.org/x/") {
			continue // an exercise, or what one may well be called after
		}
		assert.Error(t, scaffold.CheckSlug(name), "a new exercise may be called like the package %s; add the name to those that it must not have", path)
	}
}

// TestNothingHalfWritten lets New fail in several ways: what there was is there
// afterwards, and nothing else.
func TestNothingHalfWritten(t *testing.T) {
	tests := []struct {
		name  string
		slug  string
		files []string // there before
		want  string
	}{
		{"bad slug", "Demo", []string{"go.mod"}, `"Demo" cannot be a new exercise`},
		{"exercise exists", "demo", []string{"exercises/demo/demo.go"}, "exercises/demo exists already"},
		{"solution exists", "demo", []string{"solutions/demo/demo.go"}, "solutions/demo exists already"},
		{"suite exists", "demo", []string{"grader/suites/demo/suite.go"}, "grader/suites/demo exists already"},
		{"no place for the last part", "demo", []string{"exercises/a/a.go", "grader/suites"}, "grader/suites"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			root := t.TempDir()
			for _, name := range tt.files {
				path := filepath.Join(root, name)
				require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o777))
				require.NoError(t, os.WriteFile(path, nil, 0o666))
			}
			_, err := scaffold.New(root, tt.slug)
			assert.ErrorContains(t, err, tt.want)
			assert.ElementsMatch(t, tt.files, tree(t, root))
		})
	}
}

// tree returns the files below root.
func tree(t *testing.T, root string) []string {
	t.Helper()
	var names []string
	err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(root, path)
		names = append(names, filepath.ToSlash(rel))
		return err
	})
	require.NoError(t, err)
	return names
}
