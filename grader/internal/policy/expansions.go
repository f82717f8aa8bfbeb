package policy

import (
	"go/ast"
)

// maxExpansion bounds how many types the values of a type consist of, each
// counted as often as it occurs. Thirty structs, each of which holds the one
// before it twice, come to a billion, and the type checker looks at every one.
const maxExpansion = 100_000

// expansions checks that no type expands to too many others. As for constants,
// a name stands for all types of that name, wherever they are declared.
func (c *checker) expansions(files []*ast.File) {
	x := &expansion{decls: map[string][]ast.Expr{}, known: map[string]int{}}
	for _, file := range files {
		ast.Inspect(file, func(n ast.Node) bool {
			if spec, ok := n.(*ast.TypeSpec); ok {
				x.decls[spec.Name.Name] = append(x.decls[spec.Name.Name], spec.Type)
			}
			return true
		})
	}
	for _, file := range files {
		ast.Inspect(file, func(n ast.Node) bool {
			e, ok := n.(ast.Expr)
			if ok && !c.stop && x.of(e) > maxExpansion {
				c.add(e.Pos(), "a value of this type consists of more than %d others: the compiler would have to look at each; use pointers or slices between them", maxExpansion)
				c.stop = true
			}
			return !c.stop
		})
	}
}

// expansion computes bounds on how many types a type consists of.
type expansion struct {
	decls map[string][]ast.Expr // by name, all types that have it
	known map[string]int
}

// of returns a bound for the type e, at most a little more than maxExpansion;
// 1 if e is no type, or one whose values only refer to others.
func (x *expansion) of(e ast.Expr) int {
	switch e := e.(type) {
	case *ast.Ident:
		return x.named(e.Name)
	case *ast.ParenExpr:
		return x.of(e.X)
	case *ast.ArrayType:
		if e.Len != nil {
			return x.of(e.Elt)
		}
	case *ast.StructType:
		n := 1
		for _, f := range e.Fields.List {
			n = min(n+max(1, len(f.Names))*x.of(f.Type), maxExpansion+1)
		}
		return n
	case *ast.IndexExpr:
		return min(x.of(e.X)*x.of(e.Index), maxExpansion+1)
	case *ast.IndexListExpr:
		n := 0
		for _, arg := range e.Indices {
			n = min(n+x.of(arg), maxExpansion+1)
		}
		return min(x.of(e.X)*n, maxExpansion+1)
	}
	return 1
}

func (x *expansion) named(name string) int {
	if n, ok := x.known[name]; ok {
		return n
	}
	// A type that contains itself does not compile, and the compiler says so
	// best; save where the two are different types of one name.
	x.known[name] = 1
	if len(x.decls[name]) > 1 {
		x.known[name] = maxExpansion + 1
	}
	n := 1
	for _, e := range x.decls[name] {
		n = max(n, x.of(e))
	}
	x.known[name] = n
	return n
}
