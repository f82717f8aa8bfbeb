package instrument

import (
	"go/ast"
	"slices"
)

// exits replaces os.Exit, whether it is called or not: it would end the
// process, and with it all schedules that are still to come.
func (r *rewriter) exits() {
	var kept []string
	keep := func(name string) {
		if !slices.Contains(kept, name) {
			kept = append(kept, name)
			// Without it the import may be unused.
			r.added = append(r.added, "var _ = "+name+"\n")
		}
	}
	ast.Inspect(r.syntax, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			if pkg, ok := n.X.(*ast.Ident); ok && r.is(n.Sel, "os", "Exit") {
				r.cut(n, r.rt("Exit"))
				keep(pkg.Name + ".Exit")
				return false
			}
		case *ast.Ident: // of a dot import
			if r.is(n, "os", "Exit") {
				r.cut(n, r.rt("Exit"))
				keep(n.Name)
			}
		}
		return true
	})
}

// is tells whether an identifier means a name of a package.
func (r *rewriter) is(id *ast.Ident, path, name string) bool {
	obj := r.info.Uses[id]
	return id.Name == name && obj != nil && obj.Pkg() != nil && obj.Pkg().Path() == path && obj == obj.Pkg().Scope().Lookup(name)
}
