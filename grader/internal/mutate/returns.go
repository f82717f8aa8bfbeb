package mutate

import (
	"go/ast"
	"go/types"
)

// returns loses errors and results.
func returns(s *source, n ast.Node, emit emitter) {
	var body *ast.BlockStmt
	var sig *types.Signature
	switch n := n.(type) {
	case *ast.FuncDecl:
		body = n.Body
		if fn, ok := s.info.Defs[n.Name].(*types.Func); ok {
			sig = fn.Signature()
		}
	case *ast.FuncLit:
		body = n.Body
		sig, _ = s.info.TypeOf(n).(*types.Signature)
	}
	if body == nil || sig == nil {
		return
	}
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false // has its own turn
		case *ast.ReturnStmt:
			if len(n.Results) == sig.Results().Len() { // not so for return f() with several results
				for i, e := range n.Results {
					s.result(e, sig.Results().At(i).Type(), emit)
				}
			}
		}
		return true
	})
}

// result changes one value that is returned.
func (s *source) result(e ast.Expr, typ types.Type, emit emitter) {
	if types.Identical(typ, types.Universe.Lookup("error").Type()) {
		emit("nil-error", e.Pos(), s.replace(e, "nil"))
		return
	}
	if _, ok := types.Unalias(typ).(*types.TypeParam); ok {
		return
	}
	zero := "nil"
	switch t := typ.Underlying().(type) {
	case *types.Struct, *types.Array, *types.Tuple:
		return
	case *types.Basic:
		switch {
		case t.Info()&types.IsBoolean != 0:
			zero = "!(" + s.text(e) + ")"
		case t.Info()&types.IsString != 0:
			zero = `""`
		default:
			zero = "0"
		}
	}
	emit("zero-result", e.Pos(), s.replace(e, zero))
}
