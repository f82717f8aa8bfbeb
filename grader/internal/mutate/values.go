package mutate

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
)

// limits lets loops over a number run once more and once less.
func limits(s *source, n ast.Node, emit emitter) {
	if loop, ok := n.(*ast.RangeStmt); ok && s.integer(loop.X) {
		s.offByOne("limit", loop.X, emit)
	}
}

// constants changes numbers that are limits.
func constants(s *source, n ast.Node, emit emitter) {
	switch n := n.(type) {
	case *ast.BinaryExpr:
		if comparison(n.Op) {
			s.literal(n.X, emit)
			s.literal(n.Y, emit)
		}
	case *ast.CallExpr:
		switch callee := s.callee(n); {
		case callee == "make" && len(n.Args) > 1:
			if _, isMap := s.info.TypeOf(n).Underlying().(*types.Map); !isMap {
				s.offByOne("constant", n.Args[1], emit)
			}
		case callee == "(*sync.WaitGroup).Add":
			s.offByOne("constant", n.Args[0], emit)
		}
	}
}

func comparison(op token.Token) bool {
	switch op {
	case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
		return true
	}
	return false
}

// literal changes an expression if it is a number.
func (s *source) literal(e ast.Expr, emit emitter) {
	if lit, ok := ast.Unparen(e).(*ast.BasicLit); ok && lit.Kind == token.INT {
		s.offByOne("constant", e, emit)
	}
}

// offByOne makes an expression one more and one less.
func (s *source) offByOne(op string, e ast.Expr, emit emitter) {
	for _, by := range []int{1, -1} {
		text := s.text(e)
		if _, ok := e.(*ast.BinaryExpr); ok {
			text = "(" + text + ")"
		}
		text += fmt.Sprintf("%+d", by)
		if lit, ok := ast.Unparen(e).(*ast.BasicLit); ok {
			if v, err := strconv.Atoi(lit.Value); err == nil {
				text = strconv.Itoa(v + by)
			}
		}
		emit(op, e.Pos(), s.replace(e, text))
	}
}

// conditions turns conditions round.
func conditions(s *source, n ast.Node, emit emitter) {
	not := func(cond ast.Expr) {
		emit("negate", cond.Pos(), s.replace(cond, "!("+s.text(cond)+")"))
	}
	switch n := n.(type) {
	case *ast.IfStmt:
		not(n.Cond)
		emit("skip-if", n.Cond.Pos(), s.replace(n.Cond, "false && ("+s.text(n.Cond)+")"))
	case *ast.ForStmt:
		if n.Cond != nil {
			not(n.Cond)
		}
	case *ast.BinaryExpr:
		op, ok := map[token.Token]string{
			token.LSS: "<=", token.LEQ: "<", token.GTR: ">=", token.GEQ: ">",
			token.LAND: "||", token.LOR: "&&",
		}[n.Op]
		if !ok {
			return
		}
		name := "boundary"
		if n.Op == token.LAND || n.Op == token.LOR {
			name = "and-for-or"
		}
		emit(name, n.Pos(), s.operator(n.OpPos, n.Op, op))
	}
}

// arithmetic adds where it subtracts.
func arithmetic(s *source, n ast.Node, emit emitter) {
	other := map[token.Token]string{
		token.ADD: "-", token.SUB: "+", token.ADD_ASSIGN: "-=", token.SUB_ASSIGN: "+=", token.INC: "--", token.DEC: "++",
	}
	switch n := n.(type) {
	case *ast.BinaryExpr:
		if op, ok := other[n.Op]; ok && s.integer(n) {
			emit("arithmetic", n.Pos(), s.operator(n.OpPos, n.Op, op))
		}
	case *ast.AssignStmt:
		if op, ok := other[n.Tok]; ok && s.integer(n.Lhs[0]) {
			emit("arithmetic", n.Pos(), s.operator(n.TokPos, n.Tok, op))
		}
	case *ast.IncDecStmt:
		emit("arithmetic", n.Pos(), s.operator(n.TokPos, n.Tok, other[n.Tok]))
	}
}

func (s *source) operator(pos token.Pos, old token.Token, text string) edit {
	return s.between(pos, pos+token.Pos(len(old.String())), text)
}
