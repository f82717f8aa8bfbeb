package report

import (
	"fmt"
	"io"
	"slices"

	"example.com/gokata/grader"
)

// ExplorationJSON writes an exploration as one indented JSON object. Equal
// explorations give equal bytes, and lists are never null.
func ExplorationJSON(w io.Writer, e grader.Exploration) error {
	e.Tests = list(slices.Clone(e.Tests))
	for i := range e.Tests {
		e.Tests[i].Findings = findings(e.Tests[i].Findings)
	}
	e.Notes = list(e.Notes)
	e.Diagnostics = list(e.Diagnostics)
	return writeJSON(w, e)
}

// ExplorationText writes an exploration for people to read: a line for every
// test, and for every one that failed the interleaving that proves it.
func ExplorationText(w io.Writer, e grader.Exploration, opt TextOptions) error {
	t := newText(asReport(e), opt)
	t.explored(e)
	return t.flush(w)
}

// ExplorationTrace writes the findings of an exploration as [Trace] writes those
// of a report.
func ExplorationTrace(w io.Writer, e grader.Exploration) error { return Trace(w, asReport(e)) }

// asReport puts an exploration into the form of a report, as far as it fits.
func asReport(e grader.Exploration) grader.Report {
	r := grader.Report{Schema: e.Schema, Exercise: "explore", Status: e.Status, Engine: e.Engine, Diagnostics: e.Diagnostics, Output: e.Output}
	for _, test := range e.Tests {
		c := grader.CaseResult{
			Name: test.Name, Status: test.Status, Schedules: test.Schedules, Steps: test.Steps,
			Exhaustive: test.Exhaustive, Preemptions: test.Preemptions, Message: test.Message,
		}
		if several(e) {
			c.Name = test.Package + " " + test.Name
		}
		r.Cases = append(r.Cases, c)
		for _, f := range test.Findings {
			f.Case = c.Name
			r.Findings = append(r.Findings, f)
		}
	}
	return r
}

// several tells whether the tests are of more than one package.
func several(e grader.Exploration) bool {
	for _, test := range e.Tests {
		if test.Package != e.Tests[0].Package {
			return true
		}
	}
	return false
}

func (t *text) explored(e grader.Exploration) {
	switch {
	case e.Status == grader.Error:
		t.line(t.paint(strong, "explore") + "  " + t.paint(bad, "does not compile"))
		t.blank()
		t.messages(t.r.Diagnostics)
		t.sandbox()
		return
	case e.Engine.Mode == grader.ModeReplay:
		t.replayed()
	default:
		t.tests()
		t.failures()
		t.verdict()
	}
	for _, note := range e.Notes {
		t.blank()
		t.item("Note: ", 6, faint, oneLine(note))
	}
	t.sandbox()
	if t.opt.ShowOutput {
		t.output()
	}
}

// tests writes one line per test.
func (t *text) tests() {
	names := 8
	for _, c := range t.r.Cases {
		names = max(names, width(c.Name))
	}
	names = min(names, t.width/2)
	for _, c := range t.r.Cases {
		style, mark := good, "✓"
		say := count(c.Schedules, "schedule")
		switch {
		case c.Status == grader.Failed:
			style, mark = bad, "✗"
		case c.Status == grader.NotRun:
			style, mark, say = faint, "–", c.Message
		case c.Exhaustive:
			say += ", among them all " + atMost(c.Preemptions)
		}
		t.line("  " + t.paint(style, mark) + " " + pad(fit(c.Name, names), names) + "  " + t.paint(faint, fit(say, t.width-names-6)))
	}
}

func atMost(preemptions int) string {
	if preemptions == 0 {
		return "without preemption"
	}
	return "with at most " + count(preemptions, "preemption")
}

// verdict says in one sentence what was found.
func (t *text) verdict() {
	var failed, skipped, schedules, steps int
	for _, c := range t.r.Cases {
		switch c.Status {
		case grader.Failed:
			failed++
		case grader.NotRun:
			skipped++
		}
		schedules += c.Schedules
		steps += c.Steps
	}
	say := "Nothing found in " + count(len(t.r.Cases)-skipped, "test")
	if failed > 0 {
		t.rule("", "")
		say = fmt.Sprintf("Something found in %d of %s", failed, count(len(t.r.Cases)-skipped, "test"))
	} else {
		t.blank()
	}
	if skipped > 0 {
		say += fmt.Sprintf(", %d not run", skipped)
	}
	t.para(0, plain, say+fmt.Sprintf(": %s and %s.", count(schedules, "schedule"), count(steps, "step")))
}
