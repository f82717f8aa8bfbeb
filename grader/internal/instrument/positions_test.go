package instrument_test

import (
	"go/ast"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/instrument"
)

// TestPositions looks for words of the original in the rewritten text, on the
// lines where they stood.
func TestPositions(t *testing.T) {
	paths, err := filepath.Glob("testdata/golden/*.txtar")
	require.NoError(t, err)
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			_, cfg := readGolden(t, path)
			if filepath.Base(path) == "twice.txtar" {
				t.Skip("has directives of its own")
			}
			got, err := instrument.Package(cfg)
			require.NoError(t, err)
			samePlaces(t, cfg, got)
		})
	}
}

// samePlaces checks that every name in the code of the original stands
// in the rewritten text on the same line of the same file.
func samePlaces(t *testing.T, cfg instrument.Config, got []grader.File) {
	t.Helper()
	fset, syntax := typeCheck(t, atLeast(cfg.Lang), got)
	type place struct {
		name string
		line int
		file string
	}
	count := map[place]int{}
	for _, f := range syntax {
		ast.Inspect(f, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				p := fset.Position(id.Pos())
				count[place{id.Name, p.Line, p.Filename}]++
			}
			return true
		})
	}
	before, originals := typeCheck(t, cfg.Lang, cfg.Files)
	look := func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok && sel.Sel.Name == "Exit" {
			return false // of os, or as good
		}
		if id, ok := n.(*ast.Ident); ok && id.Name != "close" {
			p := before.PositionFor(id.Pos(), false)
			want := place{id.Name, p.Line, cfg.Prefix + p.Filename}
			count[want]--
			assert.GreaterOrEqual(t, count[want], 0, "%v is lost", want)
		}
		return true
	}
	for _, f := range originals {
		for _, d := range f.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Body != nil {
					ast.Inspect(d.Body, look)
				}
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					if spec, ok := spec.(*ast.ValueSpec); ok {
						for _, v := range spec.Values {
							ast.Inspect(v, look)
						}
					}
				}
			}
		}
	}
}
