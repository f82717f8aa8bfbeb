package engine

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/wire"
)

func TestEnough(t *testing.T) {
	tests := []struct {
		name  string
		give  string // one letter per case: passed, died, hogged, - not run yet
		plain bool
		want  int
		why   string
	}{
		{"all well", "pppp", false, 4, "nothing to give up for"},
		{"a hog", "phpp", false, 1, "the first is the last"},
		{"two hogs", "-php", false, 2, "the order of the cases counts"},
		{"an earlier hog", "hphp", false, 0, "it was over later"},
		{"two deaths", "dpdp", false, 4, "not enough"},
		{"three deaths", "dpddp", false, 3, "enough"},
		{"deaths before a hog", "dddh", false, 2, "whichever comes first"},
		{"deaths, not all known", "d-dd-", false, 3, "the bound may come down later"},
		{"plain deaths", "dddd", true, 4, "every deadlock is one"},
		{"plain hogs", "hdhph", true, 4, "each takes its time"},
		{"two plain hogs", "hphp", true, 4, "not enough"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var records []wire.Record
			for i, letter := range tt.give {
				rec := wire.Record{Result: grader.CaseResult{Name: "case-" + string(rune('a'+i))}}
				switch letter {
				case 'p':
					rec.Type = wire.Done
				case 'd':
					rec.Type = wire.Fatal
				case 'h':
					rec.Type, rec.Hog = wire.Fatal, true
				}
				records = append(records, rec)
			}
			last, why := enough(records, tt.plain)
			assert.Equal(t, tt.want, last, tt.why)
			if last == len(records) {
				assert.Empty(t, why)
			} else {
				assert.Contains(t, why, records[last].Result.Name)
			}
		})
	}
}

// TestLeaveOut is about a case that was run although it should not have been:
// nobody could know.
func TestLeaveOut(t *testing.T) {
	cases := []grader.CaseResult{{Name: "a", Max: 1}, {Name: "b", Max: 1}, {Name: "c", Max: 1}}
	r := &runner{errand: errand{untrusted: true}, cases: cases, records: make([]wire.Record, 3), last: 3, next: 2}
	passed := cases[1]
	passed.Status, passed.Score = grader.Passed, 1
	r.put(1, wire.Record{Type: wire.Done, Result: passed})
	r.put(0, wire.Record{Type: wire.Fatal, Hog: true, Result: grader.CaseResult{Name: "a", Status: grader.Failed, Max: 1}})
	var statuses []string
	for _, rec := range r.leaveOut() {
		statuses = append(statuses, rec.Result.Name+" "+string(rec.Result.Status))
		assert.Zero(t, rec.Result.Score)
	}
	assert.Equal(t, "a failed, b not-run, c not-run", strings.Join(statuses, ", "))
	assert.Equal(t, -1, r.take())
	assert.False(t, r.begin(1, nil), "somebody has taken it before that was known")
}
