package instrument

import (
	"go/ast"
	"go/types"
)

// deferStmt edits defer close(c), and defer mu.Unlock() for a function or
// method of a twin. A deferred call runs on the last line of its function, and
// would be reported there. So it moves into a function literal, and is reported
// where the learner wrote it. Other calls stay as they are: a function may call
// recover, and for that it must have been deferred itself.
func (r *rewriter) deferStmt(n *ast.DeferStmt) {
	if !r.isTwins(n.Call.Fun) {
		return
	}
	for _, arg := range n.Call.Args {
		if _, ok := r.conversion(arg); !ok && r.info.Types[arg].Value == nil {
			return // it could not be evaluated here
		}
	}
	r.late(late{n.Defer, len("defer"), n.Call, "defer func() { ", " }()"})
}

// isTwins tells whether a call of e is a call of the builtin close, or of what
// is declared in a twin.
func (r *rewriter) isTwins(e ast.Expr) bool {
	var id *ast.Ident
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		id = e
	case *ast.SelectorExpr:
		id = e.Sel
	default:
		return false
	}
	if r.info.Uses[id] == types.Universe.Lookup("close") {
		return true
	}
	f, ok := r.info.Uses[id].(*types.Func)
	if !ok || f.Pkg() == nil {
		return false
	}
	recv := f.Signature().Recv()
	_, declared := twins[f.Pkg().Path()]
	return declared && (recv == nil || !types.IsInterface(recv.Type())) // who knows what implements it
}
