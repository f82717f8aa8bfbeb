package build

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"
)

const module = `
-- go.mod --
module m

go 1.21
-- a.go --
package m

func F() int { return 1 }
-- a_test.go --
package m

import "testing"

func TestA(t *testing.T) {}
-- out_test.go --
package m_test

import (
	"testing"

	"m"
	"m/sub"
)

func TestB(t *testing.T) { m.F(); sub.G() }
-- sub/sub.go --
package sub

import (
	_ "embed"

	"m"
)

//go:embed data/*.txt
var text string

//go:embed all:data
var dir string

func G() int { return m.F() }
-- sub/data/a.txt --
a
-- sub/data/.b --
b
-- none/none.go --
package none
-- asm/asm.go --
package asm

import "m/asm/inner"

func H() int

var _ = inner.X
-- asm/asm_amd64.s --
TEXT ·H(SB), 4, $0-8
	RET
-- asm/asm_arm64.s --
TEXT ·H(SB), 4, $0-8
	RET
-- asm/asm_test.go --
package asm

import "testing"

func TestH(t *testing.T) {}
-- asm/inner/inner.go --
package inner

var X int
`

func write(t *testing.T, archive string) string {
	dir := t.TempDir()
	for _, f := range txtar.Parse([]byte(archive)).Files {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o777))
		require.NoError(t, os.WriteFile(name, f.Data, 0o666))
	}
	return dir
}

func open(t *testing.T) *Workspace {
	root, err := filepath.Abs("../../..")
	require.NoError(t, err)
	w, err := Open(t.Context(), root)
	require.NoError(t, err)
	return w
}

func TestLoad(t *testing.T) {
	w := open(t)
	all, err := w.Load(t.Context(), write(t, strings.Replace(module, "var text string", "var text []byte", 1)), "./...")
	if err == nil { // embedding a directory into a string is an error
		t.Fatal("the package does not compile, and Load does not say so")
	}
	var source *SourceError
	require.ErrorAs(t, err, &source)
	require.NotEmpty(t, source.Diagnostics)
	assert.Equal(t, "sub.go", source.Diagnostics[0].File)

	archive := strings.Replace(module, "var dir string", "var dir embed.FS", 1)
	archive = strings.Replace(archive, `_ "embed"`, `"embed"`, 1)
	all, err = w.Load(t.Context(), write(t, archive), "./...")
	require.NoError(t, err)
	require.Len(t, all, 2, "packages with tests")

	asm := all[1]
	assert.Equal(t, "m/asm", asm.Path)
	assert.Equal(t, "it is partly written in assembly", asm.Inside.Opaque)
	require.Len(t, asm.Packages, 2)
	assert.Contains(t, asm.Packages[0].Opaque, "the package m/asm imports it")

	m := all[0]
	assert.Equal(t, "m", m.Path)
	var paths []string
	for _, p := range m.Packages {
		paths = append(paths, p.Path)
		assert.True(t, p.Own)
		assert.Equal(t, "go1.21", p.Lang)
		assert.Empty(t, p.Opaque)
	}
	assert.Equal(t, []string{"m", "m/sub", "m_test"}, paths, "in an order in which they can be compiled")
	assert.Equal(t, []string{"a.go", "a_test.go"}, m.Inside.Files)
	assert.Equal(t, []string{"out_test.go"}, m.Outside.Files)
	embeds, err := m.Packages[1].embeds()
	require.NoError(t, err)
	for _, want := range []string{`"data/*.txt":["data/a.txt"]`, `"all:data":["data/.b","data/a.txt"]`} {
		assert.Contains(t, string(embeds), want)
	}

	_, err = w.Importer(m).Import("m")
	require.NoError(t, err)
	_, err = w.Importer(m).Import("net/http")
	assert.Error(t, err, "what the tests do not import")
}

func TestEngineItself(t *testing.T) {
	for path, want := range map[string]bool{
		Module + "/grader":                 true,
		Module + "/grader/rt/sync":         true,
		Module + "/grader/internal/sched":  true,
		Module + "/grader/internal/policy": false,
		Module + "/grader/internal/sched2": false,
		Module + "/exercises/pool":         false,
		"example.com/other/grader/rt":      false,
	} {
		assert.Equal(t, want, engineItself(path), path)
	}
}
