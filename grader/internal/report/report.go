// Package report writes a [grader.Report] down: as JSON for programs, as text
// for the learner who has just run make check, and as a trace for a viewer of
// time lines. A [grader.Exploration] is written in the same ways.
//
// Each format is one [Handler] in one file. The text is built from the top:
// text.go lays out the whole, finding.go a failed case with its proof,
// lanes.go the interleaving, and layout.go knows about widths, wrapping and
// what must never reach a terminal.
package report

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"example.com/gokata/grader"
)

// Handler writes one report in one format.
type Handler func(w io.Writer, r grader.Report) error

// JSON writes the report as one indented JSON object. Equal reports give
// equal bytes, and lists are never null.
func JSON(w io.Writer, r grader.Report) error {
	r.Submission.Files = list(r.Submission.Files)
	r.Aspects = list(r.Aspects)
	r.Cases = list(r.Cases)
	r.Diagnostics = list(r.Diagnostics)
	r.Advice = list(r.Advice)
	r.Findings = findings(r.Findings)
	return writeJSON(w, r)
}

func writeJSON(w io.Writer, report any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(report); err != nil {
		return fmt.Errorf("write report as JSON: %w", err)
	}
	return nil
}

// findings returns a copy whose lists are never nil.
func findings(fs []grader.Finding) []grader.Finding {
	fs = list(slices.Clone(fs))
	for i := range fs {
		fs[i].At = list(fs[i].At)
		fs[i].Interleaving = list(fs[i].Interleaving)
	}
	return fs
}

// list returns s, or an empty list for none.
func list[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

// TextOptions say how a text report looks. The zero value gives plain text,
// 80 columns wide, without source lines.
type TextOptions struct {
	// Width is the number of columns; 0 means 80, and less than 60 means 60.
	Width int
	// Color turns colours on.
	Color bool
	// Command is how the learner calls kata; "" means kata.
	Command string
	// Source returns the lines of one of the learner's files, or nil if it
	// is not at hand. Source itself may be nil.
	Source func(file string) []string
	// Promises is the contract; promise n is Promises[n-1].
	Promises []string
	// Dir is the submission's directory as it is to be typed after a
	// command; empty if the commands find it by themselves.
	Dir string
	// ShowOutput adds what the submission itself printed.
	ShowOutput bool
}

// Handler returns the handler that writes text with these options.
func (opt TextOptions) Handler() Handler {
	return func(w io.Writer, r grader.Report) error { return Text(w, r, opt) }
}
