package sched_test

import (
	"go/ast"
	"go/build/constraint"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// instrumented are the functions that the race detector may watch, with the
// reason why they never touch what goroutines of a run share.
var instrumented = map[string]string{
	"Op.String":           "reads a constant table",
	"Default.String":      "constant",
	"Random.String":       "constant",
	"PCT.String":          "for reports, after the run",
	"Replay.String":       "constant",
	"DFS.String":          "for reports, after the run",
	"DFS.Next":            "between runs",
	"DFS.Complete":        "between runs",
	"DFS.Diverged":        "between runs",
	"DFS.Count":           "between runs",
	"NewRandom":           "constructor, before the run",
	"NewPCT":              "constructor, before the run",
	"NewReplay":           "constructor, before the run",
	"NewDFS":              "constructor, before the run",
	"Schedule.With":       "constructor, of values of its own",
	"newRNG":              "constructor",
	"Mix":                 "pure, with a generator of its own",
	"Schedule.Encode":     "a value, after the run",
	"Schedule.Deviations": "a value, after the run",
	"checksum":            "pure",
	"Decode":              "pure",
	"decodeDeviations":    "pure",
	"Shrink":              "between runs",
	"ToItsEnd":            "outside of a run",
	"AfterEnds":           "between runs",
}

// Every function that could touch a Run carries go:norace. A function literal
// does not inherit the mark, so the marked functions contain none.
func TestNoRace(t *testing.T) {
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	unused := map[string]bool{}
	for name := range instrumented {
		unused[name] = true
	}
	marked := 0
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, name, nil, parser.ParseComments)
		require.NoError(t, err)
		if !underRace(f) {
			continue
		}
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Body == nil { // the runtime's
				continue
			}
			name, at := funcName(fn), fset.Position(fn.Pos())
			delete(unused, name)
			switch _, exempt := instrumented[name]; {
			case !hasMark(fn.Doc):
				assert.True(t, exempt, "%s: %s lacks //go:norace", at, name)
				continue
			case exempt:
				t.Errorf("%s: %s carries //go:norace and is listed as not needing it", at, name)
			}
			marked++
			ast.Inspect(fn, func(n ast.Node) bool {
				if lit, ok := n.(*ast.FuncLit); ok {
					t.Errorf("%s: function literals do not inherit //go:norace", fset.Position(lit.Pos()))
				}
				return true
			})
		}
	}
	assert.Empty(t, unused, "listed, but not to be found")
	assert.Greater(t, marked, 100, "the test has seen the package")
}

func hasMark(doc *ast.CommentGroup) bool {
	for _, c := range comments(doc) {
		if c.Text == "//go:norace" {
			return true
		}
	}
	return false
}

func comments(g *ast.CommentGroup) []*ast.Comment {
	if g == nil {
		return nil
	}
	return g.List
}

// underRace tells whether the file belongs to a build with the race detector.
func underRace(f *ast.File) bool {
	for _, g := range f.Comments {
		for _, c := range g.List {
			if x, err := constraint.Parse(c.Text); err == nil && c.Pos() < f.Package {
				return x.Eval(func(tag string) bool { return tag == "race" })
			}
		}
	}
	return true
}

// funcName returns "F" for a function and "T.F" for a method.
func funcName(fn *ast.FuncDecl) string {
	if fn.Recv == nil {
		return fn.Name.Name
	}
	typ := fn.Recv.List[0].Type
	if p, ok := typ.(*ast.StarExpr); ok {
		typ = p.X
	}
	return typ.(*ast.Ident).Name + "." + fn.Name.Name
}
