package wire

import (
	"iter"
	"strconv"
	"strings"

	"example.com/gokata/grader"
)

// Root is a directory with files of the user's, and what reports show in its
// place.
type Root struct {
	Dir   string // as it stands in the program's line table; ends in a slash
	Shown string // "", or ends in a slash too
}

// Names knows the user's files by the names that a program's line table gives
// them. Where roots lie inside each other the inner one comes first. Without
// roots the program is a submission, whose files have no place on disk.
type Names []Root

var submission = Names{{Dir: SubmissionPrefix}}

// Cut returns the name under which reports show a file, and whether it is one
// of the user's.
func (n Names) Cut(file string) (name string, ok bool) {
	if n == nil {
		n = submission
	}
	for _, r := range n {
		if rest, ok := strings.CutPrefix(file, r.Dir); ok {
			return r.Shown + rest, true
		}
	}
	return "", false
}

// Place reads a place in a file as stacks show it: "dir/file.go:12 +0x1f4". There
// is no package regexp in programs, which it makes a tenth larger.
func Place(text string) (file string, line int, ok bool) {
	if at := strings.LastIndex(text, " +0x"); at >= 0 {
		text = text[:at]
	}
	colon := strings.LastIndexByte(text, ':')
	if colon <= 0 {
		return "", 0, false
	}
	line, err := strconv.Atoi(text[colon+1:])
	return text[:colon], line, err == nil
}

// Frames returns where in the user's files the goroutines stand of which the
// runtime has written down the stacks, innermost first.
func (n Names) Frames(stacks string) iter.Seq[grader.Place] {
	return func(yield func(grader.Place) bool) {
		for text := range strings.Lines(stacks) {
			text, ok := strings.CutPrefix(strings.TrimSuffix(text, "\n"), "\t")
			if !ok {
				continue
			}
			file, line, ok := Place(text)
			if !ok {
				continue
			}
			if name, ok := n.Cut(file); ok && !yield(grader.Place{File: name, Line: line}) {
				return
			}
		}
	}
}

// CutRecord applies CutText to all that a record quotes.
func (n Names) CutRecord(rec *Record) {
	rec.Result.Message = n.CutText(rec.Result.Message)
	if f := rec.Finding; f != nil {
		f.Message, f.Expected, f.Seen = n.CutText(f.Message), n.CutText(f.Expected), n.CutText(f.Seen)
		for i := range f.Log {
			f.Log[i] = n.CutText(f.Log[i])
		}
	}
}

// CutText returns a text in which files below the roots go by the names under
// which reports show them, so that it is the same wherever the roots lie. The
// root itself becomes "." if it is shown as nothing.
func (n Names) CutText(text string) string {
	for _, r := range n {
		if r.Dir != "/" { // a slash is more often something else
			text = r.cut(text)
		}
	}
	return text
}

func (r Root) cut(text string) string {
	dir := strings.TrimSuffix(r.Dir, "/")
	var out strings.Builder
	done := 0 // bytes of text that are in out, or left out
	for from := 0; ; {
		i := strings.Index(text[from:], dir)
		if i < 0 {
			break
		}
		i += from
		from = i + len(dir)
		if i > 0 && inName(text[i-1]) && (i < 2 || text[i-2] != '\\') { // a quoted text may have \t before it
			continue
		}
		rest := text[from:]
		switch {
		case strings.HasPrefix(rest, "/"):
			from++
			out.WriteString(text[done:i] + r.Shown)
		case rest != "" && inName(rest[0]) && !endsSentence(rest):
			continue
		default:
			out.WriteString(text[done:i] + strings.TrimSuffix(r.Shown, "/"))
			if r.Shown == "" {
				out.WriteByte('.')
			}
		}
		done = from
	}
	return out.String() + text[done:]
}

// inName tells whether a byte can be part of a file's name, rather than stand
// before or behind it. What else may be part of one, such as a blank, is taken
// for its end.
func inName(b byte) bool {
	return b == '_' || b == '-' || b == '.' || b >= 0x80 ||
		'0' <= b && b <= '9' || 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z'
}

// endsSentence tells whether a text begins with the dot behind a sentence.
func endsSentence(text string) bool {
	return text[0] == '.' && (len(text) == 1 || text[1] == ' ' || text[1] == '\n')
}
