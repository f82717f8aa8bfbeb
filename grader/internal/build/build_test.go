package build

import (
	"maps"
	"os"
	"path/filepath"
	"runtime"
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

func TestGivenPackage(t *testing.T) {
	root, err := filepath.Abs("../../..")
	require.NoError(t, err)
	const given = Module + "/exercises/given/shm"
	env, err := Prepare(t.Context(), root, grader.Exercise{Slug: "pool", Imports: []string{given}})
	require.NoError(t, err)
	ds, err := env.Diagnose(t.Context(), []grader.File{{Name: "pool.go", Data: []byte("package pool\n\nimport \"" + given + "\"\n\nvar n, err = shm.Int64(nil)\n")}}, t.TempDir())
	require.NoError(t, err)
	assert.Empty(t, ds)
	assert.Contains(t, env.sources(), "exercises/given", "a change there is noticed")
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

// TestOtherTools builds with a compiler that takes other arguments, as that of
// another release of Go may. Then the go command knows what to do.
func TestOtherTools(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the compiler here is a script")
	}
	env := prepare(t)
	read := func(dir, name string) []grader.File {
		data, err := os.ReadFile(filepath.Join(env.root, dir, name))
		require.NoError(t, err)
		return []grader.File{{Name: name, Data: data}}
	}
	parts := Parts{Plain: true, Submission: read("solutions/pool", "pool.go"), Suite: []grader.File{{Name: "suite.go", Data: []byte(`package pool

import (
	"example.com/gokata/exercises/pool"
	"example.com/gokata/grader/suite"
)

var (
	Suite suite.Suite
	_     = pool.New
)
`)}}}
	env.programs.dir = t.TempDir()
	env.tools.tools = t.TempDir()
	require.NoError(t, os.WriteFile(env.tools.tool("compile"), []byte("#!/bin/sh\necho 'flag provided but not defined: -c' >&2\nexit 2\n"), 0o700))
	path, _, err := env.Program(t.Context(), parts, t.TempDir())
	require.NoError(t, err)
	assert.FileExists(t, path)

	parts.Submission = []grader.File{{Name: "pool.go", Data: []byte("package pool\n")}}
	env = prepare(t)
	env.programs.dir = t.TempDir()
	_, _, err = env.Program(t.Context(), parts, t.TempDir())
	assert.Equal(t, []string{"undefined: pool.New"}, env.SuiteDiagnostics(err), "what the submission lacks is not the tools' fault")
}
