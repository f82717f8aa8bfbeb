package policy

import (
	"bytes"
	"go/ast"
	"go/build"
	"go/scanner"
	"go/token"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"example.com/gokata/grader"
)

// Bounds on the text. Solutions stay below a tenth of each.
const (
	maxLine   = 4_000   // bytes in a line
	maxTokens = 100_000 // words and signs in all files
	maxNested = 500     // brackets within brackets, statements within statements, terms within terms
)

// plainName is a name that every tool takes for a file and every reader for
// the same one. A name in which a blank, a colon or a line feed stands would
// say something else in messages, one that begins with @ or - to the compiler.
var plainName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$`)

// fileName checks the name of a file.
func (c *checker) fileName(name string) {
	switch {
	case !plainName.MatchString(name):
		c.addAt(name, 1, 0, "the file name %q is not allowed: messages and tools must be able to name the file without doubt; use up to 100 of the letters a to z, digits, _ and -, like %s.go", name, c.ex.Slug)
	case strings.HasSuffix(name, "_test.go"):
		c.addAt(name, 1, 0, "the file %s holds tests: the tests are the grader's part, yours is the package under test; leave it out", name)
	case bound(name):
		c.addAt(name, 1, 0, "the name %s ties the file to one system, so that others would build a different program; name it without the ending", name)
	}
}

// bound reports whether the go command builds a file of this name only for
// some systems, like pool_windows.go.
func bound(name string) bool {
	ctx := build.Context{
		GOOS:     "none",
		GOARCH:   "none",
		Compiler: "gc",
		OpenFile: func(string) (io.ReadCloser, error) {
			return io.NopCloser(strings.NewReader("package p\n")), nil
		},
	}
	match, err := ctx.MatchFile("", name)
	return err == nil && !match
}

// text checks the bytes of a file.
func (c *checker) text(f grader.File) {
	lines := bytes.Split(bytes.TrimPrefix(f.Data, []byte("\uFEFF")), []byte("\n"))
	for i, line := range lines {
		if len(line) > maxLine {
			c.addAt(f.Name, i+1, 0, "the line is %d bytes long, and %d are allowed: nobody can read it, and reports show lines; break it up", len(line), maxLine)
			c.stop = true
		}
		for at := 0; at < len(line); {
			r, n := utf8.DecodeRune(line[at:])
			if invisible(r) {
				c.addAt(f.Name, i+1, at+1, "the character %U is not allowed in the text: it controls how the text is shown and not what it says; in a string, write it as %+q", r, r)
				break
			}
			at += n
		}
	}
}

// invisible reports whether a character controls a terminal, or the direction
// in which text is written: with those, code can be made to look like other
// code (Boucher and Anderson, Trojan Source, 2021).
func invisible(r rune) bool {
	switch {
	case r == '\t', r == '\r':
		return false
	case r < ' ', r >= 0x7F && r <= 0x9F:
		return true
	}
	return r == '\u061C' || r >= '\u200E' && r <= '\u200F' || r >= '\u202A' && r <= '\u202E' || r >= '\u2066' && r <= '\u2069'
}

// words checks what can be seen of a file without its grammar: comments, also
// behind a place where the parser would give up, the number of words, and how
// deep brackets are nested.
func (c *checker) words(f grader.File) {
	var s scanner.Scanner
	s.Init(c.fset.AddFile(f.Name, -1, len(f.Data)), f.Data, nil, scanner.ScanComments)
	open := 0
	for {
		pos, tok, lit := s.Scan()
		switch tok {
		case token.EOF:
			return
		case token.COMMENT:
			c.comment(&ast.Comment{Slash: pos, Text: lit})
			continue
		case token.LPAREN, token.LBRACK, token.LBRACE:
			open++
		case token.RPAREN, token.RBRACK, token.RBRACE:
			open--
		}
		c.tokens++
		switch {
		case open > maxNested:
			c.tooDeep(pos)
			return
		case c.tokens > maxTokens:
			c.add(pos, "the submission has more than %d words and signs: that is no solution that a person wrote; leave out what was generated", maxTokens)
			c.stop = true
			return
		}
	}
}

// depth checks how deep the syntax of a file is nested, with or without
// brackets: the compiler and what else walks over it use stack for every
// level.
func (c *checker) depth(file *ast.File) {
	depth := 0
	ast.Inspect(file, func(n ast.Node) bool {
		if n == nil {
			depth--
			return true
		}
		depth++
		if depth > maxNested && !c.stop {
			c.tooDeep(n.Pos())
		}
		return true
	})
}

func (c *checker) tooDeep(pos token.Pos) {
	c.add(pos, "the code is nested more than %d levels deep: the tools that read it would run out of stack; give parts of it names of their own", maxNested)
	c.stop = true
}
