package build

import (
	"maps"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader"
)

func prepare(t *testing.T) *Environment {
	root, err := filepath.Abs("../../..")
	require.NoError(t, err)
	env, err := Prepare(t.Context(), root, grader.Exercise{Slug: "pool", Imports: []string{"container/ring"}})
	require.NoError(t, err)
	return env
}

// TestPatchesApply fails when a new version of Go has other texts. Then
// overlay.go needs new rules, or verdicts depend on chance.
func TestPatchesApply(t *testing.T) {
	tools, err := find(t.Context())
	require.NoError(t, err)
	_, applied, err := overlay(tools.root, t.TempDir())
	require.NoError(t, err)
	assert.Equal(t, len(patches), applied)
}

// TestBaton runs the tests of the scheduler and of all that stands on it once
// more, in programs that have the patches: there the baton goes straight from
// one goroutine to the next.
func TestBaton(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles the standard library")
	}
	root, err := filepath.Abs("../../..")
	require.NoError(t, err)
	patched, err := Overlay(t.Context(), t.TempDir())
	require.NoError(t, err)
	_, err = run(t.Context(), root, "go", "test", "-race", "-trimpath", "-overlay", patched,
		"./grader/internal/sched", "./grader/rt/...")
	require.NoError(t, err)
}

func TestPrepareTwice(t *testing.T) {
	first, second := prepare(t), prepare(t)
	assert.True(t, maps.Equal(first.exports, second.exports))
	for _, pkg := range []string{Module + "/grader/rt/sync", "container/ring", "runtime/race", "runtime/cgo"} {
		assert.Contains(t, first.exports, pkg)
	}

	// What is damaged is made anew.
	require.NoError(t, os.WriteFile(filepath.Join(first.cache, preparedFile), []byte("{"), 0o666))
	assert.True(t, maps.Equal(first.exports, prepare(t).exports))
}

func TestDiagnose(t *testing.T) {
	env := prepare(t)
	ds, err := env.Diagnose(t.Context(), []grader.File{{Name: "pool.go", Data: []byte("package pool\n\nfunc f() int {\n\treturn \"a\"\n}\n")}}, t.TempDir())
	require.NoError(t, err)
	require.Len(t, ds, 1)
	assert.Equal(t, grader.Diagnostic{File: "pool.go", Line: 4, Column: 9, Message: ds[0].Message}, ds[0])
	assert.Contains(t, ds[0].Message, "cannot use \"a\"")

	ds, err = env.Diagnose(t.Context(), []grader.File{{Name: "pool.go", Data: []byte("package pool\n")}}, t.TempDir())
	require.NoError(t, err)
	assert.Empty(t, ds)
}

func TestMissing(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	_, err := Prepare(t.Context(), ".", grader.Exercise{Slug: "pool"})
	var missing *MissingError
	require.ErrorAs(t, err, &missing)
	assert.Contains(t, missing.Error(), "install Go 1.26")
}

func TestExplainMissing(t *testing.T) {
	const text = "# runtime/cgo\ncgo: C compiler \"gcc\" not found: exec: \"gcc\": executable file not found in $PATH"
	err := explainMissing(&toolError{tool: "go", text: text})
	assert.ErrorContains(t, err, "gcc is not installed")
	other := &toolError{tool: "go", text: "something else"}
	assert.Equal(t, error(other), explainMissing(other))
}
