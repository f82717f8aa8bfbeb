package advice

import (
	"go/importer"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis"

	"example.com/gokata/grader"
)

// TestPanic runs an analyzer that panics, and others beside it.
func TestPanic(t *testing.T) {
	u := load(Package{Path: "p", Importer: importer.Default(), Files: []grader.File{{Name: "p.go", Data: []byte("package p\n")}}})
	require.NotNil(t, u)
	runs := 0
	find := func(pass *analysis.Pass) (any, error) {
		runs++
		pass.Reportf(pass.Files[0].Pos(), "found by %s", pass.Analyzer.Name)
		return nil, nil
	}
	broken := &analysis.Analyzer{Name: "broken", Run: func(pass *analysis.Pass) (any, error) {
		pass.Reportf(pass.Files[0].Pos(), "found too early")
		panic("over")
	}}
	needs := &analysis.Analyzer{Name: "needs", Run: find, Requires: []*analysis.Analyzer{broken}}
	needsThat := &analysis.Analyzer{Name: "needs-that", Run: find, Requires: []*analysis.Analyzer{needs}}
	fine := &analysis.Analyzer{Name: "fine", Run: find}
	r := newRunner(u)
	assert.Empty(t, r.run(broken))
	assert.Empty(t, r.run(needsThat))
	assert.ErrorContains(t, r.outcome(needsThat).err, "needs-that needs needs needs broken: over")
	require.Len(t, r.run(fine), 1)
	assert.Equal(t, "found by fine", r.run(fine)[0].Message)
	assert.Equal(t, 1, runs, "each analyzer runs once")
}

// TestFiles is about what an analyzer may read.
func TestFiles(t *testing.T) {
	u := load(Package{Path: "p", Importer: importer.Default(), Files: []grader.File{{Name: "p.go", Data: []byte("package p\n")}}})
	pass := newRunner(u).pass(&analysis.Analyzer{}, &outcome{})
	text, err := pass.ReadFile(u.fset.File(u.files[0].Pos()).Name())
	require.NoError(t, err)
	assert.Equal(t, "package p\n", string(text))
	_, err = pass.ReadFile("/etc/passwd")
	assert.Error(t, err)
}
