package mutate

import (
	"go/ast"
)

// goroutines calls functions that were to run side by side.
func goroutines(s *source, n ast.Node, emit emitter) {
	switch n := n.(type) {
	case *ast.GoStmt:
		emit("call-for-go", n.Pos(), s.between(n.Pos(), n.Call.Pos(), ""))
	case *ast.CallExpr:
		if s.callee(n) != "(*sync.WaitGroup).Go" {
			return
		}
		wg, fn := s.receiver(n), n.Args[0]
		emit("call-for-go", n.Pos(), s.between(n.Pos(), fn.Pos(), ""), s.between(fn.End(), n.End(), "()"))
		emit("add-in-goroutine", n.Pos(),
			s.between(n.Pos(), fn.Pos(), "go func() { "+wg+".Add(1); defer "+wg+".Done(); "), s.between(fn.End(), n.End(), "() }()"))
	}
}

// waitGroups moves Add into the goroutine that is counted by it.
func waitGroups(s *source, n ast.Node, emit emitter) {
	list := statements(n)
	for i, stmt := range list {
		if s.kind(stmt) != "add" {
			continue
		}
		for _, later := range list[i+1:] {
			lit, looped := started(later)
			if lit == nil || len(lit.Body.List) == 0 {
				continue
			}
			add := s.text(stmt)
			if looped { // one call counts all of them
				add = s.receiver(callIn(stmt)) + ".Add(1)"
			}
			emit("add-in-goroutine", stmt.Pos(), s.replace(stmt, ""), s.insert(lit.Body.List[0].Pos(), add+"\n"))
			break
		}
	}
}

// started returns the function that a statement starts as a goroutine, itself or
// in the body of a loop.
func started(stmt ast.Stmt) (lit *ast.FuncLit, looped bool) {
	var body *ast.BlockStmt
	switch stmt := stmt.(type) {
	case *ast.GoStmt:
		lit, _ = stmt.Call.Fun.(*ast.FuncLit)
		return lit, false
	case *ast.ForStmt:
		body = stmt.Body
	case *ast.RangeStmt:
		body = stmt.Body
	default:
		return nil, false
	}
	for _, inner := range body.List {
		if g, ok := inner.(*ast.GoStmt); ok {
			lit, _ = g.Call.Fun.(*ast.FuncLit)
			return lit, true
		}
	}
	return nil, false
}
