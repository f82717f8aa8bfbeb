package main

import (
	"fmt"
	"text/tabwriter"
	"time"

	"example.com/gokata/grader/internal/catalog"
	"example.com/gokata/grader/internal/engine"
	"example.com/gokata/grader/internal/phase"
)

// phases prints where the time of grading a changed submission goes.
func (b *bench) phases(w *tabwriter.Writer) error {
	cat, err := catalog.Open(b.root)
	if err != nil {
		return err
	}
	ex, err := cat.Get("pool")
	if err != nil {
		return err
	}
	var log phase.Log
	for range rounds {
		dir, _, err := b.changed(inside)
		if err != nil {
			return err
		}
		sub, err := catalog.ReadSubmission(dir, ex.Slug)
		if err != nil {
			return err
		}
		if _, err := engine.Grade(log.With(b.ctx), engine.Job{Root: b.root, Exercise: ex, Submission: sub}); err != nil {
			return err
		}
	}
	fmt.Fprintln(w, "\t\t\nphases of kata check, median\ttime\tprocessor time of tools\t")
	for _, name := range log.Names() {
		var wall, children []float64
		for _, t := range log.Times(name) {
			wall, children = append(wall, ms(t.Wall)), append(children, ms(t.Children))
		}
		fmt.Fprintf(w, "%s\t%.0f ms\t%.0f ms\t\n", name, median(wall), median(children))
	}
	return nil
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
