// Package policy decides what a submission may contain, before anything of it
// is built.
//
// A submission is not trusted, and the grader promises that what it says has
// been proved. Both need the same thing: code that stays inside the Go
// language and inside the packages that the scheduler controls. So imports
// must be on the exercise's list, and nothing in the text may speak to the
// compiler, the linker or the go command, or move the line numbers that
// findings refer to.
//
// Every message says what was found, why it cannot be, and what is possible
// instead. A file that does not parse is no violation: the compiler explains
// that better, and what could be read of the file is judged all the same.
package policy

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"io"
	"slices"
	"strings"

	"example.com/gokata/grader"
)

// Check returns what in a submission is against the policy of an exercise,
// sorted by file, line and column; none if it may be built.
func Check(ex grader.Exercise, sub grader.Submission) []grader.Diagnostic {
	var found []grader.Diagnostic
	for _, f := range sub.Files {
		c := &checker{ex: ex, name: f.Name, fset: token.NewFileSet()}
		c.file(f)
		found = append(found, c.found...)
	}
	slices.SortStableFunc(found, func(a, b grader.Diagnostic) int {
		return cmp.Or(strings.Compare(a.File, b.File), a.Line-b.Line, a.Column-b.Column)
	})
	return found
}

// checker collects the violations of one file.
type checker struct {
	ex    grader.Exercise
	name  string
	fset  *token.FileSet
	found []grader.Diagnostic
}

// add notes a violation at the place where it really stands: PositionFor
// without adjustment, because a //line directive would lie about it.
func (c *checker) add(pos token.Pos, format string, args ...any) {
	p := c.fset.PositionFor(pos, false)
	c.found = append(c.found, grader.Diagnostic{
		File: c.name, Line: max(p.Line, 1), Column: p.Column, Message: fmt.Sprintf(format, args...),
	})
}

func (c *checker) file(f grader.File) {
	if bound(f.Name) {
		c.add(token.NoPos, "the name %s ties the file to one system, so that others would build a different program; name it without the ending", f.Name)
	}
	// Objects are resolved, because a local variable may be named like a package.
	file, _ := parser.ParseFile(c.fset, f.Name, f.Data, parser.ParseComments|parser.AllErrors)
	if file == nil {
		return
	}
	for _, group := range file.Comments {
		for _, comment := range group.List {
			c.comment(comment)
		}
	}
	for _, spec := range file.Imports {
		c.importSpec(spec)
	}
	c.symbols(file)
}

// bound reports whether the go command builds a file of this name only for
// some systems, like pool_windows.go.
func bound(name string) bool {
	ctx := build.Context{
		GOOS:     "none",
		GOARCH:   "none",
		Compiler: "gc",
		OpenFile: func(string) (io.ReadCloser, error) {
			return io.NopCloser(strings.NewReader("package p\n")), nil
		},
	}
	match, err := ctx.MatchFile("", name)
	return err == nil && !match
}

// symbols looks for uses of what some packages must not be used for.
func (c *checker) symbols(file *ast.File) {
	local := map[string]string{} // name in this file to import path
	for _, spec := range file.Imports {
		path := importPath(spec)
		if _, ok := restricted[path]; !ok || !slices.Contains(c.ex.Imports, path) {
			continue
		}
		switch {
		case spec.Name == nil:
			local[path[strings.LastIndexByte(path, '/')+1:]] = path
		case spec.Name.Name == ".":
			c.add(spec.Pos(), "import . %q hides which of its names are used; import it under its own name", path)
		default:
			local[spec.Name.Name] = path
		}
	}
	if len(local) == 0 {
		return
	}
	ast.Inspect(file, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		// An identifier that the parser could resolve is a variable or a
		// type of this file, not an import.
		id, ok := ast.Unparen(sel.X).(*ast.Ident)
		if !ok || id.Obj != nil {
			return true
		}
		path, ok := local[id.Name]
		if !ok {
			return true
		}
		if r := restricted[path]; !slices.Contains(r.allowed, sel.Sel.Name) {
			c.add(sel.Pos(), "%s.%s is not allowed: %s; of this package you may use %s", path, sel.Sel.Name, r.why, list(r.allowed))
		}
		return true
	})
}

// list joins names as a sentence does.
func list(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}
