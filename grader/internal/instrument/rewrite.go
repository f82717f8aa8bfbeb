package instrument

import (
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
)

// rtPath is the package that rewritten code calls.
const rtPath = "example.com/gokata/grader/rt"

// A twin is a package that stands in for another one.
type twin struct{ path, name string }

// twins are the packages that stand in for standard ones, with their names.
var twins = map[string]twin{
	"context":     {rtPath + "/context", "context"},
	"runtime":     {rtPath + "/runtime", "runtime"},
	"sync":        {rtPath + "/sync", "sync"},
	"sync/atomic": {rtPath + "/atomic", "atomic"},
	"time":        {rtPath + "/time", "time"},
}

// testingTwin stands in for package testing where tests are explored.
var testingTwin = twin{rtPath + "/testing", "testing"}

// A rewriter edits one file.
type rewriter struct {
	*pkg
	*text
	syntax  *ast.File
	usesRT  bool
	comm    map[ast.Node]string // operations of select clauses, and their temporaries
	origins bool                // it asks for the stacks of goroutines, which tell where they were started
	first   string              // the function that declares shared loop variables, if any
	added   []string            // declarations that follow the file's own
}

// twin returns what stands in for the package at path, if anything does.
func (p *pkg) twin(path string) (twin, bool) {
	if path == "testing" {
		return testingTwin, p.tests
	}
	t, ok := twins[path]
	return t, ok
}

// rt is how a name of grader/rt is written.
func (r *rewriter) rt(name string) string {
	r.usesRT = true
	return r.names.rt() + "." + name
}

// rewrite edits every node of the file, those inside a node before it.
func (r *rewriter) rewrite() {
	r.exits()
	var stack []ast.Node
	ast.Inspect(r.syntax, func(n ast.Node) bool {
		if n != nil {
			stack = append(stack, n)
			if s, ok := n.(*ast.SelectStmt); ok {
				r.enterSelect(s)
			}
			return true
		}
		n, stack = stack[len(stack)-1], stack[:len(stack)-1]
		r.leave(n)
		return true
	})
}

// finish returns the file's new text.
func (r *rewriter) finish() string {
	if r.origins {
		r.added = append(r.added, "func init() { "+r.rt("KeepOrigins")+"() }\n")
	}
	if r.usesRT {
		r.after(r.syntax.Name.End(), "; import "+r.names.rt()+" "+strconv.Quote(rtPath))
	}
	text := r.renderOffsets(0, len(r.src))
	for _, decl := range r.added {
		text += "\n" + decl
	}
	return text
}

func (r *rewriter) leave(n ast.Node) {
	switch n := n.(type) {
	case *ast.ImportSpec:
		r.importSpec(n)
	case *ast.Ident:
		r.origins = r.origins || r.is(n, "runtime", "Stack") || r.is(n, "runtime", "Goexit")
	case *ast.SendStmt:
		r.send(n)
	case *ast.UnaryExpr:
		if n.Op == token.ARROW {
			r.receive(n)
		}
	case *ast.CallExpr:
		if id, ok := ast.Unparen(n.Fun).(*ast.Ident); ok && r.info.Uses[id] == types.Universe.Lookup("close") {
			r.close(n)
		}
	case *ast.RangeStmt:
		if isChan(r.info.TypeOf(n.X)) {
			r.rangeChan(n)
		} else if isCount(r.info.TypeOf(n.X)) {
			r.spin(n.Body)
		}
	case *ast.ForStmt:
		r.spin(n.Body)
	case *ast.FuncDecl:
		if n.Body != nil {
			r.enterFunc(n.Body)
		}
	case *ast.FuncLit:
		r.enterFunc(n.Body)
	case *ast.BranchStmt:
		r.branch(n)
	case *ast.GoStmt:
		r.goStmt(n)
	case *ast.DeferStmt:
		r.deferStmt(n)
	case *ast.SelectStmt:
		r.leaveSelect(n)
	}
}

func (r *rewriter) importSpec(n *ast.ImportSpec) {
	path, _ := strconv.Unquote(n.Path.Value)
	twin, ok := r.twin(path)
	if !ok {
		return
	}
	name := twin.name + " "
	if n.Name != nil {
		name = "" // it has one already, or is a dot
	}
	r.replace(n.Path.Pos(), n.Path.End(), name+strconv.Quote(twin.path))
}

// send edits c <- v. In a select it makes the case of it.
func (r *rewriter) send(n *ast.SendStmt) {
	method := ").Send("
	if r.comm[n] != "" {
		method = ").Case("
	}
	r.before(n.Pos(), r.rt("To("))
	r.keyword(n.Arrow, len("<-"), n.Value.Pos(), method)
	if n.Chan.End() < n.Arrow && r.blank(n.Chan.End(), n.Arrow) {
		r.replace(n.Chan.End(), n.Arrow, "")
	}
	r.after(n.End(), ")")
}

// receive edits <-c, wherever it stands.
func (r *rewriter) receive(n *ast.UnaryExpr) {
	call, end := r.rt("Recv("), ")"
	if r.comm[n] != "" {
		call = r.rt("RecvCase(")
	} else if values, ok := r.info.TypeOf(n).(*types.Tuple); ok { // go/types says so where ok is wanted
		call, end = r.commaOK(n, values, r.rt("Recv2("), ")")
	}
	r.keyword(n.OpPos, len("<-"), n.X.Pos(), call)
	r.after(n.End(), end)
}

// close edits close(c).
func (r *rewriter) close(n *ast.CallExpr) {
	if !sameElem(r.info.TypeOf(n.Args[0])) {
		r.refuse(n.Pos(), "a close whose type parameter stands for channels of different elements cannot be rewritten; write a function for each")
		return
	}
	r.replace(n.Fun.Pos(), n.Fun.End(), r.rt("Close"))
}

// commaOK returns call and end such that their second value, a bool, can be
// assigned to whatever wants it. The ok of v, ok = <-c is untyped, so that may
// be a variable of any bool type, which only a function with that result can
// give.
func (r *rewriter) commaOK(n ast.Node, values *types.Tuple, call, end string) (string, string) {
	value, ok := values.At(0).Type(), types.Unalias(values.At(1).Type())
	switch ok.(type) {
	case *types.TypeParam:
	case *types.Named:
		if types.IsInterface(ok) {
			return call, end
		}
	default:
		return call, end
	}
	here := r.placeAt(r.syntax, n.Pos())
	v, ok1 := here.spell(value)
	b, ok2 := here.spell(ok)
	if !ok1 || !ok2 {
		return call, end
	}
	x, y := r.names.temp(), r.names.temp()
	return "func() (" + v + ", " + b + ") { " + x + ", " + y + " := " + call,
		end + "; return " + x + ", " + b + "(" + y + ") }()"
}
