package conformance_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader/conformance"
)

// TestVisible runs the tests that a learner has: they skip on the stub and
// pass, unskipped, on the reference.
func TestVisible(t *testing.T) {
	cat, err := conformance.Open()
	require.NoError(t, err)
	exercises, err := cat.List()
	require.NoError(t, err)
	for _, ex := range exercises {
		t.Run(ex.Slug, func(t *testing.T) {
			t.Parallel()
			stub := goTest(t, cat.Root(), ex.Slug)
			assert.Zero(t, stub["fail"], "failures on the stub")
			assert.NotZero(t, stub["skip"], "tests that skip on the stub")

			ref := goTest(t, cat.Root(), ex.Slug, "-overlay", overlay(t, cat.Root(), ex.Slug))
			assert.Zero(t, ref["fail"], "failures on the reference")
			assert.Zero(t, ref["skip"], "tests that skip on the reference")
			assert.GreaterOrEqual(t, ref["pass"], 3, "an example and at least two tests")
		})
	}
}

// overlay puts the reference in the stub's place.
func overlay(t *testing.T, root, slug string) string {
	file := filepath.Join(slug, slug+".go")
	data, err := json.Marshal(map[string]any{"Replace": map[string]string{
		filepath.Join(root, "exercises", file): filepath.Join(root, "solutions", file),
	}})
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "overlay.json")
	require.NoError(t, os.WriteFile(path, data, 0o666))
	return path
}

// goTest returns how many tests of an exercise passed, failed and skipped.
func goTest(t *testing.T, root, slug string, flags ...string) map[string]int {
	args := append([]string{"test", "-race", "-json"}, flags...)
	cmd := exec.CommandContext(t.Context(), "go", append(args, "./exercises/"+slug)...)
	cmd.Dir = root
	out, _ := cmd.CombinedOutput() // a failure shows in the events
	count := map[string]int{}
	for line := range bytes.Lines(out) {
		var e struct{ Action, Test string }
		if json.Unmarshal(line, &e) == nil && e.Test != "" {
			count[e.Action]++
		}
	}
	require.NotEmpty(t, count, "go test printed %s", out)
	return count
}
