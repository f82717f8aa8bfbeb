// Package policy decides what a submission may contain, before anything of it
// is built.
//
// A submission is not trusted, and the grader promises that what it says has
// been proved. Both need the same thing: code that stays inside the Go
// language and inside the packages that the scheduler controls. So imports
// must be on the exercise's list, of some packages only some names may be
// used, and nothing in the text may speak to the compiler, the linker or the
// go command, or move the line numbers that findings refer to.
//
// What reads the text must survive it, too. So the text is looked at in steps,
// each of which makes the next one safe: bytes and lines, then words
// (go/scanner), then the syntax (go/parser), then the lengths of constant
// strings, and types (go/types) at the end. A step that finds too much of
// something is the last one.
//
// Every message says what was found, why it cannot be, and what is possible
// instead. A file that does not parse is no violation: the compiler explains
// that better, and what could be read of the file is judged all the same.
package policy

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"example.com/gokata/grader"
)

// maxFound bounds the violations that are told. Whoever mends the first ones
// has learnt the rules.
const maxFound = 50

// Check returns what in a submission is against the policy of an exercise,
// sorted by file, line and column, at most 50 of them; none if it may be
// built.
//
// It needs nothing but the text. What the imported packages declare is
// unknown then, and so are the sizes of arrays whose length comes from one.
func Check(ex grader.Exercise, sub grader.Submission) []grader.Diagnostic {
	return CheckTypes(ex, sub, nil)
}

// CheckTypes is [Check] with an importer that knows the packages which the
// exercise allows. It is called by one goroutine, and may be nil.
func CheckTypes(ex grader.Exercise, sub grader.Submission, imp types.Importer) []grader.Diagnostic {
	c := &checker{ex: ex, fset: token.NewFileSet()}
	c.check(sub.Files, imp)
	slices.SortStableFunc(c.found, func(a, b grader.Diagnostic) int {
		return cmp.Or(strings.Compare(a.File, b.File), a.Line-b.Line, a.Column-b.Column)
	})
	return c.found[:min(len(c.found), maxFound)]
}

// checker collects the violations of a submission.
type checker struct {
	ex     grader.Exercise
	fset   *token.FileSet
	found  []grader.Diagnostic
	tokens int  // words in all files so far
	stop   bool // the next step would not survive what was found
}

// add notes a violation at the place where it really stands: PositionFor
// without adjustment, because a //line directive would lie about it.
func (c *checker) add(pos token.Pos, format string, args ...any) {
	p := c.fset.PositionFor(pos, false)
	c.addAt(p.Filename, p.Line, p.Column, format, args...)
}

func (c *checker) addAt(file string, line, column int, format string, args ...any) {
	c.found = append(c.found, grader.Diagnostic{File: file, Line: line, Column: column, Message: fmt.Sprintf(format, args...)})
}

func (c *checker) check(files []grader.File, imp types.Importer) {
	for _, f := range files {
		c.fileName(f.Name)
		c.text(f)
		if !c.stop {
			c.words(f)
		}
		if c.stop {
			return
		}
	}
	var parsed []*ast.File
	whole := true
	for _, f := range files {
		// Without the resolution of names, which gives up on deep blocks and
		// then leaves everything out, the imports too.
		file, err := parser.ParseFile(c.fset, f.Name, f.Data, parser.AllErrors|parser.SkipObjectResolution)
		whole = whole && err == nil
		if file == nil {
			continue
		}
		for _, spec := range file.Imports {
			c.importSpec(spec)
		}
		if c.depth(file); c.stop {
			return
		}
		// With it, because a local variable may be named like a package.
		if file, _ = parser.ParseFile(c.fset, f.Name, f.Data, parser.AllErrors); file != nil {
			parsed = append(parsed, file)
		}
	}
	if c.constants(parsed); !c.stop {
		c.expansions(parsed)
	}
	if c.stop {
		return
	}
	var info *types.Info
	if whole {
		info = typesOf(c.fset, parsed, imp)
		c.sizes(parsed, info)
	}
	c.symbols(parsed, info)
}

// list joins names as a sentence does.
func list(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}
