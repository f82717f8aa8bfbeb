package report

import "example.com/gokata/grader"

// cleaned returns a copy of a report in which nothing can steer a terminal.
// Names, messages and output come from the submission, or quote it; cleaning
// all of them in one place means that no other function needs to think of it.
func cleaned(r grader.Report) grader.Report {
	r.Exercise = oneLine(r.Exercise)
	r.Output = clean(r.Output)
	r.Engine.Version, r.Engine.Go = oneLine(r.Engine.Version), oneLine(r.Engine.Go)
	r.Aspects = each(r.Aspects, func(a *grader.AspectScore) {
		a.Name = grader.Aspect(oneLine(string(a.Name)))
	})
	r.Cases = each(r.Cases, func(c *grader.CaseResult) {
		c.Name, c.Why, c.Message = oneLine(c.Name), oneLine(c.Why), clean(c.Message)
		c.Aspect = grader.Aspect(oneLine(string(c.Aspect)))
	})
	r.Diagnostics, r.Advice = each(r.Diagnostics, cleanDiagnostic), each(r.Advice, cleanDiagnostic)
	r.Findings = each(r.Findings, func(f *grader.Finding) {
		f.Case, f.Kind = oneLine(f.Case), grader.Kind(oneLine(string(f.Kind)))
		f.Message, f.Expected, f.Seen = clean(f.Message), clean(f.Expected), clean(f.Seen)
		f.Schedule = oneLine(f.Schedule)
		f.Log = each(f.Log, func(line *string) { *line = clean(*line) })
		f.At = each(f.At, func(p *grader.Place) {
			p.Name, p.Op, p.File, p.Note = oneLine(p.Name), oneLine(p.Op), oneLine(p.File), oneLine(p.Note)
		})
		f.Interleaving = each(f.Interleaving, func(s *grader.Step) {
			s.Name, s.Op, s.File, s.Note = oneLine(s.Name), oneLine(s.Op), oneLine(s.File), oneLine(s.Note)
		})
	})
	return r
}

func cleanDiagnostic(d *grader.Diagnostic) {
	d.File, d.Message = oneLine(d.File), clean(d.Message)
}

// each returns a copy of list with f applied to each element.
func each[T any](list []T, f func(*T)) []T {
	out := make([]T, len(list))
	copy(out, list)
	for i := range out {
		f(&out[i])
	}
	return out
}
