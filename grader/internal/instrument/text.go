package instrument

import (
	"fmt"
	"go/ast"
	"go/scanner"
	"go/token"
	"strings"
)

// A text is the source of one file with edits to it. Edits do not move what
// they leave alone, so they nest: whoever edits a node does so when the nodes
// inside it have been edited already.
type text struct {
	src   []byte
	file  *token.File
	edits map[int]*edit // by offset
}

// An edit is what happens at one offset, in the order of its fields.
type edit struct {
	close string // ends nodes that end here, the innermost first
	open  string // begins nodes that begin here, the outermost first
	put   string // stands for the next skip bytes
	skip  int
}

func newText(fset *token.FileSet, f *ast.File, src []byte) *text {
	return &text{src: src, file: fset.File(f.FileStart), edits: map[int]*edit{}}
}

func (t *text) at(offset int) *edit {
	if t.edits[offset] == nil {
		t.edits[offset] = &edit{}
	}
	return t.edits[offset]
}

// before puts s in front of the node that begins at pos.
func (t *text) before(pos token.Pos, s string) {
	e := t.at(t.file.Offset(pos))
	e.open = s + e.open
}

// after puts s behind the node that ends at pos.
func (t *text) after(pos token.Pos, s string) {
	e := t.at(t.file.Offset(pos))
	e.close += s
}

// replace puts s in place of the text from a node's or token's begin to the
// end of one. Edits made in between are dropped.
func (t *text) replace(from, to token.Pos, s string) {
	a, b := t.file.Offset(from), t.file.Offset(to)
	for i := a + 1; i < b; i++ {
		delete(t.edits, i)
	}
	if e := t.edits[b]; e != nil {
		e.close = ""
	}
	e := t.at(a)
	e.open, e.put, e.skip = "", s, b-a
}

// keyword replaces a keyword of n bytes, and the blanks behind it if nothing
// but blanks stands before next.
func (t *text) keyword(pos token.Pos, n int, next token.Pos, s string) {
	end := pos + token.Pos(n)
	if t.blank(end, next) {
		end = next
	} else {
		s = strings.TrimRight(s, " ")
	}
	t.replace(pos, end, s)
}

// blank tells whether only blanks stand between from and to.
func (t *text) blank(from, to token.Pos) bool { return strings.Trim(t.source(from, to), " \t") == "" }

// source is the text as it was.
func (t *text) source(from, to token.Pos) string {
	return string(t.src[t.file.Offset(from):t.file.Offset(to)])
}

// render is the text with its edits.
func (t *text) render(from, to token.Pos) string {
	return t.renderOffsets(t.file.Offset(from), t.file.Offset(to))
}

func (t *text) renderOffsets(from, to int) string {
	var out []byte
	for i := from; i <= to; {
		e := t.edits[i]
		if e != nil && i > from {
			out = append(out, e.close...)
		}
		if i == to {
			break
		}
		if e != nil {
			if s := e.open + e.put; s != "" {
				if len(out) > 0 && isWord(out[len(out)-1]) && isWord(s[0]) {
					out = append(out, ' ') // return<-c is legal
				}
				out = append(out, s...)
			}
		}
		if e != nil && e.skip > 0 {
			i += e.skip
			continue
		}
		out = append(out, t.src[i])
		i++
	}
	return string(out)
}

func isWord(b byte) bool {
	return b == '_' || b >= 0x80 || '0' <= b && b <= '9' || 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z'
}

// find returns where the first token tok stands between from and to, or
// NoPos.
func (t *text) find(tok token.Token, from, to token.Pos) token.Pos {
	found := token.NoPos
	t.scan(from, to, func(pos token.Pos, got token.Token, lit string) {
		if got == tok && found == token.NoPos {
			found = pos
		}
	})
	return found
}

// comments is what is left of the text when all but comments and line ends
// are taken out.
func (t *text) comments(from, to token.Pos) string {
	var out strings.Builder
	last := from
	t.scan(from, to, func(pos token.Pos, tok token.Token, lit string) {
		out.WriteString(strings.Repeat("\n", t.line(pos)-t.line(last)))
		last = pos
		if tok == token.COMMENT {
			out.WriteString(lit + " ")
			last += token.Pos(len(lit))
		}
	})
	out.WriteString(strings.Repeat("\n", t.line(to)-t.line(last)))
	return out.String()
}

// scan calls f for each token and comment, without inserted semicolons.
func (t *text) scan(from, to token.Pos, f func(pos token.Pos, tok token.Token, lit string)) {
	src := []byte(t.source(from, to))
	file := token.NewFileSet().AddFile("", 1, len(src))
	var s scanner.Scanner
	s.Init(file, src, nil, scanner.ScanComments)
	for {
		pos, tok, lit := s.Scan()
		if tok == token.EOF {
			return
		}
		if tok != token.SEMICOLON || lit == ";" {
			f(from+pos-1, tok, lit)
		}
	}
}

func (t *text) line(pos token.Pos) int { return t.file.PositionFor(pos, false).Line }

// mark is a comment that tells the compiler where the text behind it stood.
func (t *text) mark(pos token.Pos) string {
	p := t.file.PositionFor(pos, false)
	return fmt.Sprintf("/*line :%d:%d*/", p.Line, p.Column)
}

// cut puts s in place of a node that is moved elsewhere.
func (t *text) cut(n ast.Node, s string) {
	if t.line(n.Pos()) != t.line(n.End()) {
		s += t.mark(n.End())
	}
	t.replace(n.Pos(), n.End(), s)
}

// A mover composes text from nodes that stand on other lines. What it writes
// is to be inserted at the position it began with, and ends there.
type mover struct {
	*text
	out  strings.Builder
	line int // where the compiler believes to be
}

func (t *text) move(to token.Pos) *mover { return &mover{text: t, line: t.line(to)} }

// to marks that what follows belongs to pos.
func (m *mover) to(pos token.Pos) {
	if line := m.text.line(pos); line != m.line {
		m.out.WriteString(m.mark(pos))
		m.line = line
	}
}

// node writes a node with its edits.
func (m *mover) node(n ast.Node) {
	m.to(n.Pos())
	m.out.WriteString(m.render(n.Pos(), n.End()))
	m.line = m.text.line(n.End())
}

func (m *mover) put(s string) { m.out.WriteString(s) }
