package engine_test

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/mod/modfile"
)

// copy puts the subject into a module that can be written to, and returns its
// directory.
func (s subject) copy(t *testing.T) string {
	dir := t.TempDir()
	if s.module != "" {
		s.copyModule(t, dir)
		return dir
	}
	if s.std != "" {
		s.copyStd(t, filepath.Join(dir, s.name))
		copyDir(t, filepath.Join(dir, "internal"), "testdata/packages/internal")
	}
	if own := filepath.Join("testdata/packages", s.name); exists(own) {
		copyDir(t, filepath.Join(dir, s.name), own)
	}
	write(t, filepath.Join(dir, "go.mod"), "module packages\n\ngo 1.26\n")
	return dir
}

func copyDir(t *testing.T, to, from string) {
	require.NoError(t, os.CopyFS(to, os.DirFS(from)))
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

func write(t *testing.T, name, text string) {
	require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o777))
	require.NoError(t, os.WriteFile(name, []byte(text), 0o666))
}

// goOutput returns what the go command prints in the root directory.
func goOutput(t *testing.T, args ...string) []byte {
	cmd := exec.CommandContext(t.Context(), "go", args...)
	cmd.Dir = root(t)
	out, err := cmd.Output()
	require.NoError(t, err)
	return out
}

// copyModule copies a module from the module cache.
func (s subject) copyModule(t *testing.T, dir string) {
	copyDir(t, dir, inCache(t, s.module))
	if s.needs != nil {
		s.require(t, dir)
	}
	edited := map[string]bool{}
	require.NoError(t, filepath.WalkDir(dir, func(name string, _ fs.DirEntry, err error) error {
		if strings.HasSuffix(name, "_test.go") {
			data, err := os.ReadFile(name)
			require.NoError(t, err)
			write(t, name, s.edit(string(data), edited))
		}
		return err
	}))
	assert.Len(t, edited, len(s.edits), "edits that found their text: %v", slices.Sorted(maps.Keys(edited)))
}

// edit returns a file's text as it is to be copied, and notes which edits found
// what they replace.
func (s subject) edit(text string, edited map[string]bool) string {
	for _, e := range s.edits {
		if strings.Contains(text, e.old) {
			text = strings.ReplaceAll(text, e.old, e.new)
			edited[e.old] = true
		}
	}
	return text
}

// inCache returns where a module lies that this module requires.
func inCache(t *testing.T, module string) string {
	var m struct{ Dir string }
	require.NoError(t, json.Unmarshal(goOutput(t, "list", "-m", "-json", module), &m))
	require.NotEmpty(t, m.Dir, "go.mod does not require %s, or go mod download has not been run", module)
	return m.Dir
}

// require lets the copy of a module use other modules in the versions that are
// in the cache.
func (s subject) require(t *testing.T, dir string) {
	data, err := os.ReadFile(filepath.Join(root(t), "go.mod"))
	require.NoError(t, err)
	ours, err := modfile.Parse("go.mod", data, nil)
	require.NoError(t, err)
	mod := fmt.Sprintf("module %s\n\ngo 1.26\n", s.module)
	for _, r := range ours.Require {
		if slices.Contains(s.needs, r.Mod.Path) {
			mod += fmt.Sprintf("\nrequire %s %s\n", r.Mod.Path, r.Mod.Version)
		}
	}
	write(t, filepath.Join(dir, "go.mod"), mod)
	sum, err := os.ReadFile(filepath.Join(root(t), "go.sum"))
	require.NoError(t, err)
	write(t, filepath.Join(dir, "go.sum"), string(sum))
}

// copyStd copies files of the standard library.
func (s subject) copyStd(t *testing.T, dir string) {
	goroot := strings.TrimSpace(string(goOutput(t, "env", "GOROOT")))
	names, err := filepath.Glob(filepath.Join(goroot, "src", filepath.FromSlash(s.std), "*.go"))
	require.NoError(t, err)
	if s.files == nil {
		for _, name := range names {
			text, err := os.ReadFile(name)
			require.NoError(t, err)
			write(t, filepath.Join(dir, filepath.Base(name)), string(text))
		}
		return
	}
	c := &cutter{subject: s, fset: token.NewFileSet(), edited: map[string]bool{}, leftOut: map[string]bool{}, needed: map[string]bool{}}
	for _, name := range names {
		if x, ok := strings.CutSuffix(filepath.Base(name), "_test.go"); ok && slices.Contains(s.files, x) {
			c.read(t, name)
		}
	}
	assert.Len(t, c.files, len(s.files), "files that were found")
	assert.Len(t, c.edited, len(s.edits), "edits that found their text: %v", slices.Sorted(maps.Keys(c.edited)))
	for c.mark() {
	}
	for _, f := range c.files {
		write(t, filepath.Join(dir, filepath.Base(f.name)), c.cut(f))
	}
	assert.Len(t, c.leftOut, len(s.leftOut), "tests that were left out: %v", slices.Sorted(maps.Keys(c.leftOut)))
}

// A cutter cuts out of test files whatever the tests that stay do not need,
// such as hooks into the runtime that only the tests that go have a use for.
type cutter struct {
	subject
	fset    *token.FileSet
	files   []cutFile
	edited  map[string]bool
	leftOut map[string]bool
	needed  map[string]bool // names of declarations
}

type cutFile struct {
	name, text string
	syntax     *ast.File
}

// read reads a file and edits it.
func (c *cutter) read(t *testing.T, name string) {
	data, err := os.ReadFile(name)
	require.NoError(t, err)
	text := c.edit(string(data), c.edited)
	syntax, err := parser.ParseFile(c.fset, name, text, parser.ParseComments|parser.SkipObjectResolution)
	require.NoError(t, err)
	c.files = append(c.files, cutFile{name, text, syntax})
}

// mark adds what the declarations that stay mention to what is needed, and
// tells whether that was anything new.
func (c *cutter) mark() bool {
	before := len(c.needed)
	for _, f := range c.files {
		for _, d := range f.syntax.Decls {
			if c.stays(d) {
				ast.Inspect(d, func(n ast.Node) bool {
					if id, ok := n.(*ast.Ident); ok {
						c.needed[id.Name] = true
					}
					return true
				})
			}
		}
	}
	return len(c.needed) > before
}

// stays tells whether a declaration is or may be needed by a test that stays.
func (c *cutter) stays(d ast.Decl) bool {
	switch d := d.(type) {
	case *ast.FuncDecl:
		name := d.Name.Name
		if _, ok := c.subject.leftOut[name]; ok {
			c.leftOut[name] = true
			return false
		}
		return d.Recv != nil || name == "init" || strings.HasPrefix(name, "Test") || c.needed[name]
	case *ast.GenDecl:
		return d.Tok != token.VAR || slices.ContainsFunc(d.Specs, func(s ast.Spec) bool {
			return slices.ContainsFunc(s.(*ast.ValueSpec).Names, func(id *ast.Ident) bool { return id.Name != "_" && c.needed[id.Name] })
		})
	}
	return true
}

// cut returns the text of a file without what is not needed. It imports our
// own stand-ins for internal packages.
func (c *cutter) cut(f cutFile) string {
	text := []byte(f.text)
	remove := func(n ast.Node, doc *ast.CommentGroup) {
		from, to := c.fset.Position(n.Pos()).Offset, c.fset.Position(n.End()).Offset
		if doc != nil { // with its directives
			from = c.fset.Position(doc.Pos()).Offset
		}
		for i := from; i < to; i++ {
			if text[i] != '\n' { // lines keep their numbers
				text[i] = ' '
			}
		}
	}
	used := map[string]bool{}
	for _, d := range f.syntax.Decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.IMPORT {
			continue
		}
		if !c.stays(d) {
			remove(d, docOf(d))
			continue
		}
		ast.Inspect(d, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok {
				if id, ok := sel.X.(*ast.Ident); ok {
					used[id.Name] = true
				}
			}
			return true
		})
	}
	for _, spec := range f.syntax.Imports {
		name := path.Base(strings.Trim(spec.Path.Value, `"`))
		if spec.Name != nil {
			name = spec.Name.Name
		}
		if name != "." && name != "_" && !used[name] {
			remove(spec, nil)
		}
	}
	return strings.ReplaceAll(string(text), `"internal/`, `"packages/internal/`)
}

func docOf(d ast.Decl) *ast.CommentGroup {
	if f, ok := d.(*ast.FuncDecl); ok {
		return f.Doc
	}
	return d.(*ast.GenDecl).Doc
}
