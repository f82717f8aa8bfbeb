package instrument_test

import (
	"bytes"
	"flag"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"go/version"
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
func typeCheck(t *testing.T, lang string, files []grader.File) (*token.FileSet, []*ast.File) {
	t.Helper()
	fset := token.NewFileSet()
	var syntax []*ast.File
	for _, f := range files {
		file, err := parser.ParseFile(fset, f.Name, f.Data, parser.SkipObjectResolution|parser.ParseComments)
		require.NoError(t, err, "%s", f.Data)
		syntax = append(syntax, file)
	}
	_, err := (&types.Config{Importer: packages, GoVersion: lang}).Check("x", fset, syntax, nil)
	require.NoError(t, err, "%s", files[0].Data)
	return fset, syntax
}

// atLeast is the language version that rewritten text of version lang needs.
func atLeast(lang string) string {
	if lang != "" && version.Compare(lang, instrument.MinLang) < 0 {
		return instrument.MinLang
	}
	return lang
}

// settings returns the configuration that the comment of an archive tells.
func settings(a *txtar.Archive) instrument.Config {
	cfg := instrument.Config{Importer: packages}
	for line := range strings.Lines(string(a.Comment)) {
		switch key, value, _ := strings.Cut(strings.TrimSpace(line), ": "); key {
		case "lang":
			cfg.Lang = value
		case "fresh":
			cfg.Fresh = true
		case "tests":
			cfg.Tests = true
		}
	}
	return cfg
}

func readGolden(t testing.TB, path string) (*txtar.Archive, instrument.Config) {
	a, err := txtar.ParseFile(path)
	require.NoError(t, err)
	cfg := settings(a)
	cfg.Path, cfg.Prefix = "example.com/x", "/submission/"
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
			typeCheck(t, atLeast(cfg.Lang), got)
			oldest(t, cfg)

			cfg.Files, cfg.Lang = got, atLeast(cfg.Lang)
			again, err := instrument.Package(cfg)
			require.NoError(t, err, "what is rewritten can be rewritten")
			typeCheck(t, cfg.Lang, again)
		})
	}
}

// oldest checks that text of the oldest language version stays so.
func oldest(t *testing.T, cfg instrument.Config) {
	t.Helper()
	if cfg.Lang == "" {
		cfg.Lang = instrument.MinLang
		if got, err := instrument.Package(cfg); err == nil {
			typeCheck(t, cfg.Lang, got)
		}
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
		{
			name: "cgo",
			give: "package x\nimport \"C\"\nimport `C`\n",
			want: []grader.Diagnostic{
				{File: "x.go", Line: 2, Column: 8, Message: `import "C": a package that uses cgo cannot be rewritten`},
				{File: "x.go", Line: 3, Column: 8, Message: `import "C": a package that uses cgo cannot be rewritten`},
			},
			why: "the compiler gets to see something else",
		},
		{
			name: "close",
			give: "package x\nfunc f[C chan int | ~chan string](c C) {\n\tclose(c)\n}\n",
			want: []grader.Diagnostic{{File: "x.go", Line: 3, Column: 2, Message: "a close whose type parameter stands for channels of different elements cannot be rewritten; write a function for each"}},
			why:  "no function with one type parameter takes them all",
		},
		{
			name: "file version",
			give: "//go:build go1.21\npackage x\nfunc f() {\n\tfor range 3 {}\n}\n",
			want: []grader.Diagnostic{{File: "x.go", Line: 4, Column: 12, Message: "cannot range over 3 (untyped int constant): requires go1.22 or later"}},
			why:  "a file may be older than its package",
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
	_, err = instrument.Package(instrument.Config{Lang: "1.21", Files: []grader.File{{Name: "x.go", Data: []byte("package x\n")}}})
	assert.ErrorContains(t, err, `"1.21" is not a language version; write it like go1.21`)
	_, err = instrument.Package(instrument.Config{Lang: "go1.17", Files: []grader.File{
		{Name: "x.go", Data: []byte("package x\n\nfunc f[T int]() {}\n")},
	}})
	assert.EqualError(t, err, "x.go:3:8: type parameter requires go1.18 or later", "it is what the compiler would say")
}
