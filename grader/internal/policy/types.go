package policy

import (
	"errors"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
)

// Bounds on types and literals, which cost memory before a program has made
// one step.
const (
	maxType  = 16 << 20 // bytes of a value of any type that is written down
	maxIndex = 100_000  // index of an element of a literal
)

// typesOf type-checks files as far as that is possible. What does not compile
// is a matter for the compiler, and what is imported may be unknown.
func typesOf(fset *token.FileSet, files []*ast.File, imp types.Importer) *types.Info {
	if imp == nil {
		imp = nothing{}
	}
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Uses: map[*ast.Ident]types.Object{}}
	conf := types.Config{Importer: imp, DisableUnusedImportCheck: true, Error: func(error) {}}
	_, _ = conf.Check("submission", fset, files, info)
	return info
}

// nothing is an importer without packages: their names remain names.
type nothing struct{}

func (nothing) Import(string) (*types.Package, error) { return nil, errors.New("unknown") }

// sizes refuses types and literals of an enormous size. The compiler lays them
// out, and every schedule would begin with clearing them.
func (c *checker) sizes(files []*ast.File, info *types.Info) {
	sizes := sizes{}
	told := map[types.Type]bool{}
	for _, file := range files {
		ast.Inspect(file, func(n ast.Node) bool {
			e, ok := n.(ast.Expr)
			if !ok {
				return true
			}
			tv := info.Types[e]
			if lit, ok := e.(*ast.CompositeLit); ok {
				c.indices(lit, info)
			} else if !tv.IsType() {
				return true
			}
			if tv.Type != nil && sizes.of(tv.Type) > maxType && !told[tv.Type] {
				told[tv.Type] = true
				c.add(e.Pos(), "a value of this type takes more than %d MiB: the compiler would lay all of it out; make a slice when the program runs", maxType>>20)
			}
			return true
		})
	}
}

// indices refuses literals such as []int{1 << 30: 1}.
func (c *checker) indices(lit *ast.CompositeLit, info *types.Info) {
	t := info.Types[lit].Type
	if t == nil {
		return
	}
	switch t.Underlying().(type) {
	case *types.Array, *types.Slice:
	default:
		return
	}
	for _, elt := range lit.Elts {
		kv, ok := elt.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		key := info.Types[kv.Key].Value
		if key == nil || constant.ToInt(key).Kind() != constant.Int {
			continue
		}
		if n, exact := constant.Int64Val(constant.ToInt(key)); !exact || n > maxIndex {
			c.add(kv.Pos(), "the literal has an element with an index above %d: the compiler would write down all elements before it; make a slice when the program runs, or use a map", maxIndex)
			return
		}
	}
}

// sizes are bounds on the sizes of types, in bytes, at most a little more than
// maxType. go/types computes sizes exactly, and takes exponential time for
// types that are nested cleverly.
type sizes map[types.Type]int64

func (s sizes) of(t types.Type) int64 {
	t = types.Unalias(t)
	if n, ok := s[t]; ok {
		return n
	}
	s[t] = 0 // a type that contains itself does not compile
	const word = 8
	n := int64(word)
	switch t := t.(type) {
	case *types.Named:
		n = s.of(t.Underlying())
	case *types.Array:
		n = s.of(t.Elem())
		if l := t.Len(); l > 0 && n > maxType/l {
			n = maxType + 1
		} else {
			n *= max(l, 0)
		}
	case *types.Struct:
		n = 0
		for f := range t.Fields() {
			n = min(n+max(s.of(f.Type()), word), maxType+1)
		}
	case *types.Tuple:
		n = 0
	case *types.Basic:
		if t.Kind() == types.String || t.Kind() == types.Complex128 {
			n = 2 * word
		} else if t.Kind() == types.Uint8 || t.Kind() == types.Int8 || t.Kind() == types.Bool {
			n = 1
		}
	case *types.Slice:
		n = 3 * word
	case *types.Interface:
		n = 2 * word
	}
	s[t] = n
	return n
}
