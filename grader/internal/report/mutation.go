package report

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"example.com/gokata/grader"
)

// MutationJSON writes what became of mutants as one indented JSON object. Lists
// are never null.
func MutationJSON(w io.Writer, m grader.Mutation) error {
	m.Mutants, m.Stale = list(m.Mutants), list(m.Stale)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(m); err != nil {
		return fmt.Errorf("write mutants as JSON: %w", err)
	}
	return nil
}

// MutationText writes what became of mutants for the author of a suite: a line
// for each one that was killed, the reason for each one that is equivalent, and
// at the end, where it is seen first, the change behind each one that survives.
func MutationText(w io.Writer, m grader.Mutation, opt TextOptions) error {
	t := newText(grader.Report{}, opt)
	t.killed(m)
	t.equivalent(m)
	for _, mutant := range m.Mutants {
		if mutant.Outcome == grader.Survived {
			t.survivor(m, mutant)
		}
	}
	t.stale(m)
	t.tally(m)
	return t.flush(w)
}

// killed lists the mutants that lost points, and to what.
func (t *text) killed(m grader.Mutation) {
	long := 0
	for _, mutant := range m.Mutants {
		long = max(long, width(mutant.ID))
	}
	for _, mutant := range m.Mutants {
		if mutant.Outcome == grader.Killed {
			by := pad(string(mutant.Aspect), 9) + " " + mutant.Case
			t.line("  " + t.paint(good, "✓") + " " + pad(mutant.ID, long) + "  " + t.paint(faint, by))
		}
	}
	t.blank()
}

// equivalent lists the mutants that break no promise, and why.
func (t *text) equivalent(m grader.Mutation) {
	for _, mutant := range m.Mutants {
		if mutant.Outcome == grader.Equivalent {
			t.line("  " + t.paint(accent, "=") + " " + mutant.ID)
			t.para(6, faint, clean(mutant.Reason))
		}
	}
	t.blank()
}

// survivor shows a mutant that nothing has noticed. Its key stands on a line of
// its own, unbroken, to be copied.
func (t *text) survivor(m grader.Mutation, mutant grader.Mutant) {
	t.rule(mutant.ID, "survives")
	t.blank()
	t.para(0, plain, "What was done: "+mutant.Mistake+".")
	t.blank()
	for line := range strings.Lines(clean(mutant.Diff)) {
		style := plain
		switch line[0] {
		case '+':
			style = good
		case '-':
			style = bad
		case '@':
			style = faint
		}
		t.line("  " + t.paint(style, strings.TrimRight(line, "\n")))
	}
	t.blank()
	t.para(0, plain, "Add a case that fails with this, or, if no promise is broken, say why in grader/suites/"+m.Exercise+"/testdata/equivalent.txt, indented below the line")
	t.line(mutant.Key)
	t.blank()
}

// stale lists the entries that answer to no surviving mutant.
func (t *text) stale(m grader.Mutation) {
	for _, s := range m.Stale {
		t.line(t.paint(bad, "stale") + "  " + fmt.Sprintf("%s:%d: %s; remove the entry", s.File, s.Line, s.Message))
		t.line("  " + s.Key)
	}
	t.blank()
}

func (t *text) tally(m grader.Mutation) {
	line := fmt.Sprintf("%s of %s: %d killed, %d equivalent, ", count(len(m.Mutants), "mutant"), m.Exercise, m.Killed, m.Equivalent)
	style := good
	if m.Survived > 0 {
		style = bad
	}
	line += t.paint(style, fmt.Sprintf("%d surviving", m.Survived))
	if m.Invalid > 0 {
		line += t.paint(faint, fmt.Sprintf(" (%d more did not compile)", m.Invalid))
	}
	t.line(line)
}
