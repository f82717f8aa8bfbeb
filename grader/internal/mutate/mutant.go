package mutate

import (
	"bytes"
	"cmp"
	"fmt"
	"go/format"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/diff"

	"example.com/gokata/grader"
)

// Mutant is a package with one mistake.
type Mutant struct {
	Operator string        // a name in [Operators]
	Mistake  string        // what the operator does, in a few words
	File     string        // the file that differs
	Line     int           // where it does
	Function string        // that the line belongs to, like Pool.next
	Text     string        // of the line, without blanks around it
	Files    []grader.File // the whole package

	file, original grader.File
	ordinal        int // among the mutants of an operator on a line, from 1
	nth            int // among the mutants of an operator on equal lines of a function, from 1
}

// ID names the mutant in this version of the file: drop-unlock pool.go:74#1.
func (m Mutant) ID() string { return fmt.Sprintf("%s#%d", m.place(), m.ordinal) }

func (m Mutant) place() string { return fmt.Sprintf("%s %s:%d", m.Operator, m.File, m.Line) }

// Key names the mutant for as long as its own line stays as it is:
// "drop-unlock Pool.next: defer p.mu.Unlock()", with #2 after the function for
// the second one of the same words.
func (m Mutant) Key() string {
	nth := ""
	if m.nth > 1 {
		nth = fmt.Sprintf(" #%d", m.nth)
	}
	return fmt.Sprintf("%s %s%s: %s", m.Operator, m.Function, nth, m.Text)
}

// Diff returns the lines that differ, with some around them, in the unified
// format without file names.
func (m Mutant) Diff() string {
	text := string(diff.Diff("a", m.original.Data, "b", m.file.Data))
	const names = 3 // lines of the header
	return strings.Join(strings.SplitAfter(text, "\n")[names:], "")
}

// change is a mutant before it is known whether it compiles.
type change struct {
	source             *source
	operator, function string
	at                 int // offset of what is changed
	edits              []edit
}

// edit replaces the bytes from one offset up to another.
type edit struct {
	from, to int
	text     string
}

func (c *change) line() int { return bytes.Count(c.source.file.Data[:c.at], []byte("\n")) + 1 }

func (c *change) mutant() Mutant {
	f := c.source.file
	data := apply(f.Data, c.edits)
	if formatted(f.Data) {
		if pretty, err := format.Source(data); err == nil {
			data = pretty
		}
	}
	begin := bytes.LastIndexByte(f.Data[:c.at], '\n') + 1
	text, _, _ := bytes.Cut(f.Data[begin:], []byte("\n"))
	op := slices.IndexFunc(Operators, func(op Operator) bool { return op.Name == c.operator })
	return Mutant{
		Operator: c.operator, Mistake: Operators[op].Mistake, File: f.Name, Line: c.line(), Function: c.function,
		Text: string(bytes.TrimSpace(text)),
		file: grader.File{Name: f.Name, Data: data}, original: f,
	}
}

func formatted(data []byte) bool {
	pretty, err := format.Source(data)
	return err == nil && bytes.Equal(pretty, data)
}

// apply returns the file with the edits made, which do not overlap. A line of
// which nothing is left goes as a whole.
func apply(data []byte, edits []edit) []byte {
	edits = slices.SortedFunc(slices.Values(edits), func(a, b edit) int {
		return cmp.Or(a.from-b.from, a.to-b.to)
	})
	var out []byte
	pos := 0
	for _, e := range edits {
		from, to := e.from, e.to
		if e.text == "" && to > from {
			from, to = wholeLine(data, from, to)
		}
		out = append(out, data[pos:from]...)
		out = append(out, e.text...)
		pos = to
	}
	return append(out, data[pos:]...)
}

// wholeLine widens a range to the lines it stands on if there is nothing else
// on them but blanks and a comment behind it.
func wholeLine(data []byte, from, to int) (int, int) {
	begin := bytes.LastIndexByte(data[:from], '\n') + 1
	end := len(data)
	if i := bytes.IndexByte(data[to:], '\n'); i >= 0 {
		end = to + i + 1
	}
	before, after := bytes.TrimSpace(data[begin:from]), bytes.TrimSpace(data[to:end])
	if len(before) > 0 || len(after) > 0 && !bytes.HasPrefix(after, []byte("//")) {
		return from, to
	}
	return begin, end
}
