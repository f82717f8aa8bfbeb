package report_test

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/report"
)

// event is one event of a trace, as a viewer reads it.
type event struct {
	Ph, Name, Cat, BP, S string
	PID, TID, ID         int
	TS, Dur              float64
	Args                 map[string]any
}

func (e event) end() float64 { return e.TS + e.Dur }

// thread identifies one among all processes.
type thread struct{ pid, tid int }

func trace(t *testing.T, r grader.Report) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, report.Trace(&b, r))
	return b.Bytes()
}

func events(t *testing.T, data []byte) []event {
	t.Helper()
	var file struct{ TraceEvents []event }
	require.NoError(t, json.Unmarshal(data, &file))
	return file.TraceEvents
}

func TestTraceGolden(t *testing.T) {
	got := trace(t, load(t, "trace"))
	golden := filepath.Join("testdata", "trace_golden.json")
	if *update {
		require.NoError(t, os.WriteFile(golden, got, 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	assert.Equal(t, string(want), string(got))
	assert.Equal(t, string(got), string(trace(t, load(t, "trace"))))
}

// TestTraceIsWellFormed checks what the format asks for, on the samples and on
// random interleavings.
func TestTraceIsWellFormed(t *testing.T) {
	for _, s := range samples {
		requireWellFormed(t, events(t, trace(t, load(t, s.name))))
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		r := grader.Report{Findings: []grader.Finding{{Kind: grader.KindLeak, Interleaving: interleaving(random)}, {Kind: grader.KindNone, Interleaving: interleaving(random)}}}
		data := trace(t, r)
		requireWellFormed(t, events(t, data))
		require.Equal(t, string(data), string(trace(t, r)))
	}
}

// interleaving returns up to 60 steps of up to 5 goroutines, some left out.
func interleaving(random *rand.Rand) []grader.Step {
	var steps []grader.Step
	number := 0
	for range random.IntN(60) {
		number++
		if random.IntN(20) == 0 {
			number += random.IntN(100)
		}
		s := grader.Step{Step: number, Goroutine: 1 + random.IntN(5), Op: "op", Blocks: random.IntN(3) == 0, AtNS: int64(number)}
		for random.IntN(3) == 0 {
			s.Wakes = append(s.Wakes, 1+random.IntN(6))
		}
		if random.IntN(5) == 0 {
			s.Starts = 1 + random.IntN(6)
		}
		steps = append(steps, s)
	}
	return steps
}

// requireWellFormed checks that events are in the order of time, that the
// slices of a thread nest or follow each other, and that every arrow has two
// ends, each within a slice of its thread.
func requireWellFormed(t *testing.T, all []event) {
	t.Helper()
	now := map[int]float64{}       // per process
	open := map[thread][]float64{} // ends of the slices around the latest event
	tails := map[int]event{}       // arrows without a head so far
	named := map[thread]bool{}
	for _, e := range all {
		require.GreaterOrEqual(t, e.TS, now[e.PID], "%+v", e)
		now[e.PID] = e.TS
		at := thread{e.PID, e.TID}
		for n := len(open[at]); n > 0 && open[at][n-1] <= e.TS; n-- {
			open[at] = open[at][:n-1]
		}
		inside := len(open[at]) > 0
		switch e.Ph {
		case "M":
			named[at] = true
		case "X":
			require.True(t, named[at], "%+v", e)
			require.Positive(t, e.Dur, "%+v", e)
			if inside {
				require.LessOrEqual(t, e.end(), open[at][len(open[at])-1], "%+v overlaps", e)
			}
			open[at] = append(open[at], e.end())
		case "s":
			require.True(t, inside, "%+v begins nowhere", e)
			require.NotContains(t, tails, e.ID)
			tails[e.ID] = e
		case "f":
			require.True(t, inside, "%+v ends nowhere", e)
			require.Equal(t, "e", e.BP)
			tail := tails[e.ID]
			require.Equal(t, [3]any{tail.PID, tail.Name, tail.Cat}, [3]any{e.PID, e.Name, e.Cat})
			require.Less(t, tail.TS, e.TS)
			delete(tails, e.ID)
		case "i":
			require.Equal(t, "p", e.S)
		default:
			t.Fatalf("%+v", e)
		}
	}
	require.Empty(t, tails, "arrows that lead nowhere")
}

// step is one step of an interleaving; more, which may be nil, says what else
// happens at it.
func step(number, goroutine int, op string, more func(*grader.Step)) grader.Step {
	s := grader.Step{Step: number, Goroutine: goroutine, Op: op}
	if more != nil {
		more(&s)
	}
	return s
}

func blocks(s *grader.Step) { s.Blocks = true }

func wakes(goroutines ...int) func(*grader.Step) {
	return func(s *grader.Step) { s.Wakes = goroutines }
}

func starts(goroutine int) func(*grader.Step) {
	return func(s *grader.Step) { s.Starts = goroutine }
}

func TestTraceArrows(t *testing.T) {
	tests := []struct {
		name, why string
		give      []grader.Step
		want      [][2]int // from step, to step
	}{
		{
			name: "go", why: "to the first step, whoever runs between",
			give: []grader.Step{step(1, 1, "go", starts(2)), step(2, 1, "go", starts(3)), step(3, 3, "start", nil), step(4, 2, "start", nil)},
			want: [][2]int{{2, 3}, {1, 4}},
		},
		{
			name: "go, never run", why: "there is no step to lead to",
			give: []grader.Step{step(1, 1, "go", starts(2)), step(2, 1, "exit", nil)},
		},
		{
			name: "wake", why: "to where the goroutine goes on, not to where it waits",
			give: []grader.Step{step(1, 2, "lock", blocks), step(2, 1, "unlock", wakes(2)), step(3, 1, "lock", nil), step(4, 2, "unlock", nil)},
			want: [][2]int{{2, 4}},
		},
		{
			name: "wake several", why: "an arrow each",
			give: []grader.Step{step(1, 2, "cond wait", blocks), step(2, 3, "cond wait", blocks), step(3, 1, "broadcast", wakes(2, 3)), step(4, 1, "exit", nil), step(5, 3, "exit", nil), step(6, 2, "exit", nil)},
			want: [][2]int{{3, 5}, {3, 6}},
		},
		{
			name: "steps left out", why: "where the goroutine went on may be among them",
			give: []grader.Step{step(1, 2, "lock", blocks), step(2, 1, "unlock", wakes(2)), step(9, 2, "unlock", nil)},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			all := events(t, trace(t, grader.Report{Findings: []grader.Finding{{Interleaving: tt.give}}}))
			requireWellFormed(t, all)
			var got [][2]int
			tails := map[int]int{}
			for _, e := range all {
				switch e.Ph {
				case "s":
					tails[e.ID] = int(e.TS)
				case "f":
					got = append(got, [2]int{tails[e.ID], int(e.TS)})
				}
			}
			assert.Equal(t, tt.want, got, tt.why)
		})
	}
}

func TestTraceLeftOut(t *testing.T) {
	r := grader.Report{Findings: []grader.Finding{{Kind: grader.KindFailed, Message: "wrong", Interleaving: []grader.Step{
		step(1, 1, "wait", blocks), step(2, 2, "send", nil), step(103, 2, "send", nil), step(104, 1, "exit", nil),
	}}}}
	var slices, instants []string
	for _, e := range events(t, trace(t, r)) {
		switch {
		case e.Ph == "X" && e.Name == "blocked: wait":
			assert.Equal(t, [2]float64{1.5, 3}, [2]float64{e.TS, e.end()}, "a wait is not drawn across steps that are not there")
			fallthrough
		case e.Ph == "X":
			slices = append(slices, e.Name)
		case e.Ph == "i":
			instants = append(instants, e.Name)
		}
	}
	assert.Equal(t, []string{"100 steps left out", "✗ failed"}, instants)
	assert.Equal(t, []string{"runs", "wait", "blocked: wait", "runs", "send", "runs", "send", "runs", "exit"}, slices)
}

func TestTraceNames(t *testing.T) {
	tests := []struct {
		give grader.Finding
		want string
	}{
		{grader.Finding{Case: "c", Kind: grader.KindDeadlock, Message: "all wait\nmore"}, "c: deadlock: all wait"},
		{grader.Finding{Case: "c", Kind: grader.KindRace, Message: "data race: two goroutines"}, "c: data race: two goroutines"},
		{grader.Finding{Case: "c", Kind: grader.KindFailed, Message: "out of order"}, "c: failed: out of order"},
		{grader.Finding{Case: "c", Kind: grader.KindNone, Message: "the case passes"}, "c: the case passes"},
		{grader.Finding{Case: "c", Kind: grader.KindLeak}, "c: leak"},
	}
	for _, tt := range tests {
		all := events(t, trace(t, grader.Report{Findings: []grader.Finding{tt.give}}))
		assert.Equal(t, "process_name", all[0].Name)
		assert.Equal(t, tt.want, all[0].Args["name"])
		failed := all[len(all)-1].Ph == "i"
		assert.Equal(t, tt.give.Kind != grader.KindNone, failed, "the instant of %q", tt.want)
	}
}

// TestTraceOfNonsense draws what no run gives, but a damaged report may hold.
func TestTraceOfNonsense(t *testing.T) {
	steps := []grader.Step{
		step(5, 0, "", blocks), step(5, 0, "\x1b[2J", wakes(0, -1, 7)), step(-3, -1, "exit", starts(-1)), step(1<<62, 2, "lock\xff", blocks),
	}
	data := trace(t, grader.Report{Findings: []grader.Finding{{Interleaving: steps}, {At: []grader.Place{{}}}}})
	assert.NotEmpty(t, events(t, data))
	assert.NotContains(t, string(data), "[2J")
}

func TestTraceWithoutFindings(t *testing.T) {
	data := trace(t, grader.Report{})
	assert.Empty(t, events(t, data))
	assert.True(t, strings.HasPrefix(string(data), `{"traceEvents":[`), "Perfetto goes by the beginning")
}

func TestTraceWriteError(t *testing.T) {
	assert.ErrorIs(t, report.Trace(full{}, grader.Report{}), os.ErrClosed)
}
