package report

import (
	"example.com/gokata/grader"
)

// replayed writes the one schedule that was asked for, from its first step to
// its last. There is no score: one schedule proves nothing good.
func (t *text) replayed() {
	t.line(t.paint(strong, fit(t.r.Exercise, t.width/2)) + "  " + t.paint(accent, "one schedule"))
	t.blank()
	t.unfold = true
	for _, c := range t.r.Cases {
		for _, f := range t.r.Findings {
			switch {
			case f.Case != c.Name:
			case f.Kind == grader.KindNone:
				t.rule(titleOf(c), "")
				t.blank()
				t.interleaving(f, namesOf(f))
			default:
				c.Max = c.Score // nothing is lost here
				t.failedCase(c, []grader.Finding{f})
			}
		}
		if c.Status == grader.Passed {
			t.para(0, good, "The case passes under this schedule.")
		}
	}
}
