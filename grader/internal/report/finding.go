package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"example.com/gokata/grader"
)

// kindWords say what a finding is, and what that means; each is explained
// once in a report.
var kindWords = map[grader.Kind]struct{ name, means string }{
	grader.KindRace:           {"data race", "Two goroutines use the same memory, at least one of them writes, and no lock, channel or atomic puts one before the other. What such a program does is undefined, even where it happens to look right."},
	grader.KindDeadlock:       {"deadlock", "Whoever could wake one of the waiting goroutines is waiting too. This is a fact and no time-out: nothing can ever happen again."},
	grader.KindLeak:           {"leak", "The case is over, yet something is still there that nothing will ever end or close. A program that does this again and again runs out of room."},
	grader.KindLivelock:       {"livelock", "Goroutines keep running, but what they do brings none of them any nearer to the end."},
	grader.KindPanic:          {"panic", "A panic that nobody recovers ends the whole process, whichever goroutine it comes from."},
	grader.KindMisuse:         {"misuse", "The type that is used here has rules about when its methods may be called, and this order breaks one of them."},
	grader.KindNondeterminism: {"nondeterminism", "The same schedule went another way when it was run again, so the program depends on something else: the order of a map, a random number, the real time."},
}

// failures writes a block for every failed case. A case that failed only by
// what was shown before gets one line.
func (t *text) failures() {
	shown := map[string]string{} // signature of a finding to the case that shows it
	var brief [][3]string
	used := map[int]bool{}
	for _, c := range t.r.Cases {
		if c.Status == grader.Passed || c.Status == grader.NotRun {
			continue
		}
		var fresh []grader.Finding
		same := ""
		for i, f := range t.r.Findings {
			if f.Case != c.Name {
				continue
			}
			used[i] = true
			if first, ok := shown[signature(f)]; ok {
				same = cmp.Or(same, "the same "+noun(f.Kind)+" as in "+first)
				continue
			}
			shown[signature(f)] = c.Name
			fresh = append(fresh, f)
		}
		if len(fresh) == 0 && same != "" {
			brief = append(brief, [3]string{c.Name, lost(c), promised(c) + same})
			continue
		}
		t.failedCase(c, fresh)
	}
	for i, f := range t.r.Findings {
		if _, seen := shown[signature(f)]; !used[i] && !seen {
			shown[signature(f)] = f.Case
			t.failedCase(grader.CaseResult{Name: cmp.Or(f.Case, "the whole run")}, []grader.Finding{f})
		}
	}
	for _, c := range t.r.Cases {
		if c.Status == grader.NotRun {
			brief = append(brief, [3]string{c.Name, lost(c), "not run: " + cmp.Or(c.Message, "the run ended before its turn")})
		}
	}
	t.brief(brief)
}

// brief lists the cases that need no block of their own.
func (t *text) brief(rows [][3]string) {
	if len(rows) == 0 {
		return
	}
	names, points := 0, 0
	for _, row := range rows {
		names, points = max(names, width(row[0])), max(points, width(row[1]))
	}
	names = min(names, t.width/3)
	t.rule("Also", "")
	for _, row := range rows {
		t.item("  "+pad(fit(row[0], names), names)+"  "+row[1], names+points+6, plain, row[2])
	}
	t.blank()
}

// failedCase writes one case: what was promised, what was found, the proof.
func (t *text) failedCase(c grader.CaseResult, findings []grader.Finding) {
	t.rule(titleOf(c), lost(c))

	promise := "Promise:"
	col := width("Expected: ")
	if c.Contract > 0 {
		promise = fmt.Sprintf("Promise %d:", c.Contract)
		col = width(promise) + 1
		if c.Contract <= len(t.opt.Promises) {
			t.item(promise, col, strong, oneLine(t.opt.Promises[c.Contract-1]))
		} else {
			t.item(promise, col, plain, "see the contract in the README")
		}
	}
	if c.Why != "" {
		t.item("Why:", col, plain, c.Why)
	}
	if len(findings) == 0 {
		t.item("Found:", col, plain, capped(cmp.Or(c.Message, "the case failed without saying how"), 12))
		t.blank()
		return
	}
	for _, f := range findings {
		t.blank()
		t.finding(f, col)
	}
}

// titleOf names a case and its aspect.
func titleOf(c grader.CaseResult) string {
	if c.Aspect == "" {
		return c.Name
	}
	return c.Name + " · " + string(c.Aspect)
}

func (t *text) finding(f grader.Finding, col int) {
	message := strings.TrimRight(f.Message, "\n")
	words, known := kindWords[f.Kind]
	if known && !strings.Contains(strings.ToLower(message), words.name) {
		message = strings.TrimSuffix(words.name+": "+message, ": ")
	}
	t.item("Found:", col, strong, capped(message, 12))
	if f.Expected != "" {
		t.item("Expected:", col, plain, capped(f.Expected, 12))
	}
	if f.Seen != "" {
		t.item("Seen:", col, plain, capped(f.Seen, 12))
	}
	for i, line := range f.Log[max(0, len(f.Log)-logMax):] {
		head := ""
		if i == 0 {
			head = "Log:"
		}
		t.item(head, col, plain, capped(line, 4))
	}
	if known && !t.explained[f.Kind] {
		if t.explained == nil {
			t.explained = map[grader.Kind]bool{}
		}
		t.explained[f.Kind] = true
		t.blank()
		t.para(0, faint, words.means)
	}
	t.blank()
	names := namesOf(f)
	t.places(f, names)
	if t.proofs++; t.proofs <= proofsMax {
		t.interleaving(f, names)
	}
	t.replay(f)
}

// logMax is how many of the last lines of its log a finding shows.
const logMax = 8

// proofsMax is how many interleavings one report shows. What comes first is
// best mended first; the rest is a replay away.
const proofsMax = 2

// places shows where the goroutines concerned stood. Those that stood at the
// same place in the same way share an entry.
func (t *text) places(f grader.Finding, names map[int]string) {
	if len(f.At) == 0 {
		return
	}
	type key struct {
		file     string
		line     int
		op, note string
	}
	var order []key
	who := map[key][]int{}
	for _, p := range f.At {
		k := key{p.File, p.Line, p.Op, p.Note}
		if _, ok := who[k]; !ok {
			order = append(order, k)
		}
		if !slices.Contains(who[k], p.Goroutine) {
			who[k] = append(who[k], p.Goroutine)
		}
	}
	switch f.Kind {
	case grader.KindRace:
		t.para(0, strong, "Who used that memory")
	case grader.KindLeak:
		t.para(0, strong, "What was left")
	default:
		t.para(0, strong, "Where they stood")
	}
	for _, k := range order {
		head := together(who[k], names) + " · "
		if k.file == "" {
			head += "in the test: "
		}
		head += k.op
		if k.note != "" {
			head += ", " + k.note
		}
		for i, line := range wrap(head, t.width-6) {
			t.line(strings.Repeat(" ", 2+min(i, 1)*2) + line)
		}
		if k.file == "" {
			continue
		}
		where := fmt.Sprintf("    %s:%d", fit(k.file, t.width/3), k.line)
		if source, _ := t.source(k.file, k.line); source != "" {
			t.line(t.paint(accent, where) + t.paint(faint, " │ ") + fit(source, t.width-width(where)-3))
		} else {
			t.line(t.paint(accent, where))
		}
	}
	t.blank()
}

// replay says how to see the schedule again. A command that is too long for
// the page is continued as a shell understands it.
func (t *text) replay(f grader.Finding) {
	if f.Schedule == "" || t.unfold {
		return
	}
	const say = "See it again: "
	words := []string{cmp.Or(t.opt.Command, "kata"), "replay", shell(f.Schedule)}
	if t.opt.Dir != "" {
		words = append(words, shell(t.opt.Dir))
	}
	cmd := strings.Join(words, " ")
	if width(say+cmd) <= t.width {
		t.line(t.paint(faint, say) + t.paint(accent, cmd))
		t.blank()
		return
	}
	t.line(t.paint(faint, strings.TrimSpace(say)))
	t.blank()
	rest := cmd
	if width(cmd) > t.width {
		// A line feed after a backslash is nothing at all to a shell, so
		// the parts join without a space, wherever they are cut.
		for width(rest) > t.width {
			head := ansi.Truncate(rest, t.width-1, "")
			t.line(t.paint(accent, head+`\`))
			rest = rest[len(head):]
		}
	}
	t.line(t.paint(accent, rest))
	t.blank()
}

// rule writes a line across the page with a title in it, and a word at its
// end.
func (t *text) rule(title, end string) {
	t.blank()
	if end != "" {
		end = " " + end + " ──"
	}
	if title != "" {
		title = " " + fit(title, t.width-width(end)-8) + " "
	}
	fill := strings.Repeat("─", max(t.width-2-width(title)-width(end), 0))
	t.line(t.paint(faint, "──") + t.paint(strong, title) + t.paint(faint, fill) + t.paint(bad, end))
	t.blank()
}

// signature is the same for findings that are the same mistake: of the same
// kind at the same lines of the submission, or else of the same words.
func signature(f grader.Finding) string {
	var at []string
	for _, p := range f.At {
		if p.File != "" {
			at = append(at, fmt.Sprintf("%s:%d %s", p.File, p.Line, p.Op))
		}
	}
	if len(at) == 0 || f.Kind == grader.KindFailed {
		first, _, _ := strings.Cut(f.Message, "\n")
		at = []string{first, f.Expected, f.Seen}
	} else {
		slices.Sort(at)
		at = slices.Compact(at)
	}
	return string(f.Kind) + "\x00" + strings.Join(at, "\x00")
}

// noun is the word for a kind of finding.
func noun(k grader.Kind) string {
	return cmp.Or(kindWords[k].name, "finding")
}

// lost says how many points a case cost.
func lost(c grader.CaseResult) string {
	if c.Max <= c.Score {
		return ""
	}
	return count(c.Max-c.Score, "point") + " lost"
}

func promised(c grader.CaseResult) string {
	if c.Contract < 1 {
		return ""
	}
	return fmt.Sprintf("promise %d: ", c.Contract)
}
