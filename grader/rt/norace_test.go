package rt_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader/internal/sched"
)

// shared are the exported fields of twins that belong to the program, which may
// race for them, and the originals that twins stand on outside of a run, which
// synchronise themselves.
var shared = map[string]bool{"C": true, "L": true, "New": true, "real": true, "once": true}

// watched are functions that touch fields although the race detector watches
// them, with the reason why that is right.
var watched = map[string]string{
	"cancelCtx.Deadline":  "deadline is set before the context is handed out",
	"cancelCtx.Value":     "the parent is set before the context is handed out",
	"RecvOf.plain":        "outside of a run",
	"RecvOf.received":     "outside of a run",
	"SendOf.plain":        "outside of a run",
	"plainSelect":         "outside of a run",
	"withoutCancel.Value": "its only field never changes",
	"Reset":               "what it reads is written by init functions only",
}

// Whatever a twin keeps in its fields for the scheduler is read and written by
// whoever holds the baton, and so must not be seen by the race detector: every
// function that touches a field of a struct of these packages, or of package
// sched, carries go:norace.
func TestNoRace(t *testing.T) {
	if sched.RaceEnabled {
		t.Skip("reads sources only, and slowly")
	}
	unused := map[string]bool{}
	for name := range watched {
		unused[name] = true
	}
	marked := 0
	for _, dir := range []string{".", "sync", "atomic", "time", "context", "runtime"} {
		fset := token.NewFileSet()
		files := sources(t, fset, dir)
		info := types.Info{Selections: map[*ast.SelectorExpr]*types.Selection{}}
		conf := types.Config{Importer: load()}
		_, err := conf.Check(filepath.ToSlash(filepath.Join(here, dir)), fset, files, &info)
		require.NoError(t, err)
		for _, f := range files {
			for _, d := range f.Decls {
				fn, ok := d.(*ast.FuncDecl)
				if !ok || fn.Body == nil { // the runtime's
					continue
				}
				name := funcName(fn)
				if hasMark(fn) {
					marked++
					continue
				}
				if field := touches(fn.Body, info); field != "" {
					_, ok := watched[name]
					delete(unused, name)
					assert.True(t, ok, "%s: %s touches %s and lacks //go:norace", fset.Position(fn.Pos()), name, field)
				}
			}
		}
	}
	assert.Greater(t, marked, 80, "the test has seen the packages")
	assert.Empty(t, unused, "listed, but they touch nothing")
}

func sources(t *testing.T, fset *token.FileSet, dir string) (files []*ast.File) {
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	require.NoError(t, err)
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(fset, name, nil, parser.ParseComments)
		require.NoError(t, err)
		files = append(files, f)
	}
	require.NotEmpty(t, files)
	return files
}

// touches returns a field of ours that the code reads or writes, or "".
func touches(body *ast.BlockStmt, info types.Info) (found string) {
	ast.Inspect(body, func(n ast.Node) bool {
		e, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		s := info.Selections[e]
		if s == nil || s.Kind() != types.FieldVal || shared[e.Sel.Name] {
			return true
		}
		if p := s.Obj().Pkg(); p != nil && strings.HasPrefix(p.Path(), "example.com/gokata/") {
			found = types.TypeString(s.Recv(), types.RelativeTo(p)) + "." + e.Sel.Name
		}
		return true
	})
	return found
}

func hasMark(fn *ast.FuncDecl) bool {
	if fn.Doc == nil {
		return false
	}
	for _, c := range fn.Doc.List {
		if c.Text == "//go:norace" {
			return true
		}
	}
	return false
}

// funcName returns "F" for a function and "T.F" for a method.
func funcName(fn *ast.FuncDecl) string {
	if fn.Recv == nil {
		return fn.Name.Name
	}
	name := types.ExprString(fn.Recv.List[0].Type)
	name, _, _ = strings.Cut(strings.TrimPrefix(name, "*"), "[")
	return name + "." + fn.Name.Name
}
