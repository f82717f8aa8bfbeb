package mutate

import (
	"go/ast"
	"go/token"
)

// dropStatements leaves out whole statements.
func dropStatements(s *source, n ast.Node, emit emitter) {
	for _, stmt := range statements(n) {
		op := ""
		switch stmt := stmt.(type) {
		case *ast.AssignStmt:
			if stmt.Tok != token.DEFINE {
				op = "assignment"
			}
		case *ast.IncDecStmt:
			op = "assignment"
		case *ast.DeferStmt:
			op = "defer"
		case *ast.ExprStmt:
			op = "call"
		}
		if kind := s.kind(stmt); kind != "" {
			op = kind
		}
		switch op {
		case "":
		case "cancel": // it is often used nowhere else, which would not compile
			emit("drop-cancel", stmt.Pos(), s.replace(stmt, "_ = "+s.text(callIn(stmt).Fun)))
		default:
			emit("drop-"+op, stmt.Pos(), s.replace(stmt, ""))
		}
	}
}

// defers makes deferred calls at once, or in another order.
func defers(s *source, n ast.Node, emit emitter) {
	list := statements(n)
	for i, stmt := range list {
		d, ok := stmt.(*ast.DeferStmt)
		if !ok {
			continue
		}
		emit("undefer", d.Pos(), s.between(d.Pos(), d.Call.Pos(), ""))
		if i+1 < len(list) {
			if next, ok := list[i+1].(*ast.DeferStmt); ok {
				emit("swap-defers", d.Pos(), s.swap(d, next)...)
			}
		}
	}
}

// neighbours lets a statement that synchronises trade places with the one next
// to it. Locks have operators of their own.
func neighbours(s *source, n ast.Node, emit emitter) {
	list := statements(n)
	for i := range max(0, len(list)-1) {
		a, b := list[i], list[i+1]
		if !simple(a) || !simple(b) {
			continue
		}
		one, other := s.kind(a), s.kind(b)
		if one == "lock" || one == "unlock" || other == "lock" || other == "unlock" || one == "" && other == "" {
			continue
		}
		emit("swap-statements", a.Pos(), s.swap(a, b)...)
	}
}

func simple(stmt ast.Stmt) bool {
	switch stmt.(type) {
	case *ast.ExprStmt, *ast.AssignStmt, *ast.IncDecStmt, *ast.SendStmt, *ast.GoStmt:
		return true
	}
	return false
}
