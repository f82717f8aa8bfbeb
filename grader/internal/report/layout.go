package report

import (
	"slices"
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"
	"github.com/rivo/uniseg"
)

// The paints, by what they are for.
var (
	strong = ansi.NewStyle().Bold()
	faint  = ansi.NewStyle().Faint()
	good   = ansi.NewStyle().ForegroundColor(ansi.Green)
	bad    = ansi.NewStyle().ForegroundColor(ansi.Red)
	some   = ansi.NewStyle().ForegroundColor(ansi.Yellow)
	accent = ansi.NewStyle().ForegroundColor(ansi.Cyan)
	plain  = ansi.Style(nil)
)

// page collects lines of at most width columns.
type page struct {
	b     strings.Builder
	width int
	color bool
}

// paint colours s if the page has colours.
func (p *page) paint(style ansi.Style, s string) string {
	if !p.color || len(style) == 0 || s == "" {
		return s
	}
	return style.Styled(s)
}

// line writes one line, which must fit.
func (p *page) line(s string) {
	p.b.WriteString(strings.TrimRight(s, " "))
	p.b.WriteByte('\n')
}

// blank writes an empty line, but never two in a row.
func (p *page) blank() {
	if s := p.b.String(); s != "" && !strings.HasSuffix(s, "\n\n") {
		p.b.WriteByte('\n')
	}
}

// para writes text, wrapped and indented; line ends in it are kept.
func (p *page) para(indent int, style ansi.Style, text string) {
	for _, line := range wrap(text, p.width-indent) {
		p.line(strings.Repeat(" ", indent) + p.paint(style, line))
	}
}

// item writes text behind a label, in a column that begins at col.
func (p *page) item(label string, col int, style ansi.Style, text string) {
	head := pad(fit(label, col-1), col)
	for i, line := range wrap(text, p.width-col) {
		switch {
		case i == 0:
			p.line(p.paint(faint, head) + p.paint(style, line))
		case line == "":
			p.line("")
		default:
			p.line(strings.Repeat(" ", col) + p.paint(style, line))
		}
	}
}

// width is the number of columns that s takes.
func width(s string) int { return ansi.StringWidth(s) }

// fit shortens s to w columns.
func fit(s string, w int) string { return ansi.Truncate(s, max(w, 0), "…") }

// pad fills s with spaces up to w columns.
func pad(s string, w int) string { return s + strings.Repeat(" ", max(w-width(s), 0)) }

// padLeft fills s with spaces on its left up to w columns.
func padLeft(s string, w int) string { return strings.Repeat(" ", max(w-width(s), 0)) + s }

// wrap breaks text into lines of at most w columns, at the places where the
// Unicode line breaking algorithm (UAX 14) allows it, so that scripts without
// spaces wrap too; what has no such place is cut.
func wrap(text string, w int) []string {
	var lines []string
	for _, line := range strings.Split(text, "\n") {
		lines = append(lines, wrapLine(line, max(w, 1))...)
	}
	return lines
}

func wrapLine(text string, w int) []string {
	var lines []string
	var cur string
	state := -1
	for text != "" {
		var word string
		word, text, _, state = uniseg.FirstLineSegmentInString(text, state)
		if width(cur+strings.TrimRight(word, " ")) > w {
			if trimmed := strings.TrimRight(cur, " "); trimmed != "" {
				lines = append(lines, trimmed)
			}
			cur = ""
			for width(strings.TrimRight(word, " ")) > w {
				head := ansi.Truncate(word, w, "")
				if head == "" { // a character wider than the line
					return append(lines, "…")
				}
				lines = append(lines, head)
				word = strings.TrimPrefix(word, head)
			}
		}
		cur += word
	}
	if trimmed := strings.TrimRight(cur, " "); trimmed != "" || len(lines) == 0 {
		lines = append(lines, trimmed)
	}
	return lines
}

// clean takes out of s whatever could steer a terminal or turn text round:
// escape sequences, control characters other than the line feed, and
// bidirectional controls. Tabs become four spaces.
func clean(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n")
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		line = strings.ReplaceAll(line, "\t", "    ")
		lines[i] = strings.Map(func(r rune) rune {
			if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029' {
				return -1
			}
			return r
		}, ansi.Strip(line))
	}
	return strings.Join(lines, "\n")
}

// oneLine is clean for what must stand on one line.
func oneLine(s string) string {
	return strings.Join(strings.Fields(clean(s)), " ")
}

// sentence joins words as in "a, b and c".
func sentence(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " and " + words[last]
}

// capped returns the first n lines of text, and says how many it left out.
func capped(text string, n int) string {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	if len(lines) <= n+1 {
		return strings.Join(lines, "\n")
	}
	return strings.Join(append(slices.Clone(lines[:n]), "… "+count(len(lines)-n, "more line")+" …"), "\n")
}
