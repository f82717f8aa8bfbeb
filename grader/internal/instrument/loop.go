package instrument

import (
	"go/ast"
	"go/token"
	"go/types"
)

// spin makes a scheduling point of every round of a loop: it may be waiting
// for another goroutine without any other operation.
func (r *rewriter) spin(body *ast.BlockStmt) {
	r.before(body.Lbrace+1, " "+r.rt("Spin();"))
}

// enterFunc makes a scheduling point of the entry to a function, so that
// recursion is bounded as loops are. A function that calls nobody needs none.
func (r *rewriter) enterFunc(body *ast.BlockStmt) {
	calls := false
	ast.Inspect(body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			fun := r.info.Types[call.Fun]
			calls = calls || !fun.IsBuiltin() && !fun.IsType()
		}
		return !calls
	})
	if calls {
		r.spin(body)
	}
}

// isCount tells whether t is what a range over an integer ranges over.
func isCount(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsInteger != 0
}

// branch makes a scheduling point of a jump backwards. The point stands
// before the jump and not behind the label, because the label may have to stay
// on its loop.
func (r *rewriter) branch(n *ast.BranchStmt) {
	if n.Tok == token.GOTO && r.info.Uses[n.Label].Pos() < n.Pos() {
		r.before(n.Pos(), "{ "+r.rt("Spin(); "))
		r.after(n.End(), " }")
	}
}

// rangeChan edits for v := range c { … } over a channel. The body keeps a
// block of its own, since it may declare v again. A range over a function
// would be shorter, but recover does not work inside of one.
func (r *rewriter) rangeChan(n *ast.RangeStmt) {
	c, v := r.names.temp(), ""
	if id, ok := n.Key.(*ast.Ident); n.Key != nil && !(ok && id.Name == "_") {
		v = r.names.temp()
	}
	ok := r.names.temp()
	head := r.move(n.Body.Lbrace)
	head.put(" ")
	head.to(n.For)
	from := n.Range
	if n.Key != nil {
		from = n.Key.Pos()
	}
	if v == "" {
		head.put("if _, " + ok + " := " + r.rt("Recv2(") + c + "); !" + ok + " { break }; {")
	} else {
		head.put(v + ", " + ok + " := " + r.rt("Recv2(") + c + "); if !" + ok + " { break }; ")
		head.node(n.Key)
		head.put(" " + n.Tok.String() + " " + v + "; {")
	}
	head.to(n.Body.Lbrace + 1)
	r.replace(from, n.X.Pos(), r.comments(from, n.X.Pos())+c+" := ")
	r.after(n.X.End(), "; ;")
	r.before(n.Body.Lbrace+1, head.out.String())
	r.after(n.End(), "}")
}

// isChan tells whether t is a channel, or a type parameter that stands for
// channels.
func isChan(t types.Type) bool {
	if p, ok := types.Unalias(t).(*types.TypeParam); ok {
		return holdsChan(p.Constraint())
	}
	_, ok := t.Underlying().(*types.Chan)
	return ok
}

// holdsChan tells whether a constraint names a channel type. One is enough:
// code that ranges over the type parameter compiles only if all are channels.
func holdsChan(t types.Type) bool {
	switch t := t.Underlying().(type) {
	case *types.Chan:
		return true
	case *types.Interface:
		for e := range t.EmbeddedTypes() {
			if holdsChan(e) {
				return true
			}
		}
	case *types.Union:
		return holdsChan(t.Term(0).Type())
	}
	return false
}
