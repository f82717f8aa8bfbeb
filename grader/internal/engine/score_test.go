package engine

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/sandbox"
	"example.com/gokata/grader/internal/wire"
)

func record(name string, aspect grader.Aspect, points int, kind grader.Kind, todo bool) wire.Record {
	rec := wire.Record{Result: grader.CaseResult{Name: name, Aspect: aspect, Max: points, Score: points, Status: grader.Passed}, TODO: todo}
	if kind != "" {
		rec.Result.Score, rec.Result.Status = 0, grader.Failed
		rec.Finding = &grader.Finding{Case: name, Kind: kind}
	}
	return rec
}

func TestScore(t *testing.T) {
	tests := []struct {
		name    string
		give    []wire.Record
		status  grader.Status
		score   int
		aspects []grader.AspectScore
		why     string
	}{
		{
			name:   "all passed",
			give:   []wire.Record{record("a", grader.Order, 60, "", false), record("b", grader.Race, 40, "", false)},
			status: grader.Passed, score: 100,
			aspects: []grader.AspectScore{{Name: grader.Order, Score: 60, Max: 60}, {Name: grader.Race, Score: 40, Max: 40}},
		},
		{
			name:   "a race elsewhere",
			give:   []wire.Record{record("a", grader.Order, 60, grader.KindRace, false), record("b", grader.Race, 40, "", false)},
			status: grader.Failed, score: 0,
			aspects: []grader.AspectScore{{Name: grader.Order, Max: 60}, {Name: grader.Race, Max: 40}},
			why:     "a race in any case costs the points for having none",
		},
		{
			name:   "a wrong answer elsewhere",
			give:   []wire.Record{record("a", grader.Order, 60, grader.KindFailed, false), record("b", grader.Race, 40, "", false)},
			status: grader.Failed, score: 40,
			aspects: []grader.AspectScore{{Name: grader.Order, Max: 60}, {Name: grader.Race, Score: 40, Max: 40}},
			why:     "a wrong answer is no race",
		},
		{
			name:   "a stub",
			give:   []wire.Record{record("a", grader.Order, 60, grader.KindPanic, true), record("b", grader.Race, 40, grader.KindPanic, true)},
			status: grader.Unstarted, score: 0,
			aspects: []grader.AspectScore{{Name: grader.Order, Max: 60}, {Name: grader.Race, Max: 40}},
		},
		{
			name:   "half a stub",
			give:   []wire.Record{record("a", grader.Order, 60, grader.KindPanic, true), record("b", grader.Race, 40, "", false)},
			status: grader.Failed, score: 40,
			aspects: []grader.AspectScore{{Name: grader.Order, Max: 60}, {Name: grader.Race, Score: 40, Max: 40}},
			why:     "who has solved a part has started",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var rep grader.Report
			score(&rep, outcome{records: tt.give})
			assert.Equal(t, tt.status, rep.Status, tt.why)
			assert.Equal(t, tt.score, *rep.Score, tt.why)
			assert.Equal(t, tt.aspects, rep.Aspects, tt.why)
		})
	}
}

func TestLastWords(t *testing.T) {
	tests := []struct {
		name, stderr, message string
		at                    []grader.Place
	}{
		{
			name:    "mapping given back",
			stderr:  "unexpected fault address 0x7f12\nfatal error: fault\n[signal SIGSEGV: segmentation violation code=0x1 addr=0x7f12 pc=0x4]\n\ngoroutine 7 [running]:\nx\n\t/submission/pool.go:12 +0x1\n",
			message: "fatal error: fault: memory was used that the process does not have, such as a mapping that has been given back",
			at:      []grader.Place{{Op: "crash", File: "pool.go", Line: 12}},
		},
		{
			name:    "fatal error",
			stderr:  "hello\nfatal error: concurrent map writes\n\ngoroutine 7 [running]:\nx\n\t/submission/pool.go:12 +0x1\n",
			message: "fatal error: concurrent map writes",
			at:      []grader.Place{{Op: "crash", File: "pool.go", Line: 12}},
		},
		{
			name:    "stack",
			stderr:  "runtime: goroutine stack exceeds 33554432-byte limit\nfatal error: stack overflow\n\t/submission/pool.go:3\n",
			message: "stack overflow: a function calls itself without end",
			at:      []grader.Place{{Op: "crash", File: "pool.go", Line: 3}},
		},
		{name: "silence", message: "the process died: <nil>", at: []grader.Place{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			message, at := lastWords(sandbox.End{Stderr: tt.stderr}, nil)
			assert.Equal(t, tt.message, message)
			assert.Equal(t, tt.at, at)
		})
	}
	for _, tt := range []struct {
		give sandbox.End
		want string
		kind grader.Kind
	}{
		{sandbox.End{TooBig: true}, "out of memory", grader.KindPanic},
		{sandbox.End{Full: true}, "out of disk", grader.KindFailed},
		{sandbox.End{Loud: true}, "printed more than 4 MiB", grader.KindFailed},
	} {
		message, at := lastWords(tt.give, nil)
		assert.Contains(t, message, tt.want)
		assert.Empty(t, at)
		assert.Equal(t, tt.kind, crashed(grader.CaseResult{}, tt.give, nil).Finding.Kind)
	}
}
