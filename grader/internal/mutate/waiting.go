package mutate

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"
)

// conditionVariables wakes one for all, and looks once where it has to look
// again.
func conditionVariables(s *source, n ast.Node, emit emitter) {
	switch n := n.(type) {
	case *ast.CallExpr:
		if s.callee(n) == "(*sync.Cond).Broadcast" {
			emit("signal-for-broadcast", n.Pos(), s.replace(n.Fun.(*ast.SelectorExpr).Sel, "Signal"))
		}
	case *ast.ForStmt:
		if n.Init == nil && n.Cond != nil && n.Post == nil && s.waits(n.Body) {
			emit("if-for-loop", n.Pos(), s.between(n.Pos(), n.Cond.Pos(), "if "))
		}
	}
}

// waits tells whether a block calls Wait of a condition variable.
func (s *source) waits(body *ast.BlockStmt) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			found = found || s.callee(call) == "(*sync.Cond).Wait"
		}
		_, lit := n.(*ast.FuncLit)
		return !lit
	})
	return found
}

// once calls what is to be called once each time.
func once(s *source, n ast.Node, emit emitter) {
	if call, ok := n.(*ast.CallExpr); ok && s.callee(call) == "(*sync.Once).Do" {
		emit("drop-once", call.Pos(), s.between(call.Pos(), call.Args[0].Pos(), ""), s.between(call.Args[0].End(), call.End(), "()"))
	}
}

// atomics takes atomic operations apart.
func atomics(s *source, n ast.Node, emit emitter) {
	call, ok := n.(*ast.CallExpr)
	if !ok {
		return
	}
	name, ok := strings.CutPrefix(s.callee(call), "(*sync/atomic.")
	if !ok {
		return
	}
	x := s.receiver(call)
	args := make([]string, len(call.Args))
	for i, a := range call.Args {
		args[i] = s.text(a)
	}
	switch _, method, _ := strings.Cut(name, ")."); method {
	case "Add":
		typ := types.TypeString(s.info.TypeOf(call), types.RelativeTo(nil))
		emit("split-atomic", call.Pos(), s.replace(call, fmt.Sprintf("func() %s { v := %s.Load() + %s; %s.Store(v); return v }()", typ, x, args[0], x)))
	case "CompareAndSwap":
		emit("split-atomic", call.Pos(), s.replace(call, fmt.Sprintf("func() bool { if %s.Load() != %s { return false }; %s.Store(%s); return true }()", x, args[0], x, args[1])))
	}
}
