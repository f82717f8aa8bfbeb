package instrument_test

import (
	"bytes"
	"flag"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/instrument"
)

var update = flag.Bool("update", false, "rewrite the golden files")

const rtPath = "example.com/gokata/grader/rt"

// packages imports from source: the standard library, rt from testdata, and
// for the twins of rt the packages that they stand in for.
var packages = &sourceImporter{fset: token.NewFileSet(), seen: map[string]*types.Package{}}

type sourceImporter struct {
	sync.Mutex
	fset *token.FileSet
	std  types.Importer
	seen map[string]*types.Package
}

func (im *sourceImporter) Import(path string) (*types.Package, error) {
	im.Lock()
	defer im.Unlock()
	if im.std == nil {
		im.std = importer.ForCompiler(im.fset, "source", nil)
	}
	if twin, ok := strings.CutPrefix(path, rtPath+"/"); ok {
		if path = twin; twin == "atomic" {
			path = "sync/atomic"
		}
	}
	if im.seen[path] != nil {
		return im.seen[path], nil
	}
	var err error
	if path == rtPath {
		var f *ast.File
		f, err = parser.ParseFile(im.fset, filepath.Join("testdata", "rt", "rt.go"), nil, 0)
		if err != nil {
			return nil, err
		}
		im.seen[path], err = (&types.Config{Importer: im.std}).Check(path, im.fset, []*ast.File{f}, nil)
	} else {
		im.seen[path], err = im.std.Import(path)
	}
	return im.seen[path], err
}

// typeCheck returns the syntax of files that compile.
func typeCheck(t *testing.T, files []grader.File) (*token.FileSet, []*ast.File) {
	t.Helper()
	fset := token.NewFileSet()
	var syntax []*ast.File
	for _, f := range files {
		file, err := parser.ParseFile(fset, f.Name, f.Data, parser.SkipObjectResolution|parser.ParseComments)
		require.NoError(t, err, "%s", f.Data)
		syntax = append(syntax, file)
	}
	_, err := (&types.Config{Importer: packages}).Check("x", fset, syntax, nil)
	require.NoError(t, err, "%s", files[0].Data)
	return fset, syntax
}

func readGolden(t testing.TB, path string) (*txtar.Archive, instrument.Config) {
	a, err := txtar.ParseFile(path)
	require.NoError(t, err)
	cfg := instrument.Config{
		Path:     "example.com/x",
		Prefix:   "/submission/",
		Importer: packages,
		Fresh:    bytes.Contains(a.Comment, []byte("\nfresh: true\n")),
	}
	for _, f := range a.Files {
		if name, ok := strings.CutPrefix(f.Name, "in/"); ok {
			cfg.Files = append(cfg.Files, grader.File{Name: name, Data: f.Data})
		}
	}
	return a, cfg
}

// TestGolden compares each rule's effect with testdata/golden, and has the
// type checker confirm that the result is a program.
func TestGolden(t *testing.T) {
	paths, err := filepath.Glob("testdata/golden/*.txtar")
	require.NoError(t, err)
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			a, cfg := readGolden(t, path)
			got, err := instrument.Package(cfg)
			require.NoError(t, err)

			want := a.Files
			a.Files = nil
			for _, f := range want {
				if strings.HasPrefix(f.Name, "in/") {
					a.Files = append(a.Files, f)
				}
			}
			for _, f := range got {
				a.Files = append(a.Files, txtar.File{Name: "out/" + f.Name, Data: append(bytes.TrimRight(f.Data, "\n"), '\n')})
			}
			if *update {
				require.NoError(t, os.WriteFile(path, txtar.Format(a), 0o644))
			} else {
				b := &txtar.Archive{Comment: a.Comment, Files: want}
				assert.Equal(t, string(txtar.Format(b)), string(txtar.Format(a)), "see the difference with: go test -update, git diff")
			}
			typeCheck(t, got)
		})
	}
}

func TestErrors(t *testing.T) {
	tests := []struct {
		name string
		give string
		want []grader.Diagnostic
		why  string
	}{
		{
			name: "syntax",
			give: "package x\nfunc f() {\n\tx :=\n}\n",
			want: []grader.Diagnostic{{File: "x.go", Line: 4, Column: 1, Message: "expected operand, found '}'"}},
			why:  "the parser's own words, at the place it means",
		},
		{
			name: "types",
			give: "package x\n//line other.go:7\nvar a int = \"\"\nvar b = c\n",
			want: []grader.Diagnostic{
				{File: "x.go", Line: 3, Column: 13, Message: `cannot use "" (untyped string constant) as int value in variable declaration`},
				{File: "x.go", Line: 4, Column: 9, Message: "undefined: c"},
			},
			why: "all of them, and no directive can point elsewhere",
		},
		{
			name: "second half",
			give: "package x\nvar a int\nvar a int\n",
			want: []grader.Diagnostic{{File: "x.go", Line: 3, Column: 5, Message: "a redeclared in this block (x.go:2: other declaration of a)"}},
			why:  "one mistake is one message",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := instrument.Package(instrument.Config{Importer: packages, Files: []grader.File{{Name: "x.go", Data: []byte(tt.give)}}})
			var e *instrument.Error
			require.ErrorAs(t, err, &e)
			assert.Equal(t, tt.want, e.Diagnostics, tt.why)
		})
	}

	_, err := instrument.Package(instrument.Config{Importer: packages, Files: []grader.File{
		{Name: "x.go", Data: []byte("package x\n" + strings.Repeat("var _ = y\n", 99))},
	}})
	assert.EqualError(t, err, "x.go:2:9: undefined: y (and 9 more)", "ten are enough")
	_, err = instrument.Package(instrument.Config{Path: "x"})
	assert.Error(t, err, "there is no package without files")
}

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
	fset, syntax := typeCheck(t, got)
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
	before, originals := typeCheck(t, cfg.Files)
	look := func(n ast.Node) bool {
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
