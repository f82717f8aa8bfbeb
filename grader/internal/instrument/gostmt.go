package instrument

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// goStmt edits go f(a, b). The function value and the arguments are evaluated
// where the statement stands, into temporaries, and the call moves into a
// function literal.
func (r *rewriter) goStmt(n *ast.GoStmt) {
	call := n.Call
	none := types.NewSignatureType(nil, nil, nil, nil, nil, false)
	if len(call.Args) == 0 && !r.info.Types[call.Fun].IsBuiltin() && types.AssignableTo(r.info.TypeOf(call.Fun), none) {
		r.keyword(n.Go, len("go"), call.Pos(), r.rt("Go("))
		if call.Rparen == call.Lparen+1 {
			r.replace(call.Lparen, call.Rparen+1, ")")
		} else {
			r.replace(call.Lparen, call.Lparen+1, ",") // a line may end before the parenthesis
		}
		return
	}

	r.late(late{n.Go, len("go"), call, r.rt("Go(func() { "), " })"})
}

// A late is a call that takes place later than the statement it is part of. It
// moves into a function literal, between open and end.
type late struct {
	pos       token.Pos // of the keyword
	keyword   int       // its length
	call      *ast.CallExpr
	open, end string
}

func (r *rewriter) late(n late) {
	last := -1 // of the arguments that have to be evaluated
	for i, arg := range n.call.Args {
		if !r.stays(arg) {
			last = i
		}
	}
	if last < 0 && r.static(n.call.Fun) {
		r.keyword(n.pos, n.keyword, n.call.Pos(), n.open)
		r.after(n.call.End(), n.end)
		return
	}
	r.hoist(n, last)
}

// hoist turns go f(a, 1, b) into { k1 := a; k2 := b; R.Go(func() { f(k1, 1, k2) }) }.
// What has to be evaluated, up to the last argument of that kind, stays where
// it is; the rest moves to the end.
func (r *rewriter) hoist(n late, last int) {
	call := n.call
	body := r.move(call.Rparen)
	body.put("; ")
	body.to(n.pos) // the call is reported by the line of its statement
	body.put(n.open)
	r.keyword(n.pos, n.keyword, call.Pos(), "{ ")
	if r.static(call.Fun) {
		body.node(call.Fun)
		r.cut(call.Fun, "")
		r.replace(call.Lparen, call.Lparen+1, "")
	} else {
		f := r.names.temp()
		body.put(f)
		r.before(call.Fun.Pos(), f+" := ")
		separator := ""
		if last >= 0 {
			separator = "; "
		}
		r.replace(call.Lparen, call.Lparen+1, separator)
	}
	body.put("(")
	for i, arg := range call.Args {
		if i > 0 {
			body.put(", ")
		}
		separator := ""
		if r.stays(arg) {
			body.node(arg)
			r.cut(arg, "")
		} else {
			body.put(r.temps(arg))
			if i < last {
				separator = ";"
			}
		}
		end := call.Rparen
		if i+1 < len(call.Args) {
			end = call.Args[i+1].Pos()
		}
		if comma := r.find(token.COMMA, arg.End(), end); comma.IsValid() {
			r.replace(comma, comma+1, separator)
		}
	}
	if call.Ellipsis.IsValid() {
		body.put("...")
		r.replace(call.Ellipsis, call.Ellipsis+3, "")
	}
	body.put(")" + n.end)
	body.to(call.Rparen)
	body.put(" }")
	r.replace(call.Rparen, call.Rparen+1, body.out.String())
}

// temps assigns the values of an argument to temporaries, and returns their
// names as the call lists them.
func (r *rewriter) temps(arg ast.Expr) string {
	count := 1
	if values, ok := r.info.TypeOf(arg).(*types.Tuple); ok { // go f(g())
		count = values.Len()
	}
	var temps []string
	for range count {
		temps = append(temps, r.names.temp())
	}
	list := strings.Join(temps, ", ")
	assign, end := list+" := ", ""
	if convert, _ := r.conversion(arg); convert != "" {
		assign, end = assign+convert+"(", ")"
	}
	r.before(arg.Pos(), assign)
	r.after(arg.End(), end)
	return list
}

// conversion returns the type that an argument must be converted to, because
// it has none of its own and another one by default; "" if it need not be. It
// fails if the type cannot be spelled.
func (r *rewriter) conversion(arg ast.Expr) (convert string, ok bool) {
	t := r.info.TypeOf(arg)
	if !r.untyped(arg) || t == types.Typ[types.Bool] {
		return "", true
	}
	return r.placeAt(r.syntax, arg.Pos()).spell(t)
}

// untyped tells whether an expression that is not constant may be untyped: a
// comparison, or a shift of a constant, or made of these. Constants in it
// count as untyped; a conversion too many does no harm.
func (r *rewriter) untyped(e ast.Expr) bool {
	if r.info.Types[e].Value != nil {
		return true
	}
	switch e := e.(type) {
	case *ast.ParenExpr:
		return r.untyped(e.X)
	case *ast.UnaryExpr:
		return e.Op != token.AND && e.Op != token.ARROW && r.untyped(e.X)
	case *ast.BinaryExpr:
		switch e.Op {
		case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
			return true
		case token.SHL, token.SHR:
			return r.untyped(e.X)
		}
		return r.untyped(e.X) && r.untyped(e.Y)
	}
	return false
}

// stays tells whether an argument can be evaluated by the new goroutine,
// because it is the same at any time.
func (r *rewriter) stays(arg ast.Expr) bool {
	tv := r.info.Types[arg]
	if tv.Value != nil || tv.IsNil() || r.static(arg) {
		return true
	}
	_, ok := r.conversion(arg)
	return !ok
}

// static tells whether e names a declared function, a method of a type, or a
// builtin, possibly instantiated.
func (r *rewriter) static(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.ParenExpr:
		return r.static(e.X)
	case *ast.IndexExpr:
		return r.static(e.X)
	case *ast.IndexListExpr:
		return r.static(e.X)
	case *ast.Ident:
		return isFunc(r.info.Uses[e])
	case *ast.SelectorExpr:
		if sel := r.info.Selections[e]; sel != nil {
			return sel.Kind() == types.MethodExpr
		}
		return isFunc(r.info.Uses[e.Sel])
	}
	return false
}

func isFunc(obj types.Object) bool {
	switch obj.(type) {
	case *types.Func, *types.Builtin:
		return true
	}
	return false
}
