package engine

import (
	"fmt"
	"strings"

	"example.com/gokata/grader"
)

// faults are the aspects whose points are for the absence of something. A
// finding of that kind in any case costs them all.
var faults = map[grader.Aspect]grader.Kind{
	grader.Race:     grader.KindRace,
	grader.Deadlock: grader.KindDeadlock,
	grader.Leak:     grader.KindLeak,
}

// Costs tells whether a finding costs all points of an aspect, in whatever case
// it was made.
func Costs(f grader.Finding, aspect grader.Aspect) bool {
	kind, ok := faults[aspect]
	return ok && f.Kind == kind
}

// score enters the cases and what they are worth into the report.
func score(rep *grader.Report, out outcome) {
	rep.Findings = out.findings()
	seen := map[grader.Kind]string{}
	for _, f := range rep.Findings {
		if seen[f.Kind] == "" {
			seen[f.Kind] = f.Case
		}
	}
	total, max := 0, map[grader.Aspect]int{}
	got := map[grader.Aspect]int{}
	todo, passed := false, false
	for _, rec := range out.records {
		c := rec.Result
		passed = passed || c.Status == grader.Passed
		todo = todo || rec.TODO
		if kind, ok := faults[c.Aspect]; ok && c.Status == grader.Passed && seen[kind] != "" {
			c.Status, c.Score = grader.Failed, 0
			c.Message = fmt.Sprintf("a %s was found in the case %s", strings.ReplaceAll(string(kind), "race", "data race"), seen[kind])
		}
		rep.Cases = append(rep.Cases, c)
		total += c.Score
		got[c.Aspect] += c.Score
		max[c.Aspect] += c.Max
	}
	for _, a := range grader.Aspects {
		if max[a] > 0 {
			rep.Aspects = append(rep.Aspects, grader.AspectScore{Name: a, Score: got[a], Max: max[a]})
		}
	}
	if rep.Engine.Mode == grader.ModeReplay {
		rep.Status = rep.Cases[0].Status
		return
	}
	rep.Score = &total
	switch {
	case total == grader.MaxScore:
		rep.Status = grader.Passed
	case todo && !passed:
		rep.Status = grader.Unstarted
	default:
		rep.Status = grader.Failed
	}
}
