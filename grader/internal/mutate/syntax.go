package mutate

import (
	"go/ast"
	"go/token"
	"go/types"
)

// text returns the text of a node.
func (s *source) text(n ast.Node) string {
	return string(s.file.Data[s.tok.Offset(n.Pos()):s.tok.Offset(n.End())])
}

// replace returns the edit that puts a text in the place of a node.
func (s *source) replace(n ast.Node, text string) edit { return s.between(n.Pos(), n.End(), text) }

// insert returns the edit that puts a text before a position.
func (s *source) insert(pos token.Pos, text string) edit { return s.between(pos, pos, text) }

func (s *source) between(from, to token.Pos, text string) edit {
	return edit{s.tok.Offset(from), s.tok.Offset(to), text}
}

// swap returns the edits that let two nodes trade places.
func (s *source) swap(a, b ast.Node) []edit {
	return []edit{s.replace(a, s.text(b)), s.replace(b, s.text(a))}
}

// statements returns the list of statements that a node holds, if it holds one.
func statements(n ast.Node) []ast.Stmt {
	switch n := n.(type) {
	case *ast.BlockStmt:
		return n.List
	case *ast.CaseClause:
		return n.Body
	case *ast.CommClause:
		return n.Body
	}
	return nil
}

// callIn returns the call that a statement consists of, deferred or not.
func callIn(stmt ast.Stmt) *ast.CallExpr {
	switch stmt := stmt.(type) {
	case *ast.DeferStmt:
		return stmt.Call
	case *ast.ExprStmt:
		call, _ := ast.Unparen(stmt.X).(*ast.CallExpr)
		return call
	}
	return nil
}

// callee returns the full name of what is called, like (*sync.Mutex).Lock,
// context.WithCancel or close; "" if it has none.
func (s *source) callee(call *ast.CallExpr) string {
	if call == nil {
		return ""
	}
	var name *ast.Ident
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		name = fun
	case *ast.SelectorExpr:
		name = fun.Sel
	default:
		return ""
	}
	switch obj := s.info.Uses[name].(type) {
	case *types.Func:
		return obj.Origin().FullName()
	case *types.Builtin:
		return obj.Name()
	case *types.Var:
		if named, ok := obj.Type().(*types.Named); ok && named.Obj().Name() == "CancelFunc" && named.Obj().Pkg().Path() == "context" {
			return "context.CancelFunc"
		}
	}
	return ""
}

// receiver returns the text of what a method is called on.
func (s *source) receiver(call *ast.CallExpr) string {
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
		return s.text(sel.X)
	}
	return ""
}

// kinds says what a call does for synchronisation, in the words of the
// operators that leave it out.
var kinds = map[string]string{
	"(*sync.Mutex).Lock": "lock", "(*sync.RWMutex).Lock": "lock", "(*sync.RWMutex).RLock": "lock", "(sync.Locker).Lock": "lock",
	"(*sync.Mutex).Unlock": "unlock", "(*sync.RWMutex).Unlock": "unlock", "(*sync.RWMutex).RUnlock": "unlock", "(sync.Locker).Unlock": "unlock",
	"(*sync.Cond).Wait": "wait", "(*sync.WaitGroup).Wait": "wait",
	"(*sync.Cond).Signal": "signal", "(*sync.Cond).Broadcast": "signal",
	"(*sync.WaitGroup).Add": "add", "(*sync.WaitGroup).Done": "done", "(*sync.WaitGroup).Go": "go",
	"close": "close", "context.CancelFunc": "cancel",
}

// kind returns what a statement does for synchronisation; "" for nothing.
func (s *source) kind(stmt ast.Stmt) string {
	switch stmt := stmt.(type) {
	case *ast.SendStmt:
		return "send"
	case *ast.GoStmt:
		return "go"
	case *ast.ExprStmt:
		if recv, ok := ast.Unparen(stmt.X).(*ast.UnaryExpr); ok && recv.Op == token.ARROW {
			return "receive"
		}
	}
	return kinds[s.callee(callIn(stmt))]
}

// integer tells whether an expression is of an integer type.
func (s *source) integer(e ast.Expr) bool {
	t := s.info.TypeOf(e)
	if t == nil {
		return false
	}
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsInteger != 0
}
