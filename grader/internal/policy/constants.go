package policy

import (
	"go/ast"
	"go/token"
	"maps"
	"slices"
	"strconv"
)

// maxConstant bounds the bytes of all constant strings together, as they come
// out of additions.
const maxConstant = 1 << 20

// constants checks how long constant strings become. Forty lines, each of
// which doubles the one before it, make a terabyte, and the type checker would
// really build it.
//
// Nothing is known of types and scopes yet, so what is computed is a bound: a
// name stands for the longest constant of that name, wherever it is declared.
func (c *checker) constants(files []*ast.File) {
	b := &lengths{decls: map[string][]ast.Expr{}, known: map[string]int{}, open: map[string]bool{}}
	for _, file := range files {
		ast.Inspect(file, func(n ast.Node) bool {
			if decl, ok := n.(*ast.GenDecl); ok && decl.Tok == token.CONST {
				b.declare(decl)
			}
			return true
		})
	}
	settled := b.settle()
	total := 0
	for _, file := range files {
		ast.Inspect(file, func(n ast.Node) bool {
			sum, ok := n.(*ast.BinaryExpr)
			if !ok || sum.Op != token.ADD {
				return true
			}
			total = min(total+b.of(sum), 2*maxConstant)
			if (total > maxConstant || !settled) && !c.stop {
				c.add(sum.Pos(), "the constant strings of the submission come to more than %d KiB: the compiler would have to build them all; make long strings when the program runs, with strings.Repeat", maxConstant>>10)
				c.stop = true
			}
			return false // its parts are counted
		})
	}
}

// lengths computes bounds on the lengths of constant strings.
type lengths struct {
	decls map[string][]ast.Expr // by name, all that constants of that name are set to
	known map[string]int
	open  map[string]bool // being computed
	again bool            // a name was needed while it was being computed
}

// declare notes the constants of a declaration. A constant without a value of
// its own repeats the one before it.
func (b *lengths) declare(decl *ast.GenDecl) {
	var values []ast.Expr
	for _, spec := range decl.Specs {
		spec, ok := spec.(*ast.ValueSpec)
		if !ok {
			continue
		}
		if len(spec.Values) > 0 {
			values = spec.Values
		}
		for i, name := range spec.Names {
			if i < len(values) {
				b.decls[name.Name] = append(b.decls[name.Name], values[i])
			}
		}
	}
}

// of returns a bound on the length of e as a string, at most a little more
// than maxConstant; 0 if e is none.
func (b *lengths) of(e ast.Expr) int {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind == token.STRING {
			s, _ := strconv.Unquote(e.Value)
			return len(s)
		}
	case *ast.Ident:
		return b.named(e.Name)
	case *ast.SelectorExpr:
		return 0 // of another package, none of which has a long one
	case *ast.ParenExpr:
		return b.of(e.X)
	case *ast.BinaryExpr:
		return min(b.of(e.X)+b.of(e.Y), maxConstant+1)
	case *ast.CallExpr: // a conversion, min or max
		n := 0
		for _, arg := range e.Args {
			n = min(n+b.of(arg), maxConstant+1)
		}
		return n
	}
	return 0
}

func (b *lengths) named(name string) int {
	if n, ok := b.known[name]; ok {
		b.again = b.again || b.open[name]
		return n
	}
	b.open[name], b.known[name] = true, 0
	n := 0
	for _, e := range b.decls[name] {
		n = max(n, b.of(e))
	}
	b.open[name], b.known[name] = false, n
	return n
}

// maxRounds is how often settle tries.
const maxRounds = 64

// settle computes the bounds of all names. Where a constant is computed from
// another one of its name, in an inner block, one pass is not enough; settle
// tells whether nothing changes any more.
func (b *lengths) settle() bool {
	names := slices.Sorted(maps.Keys(b.decls))
	for _, name := range names {
		b.named(name)
	}
	settled := !b.again
	for round := 0; round < maxRounds && !settled; round++ {
		settled = true
		for _, name := range names {
			for _, e := range b.decls[name] {
				if n := b.of(e); n > b.known[name] {
					b.known[name], settled = n, false
				}
			}
		}
	}
	return settled
}
