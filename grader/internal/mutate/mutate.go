package mutate

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"slices"

	"example.com/gokata/grader"
)

// Package is what mutants are made of.
type Package struct {
	Path     string         // import path
	Files    []grader.File  // of one package that compiles
	Importer types.Importer // for what the files import; called by one goroutine
}

// Mutants returns the mutants of a package in the order of files, lines and
// operators, and the number of those that were left out because they do not
// compile. The same package gives the same mutants.
func Mutants(p Package) (mutants []Mutant, invalid int, err error) {
	checked, bad := p.check(p.Files)
	if len(bad) > 0 {
		return nil, 0, fmt.Errorf("the code to be mutated does not compile: %w", bad[0])
	}
	var all []*change
	for _, s := range checked {
		all = append(all, s.changes()...)
	}
	seen := map[string]bool{}
	places := map[string]int{}
	lines := map[string]int{}
	for _, c := range all {
		m := c.mutant()
		same := m.File + "\x00" + string(m.file.Data)
		if seen[same] || bytes.Equal(m.file.Data, m.original.Data) {
			continue // another operator has made the same
		}
		seen[same] = true
		// What does not compile counts as well, or the numbers of the others
		// would depend on it.
		lines[m.place()]++
		m.ordinal = lines[m.place()]
		places[m.Key()]++
		m.nth = places[m.Key()]
		if m.Files = p.complete(m.file); m.Files == nil {
			invalid++
			continue
		}
		mutants = append(mutants, m)
	}
	return mutants, invalid, nil
}

// source is one file together with what is known about it.
type source struct {
	file grader.File
	ast  *ast.File
	tok  *token.File
	info *types.Info
}

// check parses and type-checks files, and returns what is wrong with them.
func (p Package) check(files []grader.File) (sources []*source, bad []error) {
	fset := token.NewFileSet()
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Uses: map[*ast.Ident]types.Object{}, Defs: map[*ast.Ident]types.Object{}}
	var parsed []*ast.File
	for _, f := range files {
		file, err := parser.ParseFile(fset, f.Name, f.Data, parser.SkipObjectResolution)
		if err != nil {
			return nil, []error{err}
		}
		parsed = append(parsed, file)
		sources = append(sources, &source{file: f, ast: file, tok: fset.File(file.FileStart), info: info})
	}
	conf := types.Config{Importer: p.Importer, Error: func(err error) { bad = append(bad, err) }}
	_, _ = conf.Check(p.Path, fset, parsed, info) // the first of the errors
	return sources, bad
}

// changes returns what the operators find in a file, by place and then by the
// order of the operators.
func (s *source) changes() []*change {
	var all []*change
	for _, decl := range s.ast.Decls {
		name := declared(decl)
		emit := func(op string, at token.Pos, edits ...edit) {
			all = append(all, &change{source: s, operator: op, function: name, at: s.tok.Offset(at), edits: edits})
		}
		ast.Inspect(decl, func(n ast.Node) bool {
			for _, find := range finders {
				if n != nil {
					find(s, n, emit)
				}
			}
			return true
		})
	}
	rank := map[string]int{}
	for i, op := range Operators {
		rank[op.Name] = i
	}
	slices.SortStableFunc(all, func(a, b *change) int {
		return cmp.Or(a.line()-b.line(), rank[a.operator]-rank[b.operator], a.at-b.at)
	})
	return all
}

// declared names the function that a declaration is, such as Pool.next; other
// declarations are called "package".
func declared(decl ast.Decl) string {
	fn, ok := decl.(*ast.FuncDecl)
	if !ok {
		return "package"
	}
	if fn.Recv == nil || len(fn.Recv.List) == 0 {
		return fn.Name.Name
	}
	typ := fn.Recv.List[0].Type
	for {
		switch t := typ.(type) {
		case *ast.StarExpr:
			typ = t.X
		case *ast.IndexExpr:
			typ = t.X
		case *ast.IndexListExpr:
			typ = t.X
		case *ast.Ident:
			return t.Name + "." + fn.Name.Name
		default:
			return fn.Name.Name
		}
	}
}
