package mutate

import (
	"go/ast"
	"go/types"
)

// selects leaves out cases.
func selects(s *source, n ast.Node, emit emitter) {
	sel, ok := n.(*ast.SelectStmt)
	if !ok || len(sel.Body.List) < 2 {
		return
	}
	for _, clause := range sel.Body.List {
		emit("drop-case", clause.Pos(), s.replace(clause, ""))
	}
}

// buffers takes buffers away and adds them.
func buffers(s *source, n ast.Node, emit emitter) {
	call, ok := n.(*ast.CallExpr)
	if !ok || s.callee(call) != "make" {
		return
	}
	if _, ok := s.info.TypeOf(call).Underlying().(*types.Chan); !ok {
		return
	}
	typ := call.Args[0]
	if len(call.Args) == 1 {
		emit("buffer", call.Pos(), s.insert(typ.End(), ", 1"))
		return
	}
	emit("unbuffer", call.Pos(), s.between(typ.End(), call.Args[1].End(), ""))
}

// contexts turns a deaf ear to contexts.
func contexts(s *source, n ast.Node, emit emitter) {
	call, ok := n.(*ast.CallExpr)
	if !ok {
		return
	}
	if s.callee(call) == "(context.Context).Done" {
		emit("ignore-done", call.Pos(), s.replace(call, "(<-chan struct{})(nil)"))
		return
	}
	pkg := s.importName("context")
	for _, arg := range call.Args {
		inner, made := ast.Unparen(arg).(*ast.CallExpr)
		if made && (s.callee(inner) == "context.Background" || s.callee(inner) == "context.TODO") {
			continue
		}
		if t := s.info.TypeOf(arg); pkg != "" && t != nil && t.String() == "context.Context" {
			emit("background-for-context", arg.Pos(), s.replace(arg, pkg+".Background()"))
		}
	}
}

// importName returns the name that a package goes by in the file; "" if it is
// not imported under a name.
func (s *source) importName(path string) string {
	for _, spec := range s.ast.Imports {
		if spec.Path.Value != `"`+path+`"` {
			continue
		}
		switch {
		case spec.Name == nil:
			return path
		case spec.Name.Name != "_" && spec.Name.Name != ".":
			return spec.Name.Name
		}
	}
	return ""
}
