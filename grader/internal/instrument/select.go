package instrument

import (
	"go/ast"
	"go/types"
	"strconv"
	"strings"
)

// enterSelect names a temporary for each operation that a select chooses
// from, so that its operation is edited as a case and not as itself.
func (r *rewriter) enterSelect(n *ast.SelectStmt) {
	for _, s := range n.Body.List {
		if comm := s.(*ast.CommClause).Comm; comm != nil {
			r.comm[operation(comm)] = r.names.temp()
		}
	}
}

// operation returns the send or receive of a select clause.
func operation(comm ast.Stmt) ast.Node {
	switch comm := comm.(type) {
	case *ast.AssignStmt:
		return ast.Unparen(comm.Rhs[0])
	case *ast.ExprStmt:
		return ast.Unparen(comm.X)
	}
	return comm // a send
}

// leaveSelect makes a switch of a select. Operations move to its head and
// become cases; the clauses stay where they are.
func (r *rewriter) leaveSelect(n *ast.SelectStmt) {
	if len(n.Body.List) == 0 {
		// The select stays, because a statement that ends a function must
		// still do so.
		r.before(n.Pos(), "{ "+r.rt("Forever(); "))
		r.after(n.End(), " }")
		return
	}
	var temps []string
	var clauses []*ast.CommClause
	for _, s := range n.Body.List {
		if c := s.(*ast.CommClause); c.Comm != nil {
			clauses = append(clauses, c)
			temps = append(temps, r.comm[operation(c.Comm)])
		}
	}
	blocks := len(clauses) == len(n.Body.List)

	head := r.move(n.Body.Lbrace)
	if len(temps) > 0 {
		head.put(strings.Join(temps, ", ") + " := ")
		for i, c := range clauses {
			if i > 0 {
				head.put(", ")
			}
			head.node(operation(c.Comm))
		}
		head.put("; ")
	}
	head.to(n.Select)
	args := append([]string{strconv.FormatBool(blocks)}, temps...)
	head.put(r.rt("Select(") + strings.Join(args, ", ") + ") ")
	head.to(n.Body.Lbrace)
	r.keyword(n.Select, len("select"), n.Body.Lbrace, "switch ")
	r.before(n.Body.Lbrace, head.out.String())

	for i, c := range clauses {
		r.clause(c, i, temps[i], blocks && i == len(clauses)-1)
	}
}

// clause edits what is left of the i-th clause once its operation has moved
// away. A select that blocks always chooses something, so its last clause is
// written as the default.
func (r *rewriter) clause(c *ast.CommClause, i int, temp string, last bool) {
	assign, ok := c.Comm.(*ast.AssignStmt)
	switch {
	case ok && last:
		r.keyword(c.Case, len("case"), c.Comm.Pos(), "default: ")
	case ok:
		r.before(c.Comm.Pos(), strconv.Itoa(i)+": ")
	case last:
		r.cut(c.Comm, "")
		r.keyword(c.Case, len("case"), c.Comm.Pos(), "default")
	default:
		r.cut(c.Comm, strconv.Itoa(i))
	}
	if !ok {
		return
	}
	value, end := temp+".Value(", ")"
	if values, ok := r.info.TypeOf(operation(assign).(ast.Expr)).(*types.Tuple); ok {
		value, end = r.commaOK(assign, values, temp+".Value2(", ")")
	}
	r.cut(assign.Rhs[0], value+end)
	r.replace(c.Colon, c.Colon+1, ";")
}
