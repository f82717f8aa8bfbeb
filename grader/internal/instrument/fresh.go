package instrument

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"example.com/gokata/grader"
)

// A state gathers what a package does before main: variables to set to zero,
// initialisers, and init functions.
type state struct {
	*pkg
	vars    []string            // variables, in source order
	decls   []string            // declarations that move to the generated file
	values  map[ast.Expr]string // initialisers, and the functions they became
	inits   []string            // what became of init functions, in source order
	imports map[*types.Package]string
	order   []*types.Package // of imports
}

func newState(p *pkg) *state {
	return &state{pkg: p, values: map[ast.Expr]string{}, imports: map[*types.Package]string{}}
}

// take edits the declarations of one file, whose bodies have been rewritten.
func (s *state) take(r *rewriter) {
	for _, d := range r.syntax.Decls {
		switch d := d.(type) {
		case *ast.GenDecl:
			if d.Tok == token.VAR && len(d.Specs) > 0 {
				s.varDecl(r, d)
			}
		case *ast.FuncDecl:
			if d.Recv == nil && d.Name.Name == "init" {
				f := s.names.init()
				s.inits = append(s.inits, f)
				r.replace(d.Name.Pos(), d.Name.End(), f)
			}
		}
	}
}

// varDecl edits a declaration of variables. A group is dissolved, so that
// functions can stand between its members.
func (s *state) varDecl(r *rewriter, d *ast.GenDecl) {
	keyword := "" // what a member needs before it to be a declaration
	if d.Lparen.IsValid() {
		keyword = "var "
		r.keyword(d.TokPos, len("var"), d.Lparen, "")
		r.replace(d.Lparen, d.Lparen+1, "")
		r.replace(d.Rparen, d.Rparen+1, "")
		r.semicolon(d)
	}
	for _, spec := range d.Specs {
		spec := spec.(*ast.ValueSpec)
		switch {
		case r.embeds(spec):
			r.before(spec.Pos(), keyword)
			continue
		case len(spec.Values) == 0:
			r.before(spec.Pos(), keyword)
		default:
			s.initialise(r, d, spec, keyword)
		}
		for _, name := range spec.Names {
			if name.Name != "_" {
				s.vars = append(s.vars, name.Name)
			}
		}
	}
}

// semicolon takes out the semicolon behind a group, if the one inside it can
// do its work: there is no empty declaration.
func (r *rewriter) semicolon(d *ast.GenDecl) {
	last := d.Specs[len(d.Specs)-1].End()
	inside := strings.Contains(r.source(last, d.Rparen), "\n") || r.find(token.SEMICOLON, last, d.Rparen).IsValid()
	first := true
	r.scan(d.Rparen+1, r.syntax.FileEnd, func(pos token.Pos, tok token.Token, _ string) {
		if first && inside && tok == token.SEMICOLON {
			r.replace(pos, pos+1, "")
		}
		first = first && tok == token.COMMENT
	})
}

// embeds tells whether the go command fills in a variable. Blank lines may
// stand behind the directive, so the variable's doc comment is not enough.
func (r *rewriter) embeds(spec *ast.ValueSpec) bool {
	for _, group := range r.syntax.Comments {
		for _, c := range group.List {
			if !strings.HasPrefix(c.Text, "//go:embed ") || c.Pos() > spec.Pos() {
				continue
			}
			between := false
			r.scan(c.Pos(), spec.Pos(), func(_ token.Pos, tok token.Token, _ string) {
				between = between || tok != token.COMMENT && tok != token.VAR
			})
			if !between {
				return true
			}
		}
	}
	return false
}

// initialise turns the initialisers of one declaration into functions.
func (s *state) initialise(r *rewriter, d *ast.GenDecl, spec *ast.ValueSpec, keyword string) {
	from, to := spec.Pos(), spec.Values[0].Pos()
	movable := spec.Type == nil && s.declare(spec.Names)
	if movable {
		if keyword == "" {
			from = d.Pos()
		}
		r.replace(from, to, r.comments(from, to))
	} else {
		equals := r.find(token.ASSIGN, spec.Names[len(spec.Names)-1].End(), to)
		if spec.Type != nil {
			equals = r.find(token.ASSIGN, spec.Type.End(), to)
		}
		// A type that cannot be spelled is that of the value.
		copied := ""
		if spec.Type == nil {
			m := r.move(to)
			for i, v := range spec.Values {
				if i > 0 {
					m.put(", ")
				}
				m.node(v)
			}
			m.to(to)
			copied = "= " + m.out.String()
		}
		r.keyword(equals, len("="), to, copied+"; ")
		r.before(from, keyword)
	}

	if len(spec.Values) < len(spec.Names) { // var a, b = f()
		var names []string
		for _, name := range spec.Names {
			names = append(names, name.Name)
		}
		s.initialiser(r, spec.Values[0], strings.Join(names, ", ")+" = ")
		return
	}
	for i, v := range spec.Values {
		assign := spec.Names[i].Name + " = "
		if assign == "_ = " && spec.Type != nil {
			// Values such as nil have no type of their own.
			m := r.move(v.Pos())
			m.put("var _ ")
			m.node(spec.Type)
			m.put(" = ")
			m.to(v.Pos())
			assign = m.out.String()
		}
		s.initialiser(r, v, assign)
		if i > 0 {
			comma := r.find(token.COMMA, spec.Values[i-1].End(), v.Pos())
			r.replace(comma, comma+1, ";")
		}
	}
}

// initialiser makes a function of the value v.
func (s *state) initialiser(r *rewriter, v ast.Expr, assign string) {
	f := s.names.init()
	s.values[v] = f
	r.before(v.Pos(), "func "+f+"() { "+assign)
	r.after(v.End(), " }")
}

// declare adds variables to the generated file, all or none.
func (s *state) declare(names []*ast.Ident) bool {
	place := s.generated()
	var decls []string
	for _, name := range names {
		if name.Name == "_" {
			continue
		}
		t := s.info.Defs[name].Type()
		text, ok := place.spell(t)
		if !ok {
			return false
		}
		decls = append(decls, "var "+name.Name+" "+text)
	}
	s.decls = append(s.decls, decls...)
	return true
}

// generated is the generated file as a place for types: it imports what they
// need.
func (s *state) generated() *place {
	return &place{
		home: s.types,
		visible: func(obj types.Object) bool {
			switch obj.Pkg() {
			case nil: // predeclared
				return s.types.Scope().Lookup(obj.Name()) == nil
			case s.types:
				return obj.Parent() == s.types.Scope()
			}
			return obj.Exported() && s.importable(obj.Pkg())
		},
		qualify: func(other *types.Package) string {
			if other == s.types {
				return ""
			}
			if s.imports[other] == "" {
				s.imports[other] = s.names.temp()
				s.order = append(s.order, other)
			}
			return s.imports[other]
		},
	}
}

// importable tells whether the package may import other, which it does, or
// which one of its imports does.
func (s *state) importable(other *types.Package) bool {
	path := "/" + other.Path() + "/"
	hidden := strings.Contains(path, "/internal/") || strings.Contains(path, "/vendor/")
	return !hidden || slices.Contains(s.types.Imports(), other)
}

// file returns the generated file.
func (s *state) file(path string, others []grader.File) grader.File {
	var out strings.Builder
	put := func(format string, args ...any) { fmt.Fprintf(&out, format+"\n", args...) }
	rt := s.names.rt()
	put("// Code generated by gokata. DO NOT EDIT.\n\npackage %s\n", s.types.Name())
	put("import %s %q", rt, rtPath)
	for _, other := range s.order {
		from := other.Path()
		if twin, ok := s.twin(from); ok {
			from = twin.path
		}
		put("import %s %q", s.imports[other], from)
	}
	put("")
	for _, d := range s.decls {
		put("%s", d)
	}
	put("\nfunc init() {\n\t%s.Fresh(%s, func() {", rt, strconv.Quote(path))
	for _, v := range s.vars {
		put("\t\t%s.Zero(&%s)", rt, v)
	}
	for _, init := range s.info.InitOrder {
		if f := s.values[init.Rhs]; f != "" {
			put("\t\t%s()", f)
		}
	}
	for _, f := range s.inits {
		put("\t\t%s()", f)
	}
	put("\t})\n}")

	name := s.names.prefix + "_fresh.go"
	for slices.ContainsFunc(others, func(f grader.File) bool { return f.Name == name }) {
		name = strings.TrimSuffix(name, "fresh.go") + "_fresh.go"
	}
	return grader.File{Name: name, Data: []byte(out.String())}
}
