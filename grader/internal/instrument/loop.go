package instrument

import (
	"go/ast"
	"go/token"
	"go/version"
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
	shared := v != "" && n.Tok == token.DEFINE && r.sharesVariables()
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
		assign := n.Tok.String()
		if shared {
			assign = "="
		}
		head.put(v + ", " + ok + " := " + r.rt("Recv2(") + c + "); if !" + ok + " { break }; ")
		head.node(n.Key)
		head.put(" " + assign + " " + v + "; {")
	}
	head.to(n.Body.Lbrace + 1)
	init, end := c+" := ", ""
	if shared {
		init, end = c+", "+r.source(n.Key.Pos(), n.Key.End())+" := "+r.firstRound()+"(", ")"
	}
	r.replace(from, n.X.Pos(), r.comments(from, n.X.Pos())+init)
	r.after(n.X.End(), end+"; ;")
	r.before(n.Body.Lbrace+1, head.out.String())
	r.after(n.End(), "}")
}

// sharesVariables tells whether the variables of a loop in this file are the
// same in all its rounds.
func (r *rewriter) sharesVariables() bool {
	v := r.info.FileVersions[r.syntax]
	return v != "" && version.Compare(v, "go1.22") < 0
}

// firstRound returns the name of a function from a channel to itself and a
// zero element. The head of a loop can declare a variable with it whose type
// nobody has to spell.
func (r *rewriter) firstRound() string {
	if r.first == "" {
		r.first = r.names.temp()
		r.added = append(r.added, "func "+r.first+"[T interface{}](c <-chan T) (<-chan T, T) { var v T; return c, v }\n")
	}
	return r.first
}
