package report

import (
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"

	"example.com/gokata/grader"
)

// Text writes the report for a learner to read: the score, what each aspect
// got, and for every lost point the promise that was broken with its proof.
// No line is wider than the options say.
func Text(w io.Writer, r grader.Report, opt TextOptions) error {
	t := newText(r, opt)
	t.write()
	return t.flush(w)
}

func newText(r grader.Report, opt TextOptions) *text {
	if opt.Width == 0 {
		opt.Width = 80
	}
	opt.Dir = oneLine(opt.Dir)
	return &text{
		page: page{width: max(opt.Width, 60), color: opt.Color},
		r:    cleaned(r),
		opt:  opt,
	}
}

func (t *text) flush(w io.Writer) error {
	if _, err := io.WriteString(w, t.b.String()); err != nil {
		return fmt.Errorf("write report as text: %w", err)
	}
	return nil
}

// text is one report on its way to being text.
type text struct {
	page
	r   grader.Report
	opt TextOptions

	explained map[grader.Kind]bool // kinds that have been explained already
	unfold    bool                 // show every step
	proofs    int                  // findings written so far
	legend    bool                 // the signs of an interleaving have been explained
}

func (t *text) write() {
	if t.r.Engine.Mode == grader.ModeReplay && len(t.r.Cases) > 0 {
		t.replayed()
		t.sandbox()
		if t.opt.ShowOutput {
			t.output()
		}
		return
	}
	t.headline()
	switch t.r.Status {
	case grader.Unstarted:
		t.unstarted()
	case grader.Error, grader.Refused:
		t.diagnostics()
	default:
		t.aspects()
		t.failures()
		t.advice()
		t.summary()
	}
	t.sandbox()
	if t.opt.ShowOutput {
		t.output()
	}
}

// headline names the exercise, its score and its status in words.
func (t *text) headline() {
	words, style := fit(oneLine(string(t.r.Status)), 20), bad
	switch t.r.Status {
	case grader.Passed:
		words, style = "full marks", good
	case grader.Failed:
		words, style = "points lost", some
	case grader.Unstarted:
		words, style = "not started yet", accent
	case grader.Error:
		words = "does not compile"
	case grader.Refused:
		words = "refused, not run"
	}
	head := t.paint(strong, fit(t.r.Exercise, t.width/2))
	if s := t.r.Score; s != nil {
		head += "  " + t.paint(style, fmt.Sprintf("%d/%d", *s, t.r.Max))
	}
	t.line(head + "  " + t.paint(style, words))
	t.blank()
}

// aspects writes one line per aspect.
func (t *text) aspects() {
	const cells = 10
	names := 8
	for _, a := range t.r.Aspects {
		names = max(names, width(string(a.Name)))
	}
	names = min(names, 20)
	for _, a := range t.r.Aspects {
		full, style, mark := 0, bad, "✗"
		if a.Max > 0 {
			full = min(max(a.Score*cells/a.Max, 0), cells)
		}
		switch {
		case a.Score >= a.Max:
			style, mark = good, "✓"
		case a.Score > 0:
			style, full = some, max(full, 1)
		}
		score := padLeft(fmt.Sprintf("%d/%d", a.Score, a.Max), 7)
		bar := t.paint(style, strings.Repeat("█", full)) + t.paint(faint, strings.Repeat("░", cells-full))
		t.line("  " + pad(fit(string(a.Name), names), names) + score + "  " + bar + "  " + t.paint(style, mark))
	}
	t.blank()
}

// summary says how much was explored, in one sentence.
func (t *text) summary() {
	if len(t.r.Cases) == 0 {
		return
	}
	if t.r.Status != grader.Passed || len(t.r.Advice) > 0 {
		t.rule("", "")
	}
	var passed, schedules, steps, exhaustive int
	for _, c := range t.r.Cases {
		if c.Status == grader.Passed {
			passed++
		}
		if c.Exhaustive {
			exhaustive++
		}
		schedules += c.Schedules
		steps += c.Steps
	}
	say := fmt.Sprintf("%d of %s passed", passed, count(len(t.r.Cases), "case"))
	switch {
	case t.r.Score != nil && *t.r.Score < t.r.Max:
		say = fmt.Sprintf("%d of %d points: ", *t.r.Score, t.r.Max) + say
	case passed == len(t.r.Cases):
		say = "All " + count(passed, "case") + " passed"
	}
	if t.r.Engine.Mode == grader.ModePlain {
		t.para(0, plain, say+", each run once on the ordinary runtime. That shows little about other interleavings: leave out --plain to explore them.")
		return
	}
	say += fmt.Sprintf(", in %s and %s.", count(schedules, "schedule"), count(steps, "step"))
	if exhaustive > 0 {
		say += fmt.Sprintf(" For %s that is every interleaving within the bound.", count(exhaustive, "case"))
	}
	t.para(0, plain, say)
}

// unstarted says what to do first.
func (t *text) unstarted() {
	slug := t.r.Exercise
	dir := t.opt.Dir
	if dir == "" {
		dir = path.Join("exercises", slug)
	}
	t.para(0, plain, "This is still the stub, so there is nothing to grade yet. To begin:")
	t.blank()
	t.item("  1. read", 11, plain, path.Join("exercises", slug, "README.md"))
	t.item("  2. edit", 11, plain, path.Join(dir, slug+".go"))
	t.item("  3. run", 11, plain, t.again())
	if n := len(t.opt.Promises); n > 0 {
		t.blank()
		t.para(0, plain, fmt.Sprintf("The contract in the README makes %s; each of them is graded. A part of it earns a part of the points.", count(n, "promise")))
	}
}

// advice lists what is wrong with the code although it costs no points.
func (t *text) advice() {
	if len(t.r.Advice) == 0 {
		return
	}
	t.rule("Advice", "no points lost")
	t.messages(t.r.Advice)
}

// messages lists what is wrong with the text of the code.
func (t *text) messages(ds []grader.Diagnostic) {
	for _, d := range ds {
		file := d.File
		if t.opt.Dir != "" && !strings.Contains(file, "/") {
			file = path.Join(t.opt.Dir, file)
		}
		where := file
		if d.Line > 0 {
			where += ":" + strconv.Itoa(d.Line)
			if d.Column > 0 {
				where += ":" + strconv.Itoa(d.Column)
			}
		}
		t.para(0, strong, where)
		t.para(4, plain, capped(d.Message, 12))
		t.excerpt(d)
		t.blank()
	}
}

// diagnostics lists what is wrong with a submission that was not run, and says
// what to do.
func (t *text) diagnostics() {
	t.messages(t.r.Diagnostics)
	built := "run"
	if t.r.Status == grader.Refused {
		built = "built or run"
	}
	say := "Nothing was " + built + ", so there is no score."
	switch n := len(t.r.Diagnostics); n {
	case 0:
	case 1:
		say += " Change the place above, then:"
	default:
		say += fmt.Sprintf(" Change the %d places above, then:", n)
	}
	t.para(0, plain, say)
	t.blank()
	t.para(2, accent, t.again())
}

// excerpt shows the line that a diagnostic is about, with a sign under the
// column.
func (t *text) excerpt(d grader.Diagnostic) {
	source, raw := t.source(d.File, d.Line)
	if source == "" {
		return
	}
	head := fmt.Sprintf("    %d │ ", d.Line)
	room := t.width - width(head)
	t.line(t.paint(faint, head) + fit(source, room))
	if d.Column < 1 || d.Column > len(raw) {
		return
	}
	indent := len(raw) - len(strings.TrimLeft(raw, " \t"))
	at := width(clean(raw[min(indent, d.Column-1) : d.Column-1]))
	if at < room {
		t.line(strings.Repeat(" ", width(head)+at) + t.paint(bad, "^"))
	}
}

// source returns one of the learner's lines, clean and without indentation,
// and as it is in the file.
func (t *text) source(file string, line int) (shown, raw string) {
	if t.opt.Source == nil || file == "" || line < 1 {
		return "", ""
	}
	lines := t.opt.Source(file)
	if line > len(lines) {
		return "", ""
	}
	raw = lines[line-1]
	return strings.TrimSpace(clean(raw)), raw
}

// sandbox says how much the code was confined, or would have been.
func (t *text) sandbox() {
	if level := t.r.Engine.Sandbox; level != "" {
		t.blank()
		t.line(t.paint(faint, "Sandbox: "+fit(oneLine(level), t.width-9)))
	}
}

// output shows what the submission printed.
func (t *text) output() {
	t.blank()
	if t.r.Output == "" {
		t.para(0, faint, "Your program printed nothing.")
		return
	}
	t.para(0, strong, "Your program printed")
	for _, line := range wrap(strings.TrimRight(t.r.Output, "\n"), t.width-4) {
		t.line(t.paint(faint, "  │ ") + line)
	}
}

// again is the command that grades once more.
func (t *text) again() string {
	cmd := "make check EX=" + t.r.Exercise
	if d := t.opt.Dir; d != "" && path.Clean(d) != path.Join("exercises", t.r.Exercise) {
		cmd += " DIR=" + shell(d)
	}
	return cmd
}

// count returns a number with its noun: "1 case", "12,000 steps", "2 switches".
func count(n int, noun string) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	switch {
	case n == 1:
	case strings.HasSuffix(noun, "ch"):
		noun += "es"
	default:
		noun += "s"
	}
	return s + " " + noun
}

// shell quotes s for a POSIX shell if it needs it.
func shell(s string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("_./@%+=:,-~", r)
	}
	if s != "" && strings.IndexFunc(s, func(r rune) bool { return !plain(r) }) < 0 {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
