package mutate

import (
	"errors"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"example.com/gokata/grader"
)

// complete returns the package with one of its files replaced by a mutant; nil
// if it does not compile. An import or a variable that the mutant has no more
// use for is no reason: whoever makes the mistake removes it, too.
func (p Package) complete(mutant grader.File) []grader.File {
	sources, bad := p.check(p.with(mutant))
	if len(bad) == 0 {
		return p.with(mutant)
	}
	i := slices.IndexFunc(sources, func(s *source) bool { return s.file.Name == mutant.Name })
	if i < 0 {
		return nil
	}
	s := sources[i]
	var edits []edit
	for _, err := range bad {
		var te types.Error
		if !errors.As(err, &te) {
			return nil
		}
		e, ok := s.use(te)
		if !ok {
			return nil
		}
		edits = append(edits, e)
	}
	mutant.Data = apply(mutant.Data, edits)
	if _, bad := p.check(p.with(mutant)); len(bad) > 0 {
		return nil
	}
	return p.with(mutant)
}

// use returns the edit that makes use of what the compiler says is not used.
func (s *source) use(err types.Error) (edit, bool) {
	if strings.HasSuffix(err.Msg, " imported and not used") {
		for _, spec := range s.ast.Imports {
			if spec.Pos() == err.Pos {
				return s.between(spec.Pos(), spec.Path.Pos(), "_ "), true
			}
		}
	}
	name, ok := strings.CutPrefix(err.Msg, "declared and not used: ")
	if !ok {
		return edit{}, false
	}
	var declaration ast.Stmt
	ast.Inspect(s.ast, func(n ast.Node) bool {
		for _, stmt := range statements(n) {
			if stmt.Pos() <= err.Pos && err.Pos < stmt.End() && declares(stmt) {
				declaration = stmt
			}
		}
		return true
	})
	if declaration == nil {
		return edit{}, false
	}
	return s.insert(declaration.End(), "; _ = "+name), true
}

// declares tells whether a statement may declare variables for those behind it.
func declares(stmt ast.Stmt) bool {
	switch stmt := stmt.(type) {
	case *ast.DeclStmt:
		return true
	case *ast.AssignStmt:
		return stmt.Tok == token.DEFINE
	}
	return false
}

// with returns the files with one of them replaced.
func (p Package) with(file grader.File) []grader.File {
	files := slices.Clone(p.Files)
	for i := range files {
		if files[i].Name == file.Name {
			files[i] = file
		}
	}
	return files
}
