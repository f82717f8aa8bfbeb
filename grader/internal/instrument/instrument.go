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
	"slices"
	"strings"

	"example.com/gokata/grader"
)

// maxDiagnostics is how many messages an [Error] holds at most. A learner
// mends the first and the rest often goes with it.
const maxDiagnostics = 10

// Config says what is to be rewritten, and how.
type Config struct {
	Path  string        // import path, such as example.com/gokata/exercises/pool
	Files []grader.File // the package's files, without tests

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
}

// Error is what [Package] returns for text that is not valid Go.
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
}

// check parses and type-checks files.
func check(cfg Config, files []grader.File) (*pkg, error) {
	p := &pkg{fset: token.NewFileSet(), info: &types.Info{
		Types:      map[ast.Expr]types.TypeAndValue{},
		Defs:       map[*ast.Ident]types.Object{},
		Uses:       map[*ast.Ident]types.Object{},
		Implicits:  map[ast.Node]types.Object{},
		Selections: map[*ast.SelectorExpr]*types.Selection{},
	}}
	if len(files) == 0 {
		return nil, &Error{[]grader.Diagnostic{{Message: "no Go files in package " + cfg.Path}}}
	}
	var wrong []grader.Diagnostic
	for _, f := range files {
		file, err := parser.ParseFile(p.fset, f.Name, f.Data, parser.ParseComments|parser.SkipObjectResolution)
		p.syntax = append(p.syntax, file)
		wrong = append(wrong, syntaxErrors(f.Name, err)...)
	}
	if wrong != nil {
		return nil, &Error{wrong[:min(len(wrong), maxDiagnostics)]}
	}

	conf := types.Config{Importer: cfg.Importer, Error: func(err error) {
		var e types.Error
		if !errors.As(err, &e) {
			wrong = append(wrong, grader.Diagnostic{Message: err.Error()})
			return
		}
		at := p.fset.PositionFor(e.Pos, false)
		if also, ok := strings.CutPrefix(e.Msg, "\t"); ok && wrong != nil {
			// The second half of the message before, such as "other declaration of x".
			wrong[len(wrong)-1].Message += fmt.Sprintf(" (%s:%d: %s)", at.Filename, at.Line, also)
			return
		}
		wrong = append(wrong, grader.Diagnostic{File: at.Filename, Line: at.Line, Column: at.Column, Message: e.Msg})
	}}
	p.types, _ = conf.Check(cfg.Path, p.fset, p.syntax, p.info)
	if wrong != nil {
		return nil, &Error{wrong[:min(len(wrong), maxDiagnostics)]}
	}
	return p, nil
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
