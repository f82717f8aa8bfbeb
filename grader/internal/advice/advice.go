package advice

import (
	"cmp"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"path"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"example.com/gokata/grader"
)

const (
	// maxNodes bounds the syntax that is looked at, in nodes. Solutions stay
	// below a tenth of it.
	maxNodes = 20_000
	// maxAdvice bounds the pieces of advice. Who follows the first ones learns
	// what the others would say.
	maxAdvice = 10
)

// Package is what advice is asked for.
type Package struct {
	Path     string // import path
	Lang     string // language version, like "go1.26"; "" means the newest
	Files    []grader.File
	Importer types.Importer
}

// Check returns advice on a package, sorted by file, line and column, at most
// ten pieces of it. There is none on a package that does not compile, or is
// larger than anybody writes by hand. It calls the importer, and may be called
// by several goroutines at once if that may.
func Check(p Package) []grader.Diagnostic {
	u := load(p)
	if u == nil {
		return nil
	}
	var found []grader.Diagnostic
	r := newRunner(u)
	for _, s := range sources {
		for _, d := range r.run(s.analyzer) {
			if text := s.say(d, p.Path); text != "" {
				pos := u.fset.PositionFor(s.place(d), false)
				found = append(found, grader.Diagnostic{File: path.Base(pos.Filename), Line: pos.Line, Column: pos.Column, Message: text})
			}
		}
	}
	slices.SortStableFunc(found, func(a, b grader.Diagnostic) int {
		return cmp.Or(strings.Compare(a.File, b.File), a.Line-b.Line, strings.Compare(a.Message, b.Message), a.Column-b.Column)
	})
	found = slices.CompactFunc(found, func(a, b grader.Diagnostic) bool {
		return a.File == b.File && a.Line == b.Line && a.Message == b.Message
	})
	return found[:min(len(found), maxAdvice)]
}

// unit is a package as analyzers want it.
type unit struct {
	path  string
	lang  string
	fset  *token.FileSet
	files []*ast.File
	texts map[string][]byte // by file name
	pkg   *types.Package
	info  *types.Info
	sizes types.Sizes
}

// nowhere stands before the names of files. An analyzer opens files by their
// names, and no file anywhere has one with a zero byte in it.
const nowhere = "\x00/"

// load parses and type-checks a package. It returns nil if it does not compile
// or is too large.
func load(p Package) *unit {
	u := &unit{
		path: p.Path, lang: p.Lang, fset: token.NewFileSet(), texts: map[string][]byte{},
		info: &types.Info{
			Types: map[ast.Expr]types.TypeAndValue{}, Instances: map[*ast.Ident]types.Instance{},
			Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
			Implicits: map[ast.Node]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
			Scopes: map[ast.Node]*types.Scope{}, FileVersions: map[*ast.File]string{},
		},
		sizes: types.SizesFor("gc", "amd64"), // the same on every machine
	}
	nodes := 0
	for _, f := range p.Files {
		name := nowhere + f.Name
		file, err := parser.ParseFile(u.fset, name, f.Data, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if n != nil {
				nodes++
			}
			return true
		})
		u.files, u.texts[name] = append(u.files, file), f.Data
	}
	if nodes > maxNodes {
		return nil
	}
	conf := types.Config{Importer: p.Importer, GoVersion: p.Lang, Sizes: u.sizes}
	var err error
	if u.pkg, err = conf.Check(p.Path, u.fset, u.files, u.info); err != nil {
		return nil
	}
	return u
}

// source is where advice comes from.
type source struct {
	analyzer *analysis.Analyzer
	// say returns what to tell the learner about something that the analyzer
	// has found in the package at path, or "".
	say func(d analysis.Diagnostic, path string) string
}

// place returns where the mistake is. What goes with a go statement is about
// something within it.
func (s source) place(d analysis.Diagnostic) token.Pos {
	if s.analyzer == testCalls.analyzer && len(d.Related) > 0 {
		return d.Related[0].Pos
	}
	return d.Pos
}
