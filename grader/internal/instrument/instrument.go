package instrument

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"go/types"
	"go/version"
	"slices"
	"strings"

	"example.com/gokata/grader"
)

// maxDiagnostics is how many messages an [Error] holds at most. A learner
// mends the first and the rest often goes with it.
const maxDiagnostics = 10

// MinLang is the oldest language version that rewritten text can be compiled
// with. Text of an older version means the same in this one.
const MinLang = "go1.18"

// Config says what is to be rewritten, and how.
type Config struct {
	Path  string        // import path, such as example.com/gokata/exercises/pool
	Files []grader.File // the package's files; those of its tests too if they are to be compiled with it

	// Lang is the language version of the package, like "go1.21"; "" means
	// the newest. A //go:build line may set another one for its file. The
	// rewritten files are to be compiled with the same version, or MinLang if
	// that is newer.
	Lang string

	// Importer finds the packages that are imported. It is asked for the
	// standard packages themselves, never for their twins.
	Importer types.Importer

	// Prefix is put before file names in //line directives: "/submission/"
	// gives "//line /submission/pool.go:1".
	Prefix string

	// Fresh turns package-level variables and init functions into a function
	// that sets the package up again, for code that must start afresh with
	// every schedule.
	Fresh bool

	// Tests has package testing replaced by its twin too.
	Tests bool
}

// Error is what [Package] returns for text that is not valid Go, or that it
// cannot rewrite, such as cgo.
type Error struct {
	Diagnostics []grader.Diagnostic // at least one, at most ten
}

// Error returns the first message, and how many more there are.
func (e *Error) Error() string {
	d := e.Diagnostics[0]
	s := fmt.Sprintf("%s:%d:%d: %s", d.File, d.Line, d.Column, d.Message)
	if more := len(e.Diagnostics) - 1; more > 0 {
		s += fmt.Sprintf(" (and %d more)", more)
	}
	return s
}

// Package returns the files of a package rewritten, in order of their names,
// and one generated file behind them if cfg.Fresh is set. An error is always
// an *[Error].
func Package(cfg Config) ([]grader.File, error) {
	// The go command hands files to the compiler in this order, and the order
	// of initialisation depends on it.
	files := slices.Clone(cfg.Files)
	slices.SortFunc(files, func(a, b grader.File) int { return strings.Compare(a.Name, b.Name) })
	for i := range files {
		files[i].Data = bytes.TrimPrefix(files[i].Data, []byte("\uFEFF")) // illegal behind a //line directive
	}

	p, err := check(cfg, files)
	if err != nil {
		return nil, err
	}
	p.names = newNames(p.syntax)
	state := newState(p)
	var out []grader.File
	for i, f := range files {
		r := &rewriter{pkg: p, syntax: p.syntax[i], text: newText(p.fset, p.syntax[i], f.Data), comm: map[ast.Node]string{}}
		r.rewrite()
		if cfg.Fresh {
			state.take(r)
		}
		out = append(out, grader.File{
			Name: f.Name,
			Data: []byte(fmt.Sprintf("//line %s%s:1\n%s", cfg.Prefix, f.Name, r.finish())),
		})
	}
	if p.wrong != nil {
		return nil, p.err()
	}
	if cfg.Fresh {
		out = append(out, state.file(cfg.Path, files))
	}
	return out, nil
}

// A pkg is a type-checked package, shared by all that rewrites it.
type pkg struct {
	fset   *token.FileSet
	syntax []*ast.File
	types  *types.Package
	info   *types.Info
	names  *names
	tests  bool                // testing has a twin
	wrong  []grader.Diagnostic // why the package is not rewritten
}

// err returns what is wrong so far.
func (p *pkg) err() error {
	if p.wrong == nil {
		return nil
	}
	return &Error{p.wrong[:min(len(p.wrong), maxDiagnostics)]}
}

// refuse notes what is wrong at pos, whatever //line directives say of it.
func (p *pkg) refuse(pos token.Pos, message string) {
	at := p.fset.PositionFor(pos, false)
	p.wrong = append(p.wrong, grader.Diagnostic{File: at.Filename, Line: at.Line, Column: at.Column, Message: message})
}

// check parses and type-checks files.
func check(cfg Config, files []grader.File) (*pkg, error) {
	p := &pkg{fset: token.NewFileSet(), info: &types.Info{
		Types:      map[ast.Expr]types.TypeAndValue{},
		Defs:       map[*ast.Ident]types.Object{},
		Uses:       map[*ast.Ident]types.Object{},
		Implicits:  map[ast.Node]types.Object{},
		Selections: map[*ast.SelectorExpr]*types.Selection{},

		FileVersions: map[*ast.File]string{},
	}, tests: cfg.Tests}
	switch {
	case len(files) == 0:
		p.wrong = []grader.Diagnostic{{Message: "no Go files in package " + cfg.Path}}
	case cfg.Lang != "" && !version.IsValid(cfg.Lang):
		p.wrong = []grader.Diagnostic{{Message: fmt.Sprintf("%q is not a language version; write it like go1.21", cfg.Lang)}}
	}
	for _, f := range files {
		file, err := parser.ParseFile(p.fset, f.Name, f.Data, parser.ParseComments|parser.SkipObjectResolution)
		p.syntax = append(p.syntax, file)
		p.wrong = append(p.wrong, syntaxErrors(f.Name, err)...)
		if err == nil {
			p.refuseCgo(file)
		}
	}
	if p.wrong != nil {
		return nil, p.err()
	}

	conf := types.Config{Importer: cfg.Importer, GoVersion: cfg.Lang, Error: func(err error) {
		var e types.Error
		if !errors.As(err, &e) {
			p.wrong = append(p.wrong, grader.Diagnostic{Message: err.Error()})
			return
		}
		if also, ok := strings.CutPrefix(e.Msg, "\t"); ok && p.wrong != nil {
			// The second half of the message before, such as "other declaration of x".
			at := p.fset.PositionFor(e.Pos, false)
			p.wrong[len(p.wrong)-1].Message += fmt.Sprintf(" (%s:%d: %s)", at.Filename, at.Line, also)
			return
		}
		p.refuse(e.Pos, e.Msg)
	}}
	p.types, _ = conf.Check(cfg.Path, p.fset, p.syntax, p.info)
	return p, p.err()
}

// refuseCgo says so where a file is only half written in Go: cgo would have to
// translate it first, and the compiler only sees the translation.
func (p *pkg) refuseCgo(file *ast.File) {
	for _, spec := range file.Imports {
		if spec.Path.Value == `"C"` || spec.Path.Value == "`C`" {
			p.refuse(spec.Path.Pos(), `import "C": a package that uses cgo cannot be rewritten`)
		}
	}
}

func syntaxErrors(name string, err error) []grader.Diagnostic {
	var list scanner.ErrorList
	if !errors.As(err, &list) {
		if err == nil {
			return nil
		}
		return []grader.Diagnostic{{File: name, Message: err.Error()}}
	}
	var found []grader.Diagnostic
	for _, e := range list {
		found = append(found, grader.Diagnostic{File: name, Line: e.Pos.Line, Column: e.Pos.Column, Message: e.Msg})
	}
	return found
}
