package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.com/gokata/grader"
)

// Trace writes the findings of a report in the Trace Event Format, which
// ui.perfetto.dev and chrome://tracing draw. Equal reports give equal bytes; a
// report without findings gives a trace without events.
//
// A finding is a process, a goroutine a thread, and a microsecond a step:
// virtual time stands still for most of a schedule, so it is an argument of the
// events and not their axis. Each thread shows where the goroutine ran, with
// its steps inside, and where it was blocked. Arrows lead from a go statement
// to the goroutine's first step, and from who wakes to the step with which the
// woken goes on. The failure is an instant at the end.
//
// The format is that of "Trace Event Format" by the authors of Chrome
// (docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU), in
// the form of an object: an empty array would not be recognised as a trace.
func Trace(w io.Writer, r grader.Report) error {
	var t tracer
	for i, f := range cleaned(r).Findings {
		t.pid = firstPID + i
		t.finding(f)
	}
	var b bytes.Buffer
	b.WriteString(`{"traceEvents":[`)
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	for i, e := range t.events {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('\n')
		if err := enc.Encode(e); err != nil {
			return fmt.Errorf("write report as trace: %w", err)
		}
		b.Truncate(b.Len() - 1) // the line end of Encode, which a comma may have to precede
	}
	b.WriteString("\n]}\n")
	if _, err := w.Write(b.Bytes()); err != nil {
		return fmt.Errorf("write report as trace: %w", err)
	}
	return nil
}

// firstPID numbers the processes so that none has the number of a goroutine: a
// viewer takes the thread with its process's number for the main one.
const firstPID = 100_001

// The parts of a step's microsecond.
const (
	stepLong  = 1.0
	stepShort = 0.5  // of a step that blocks; the rest shows the wait, even of a lone sleeper
	arrowAt   = 0.25 // inside the step's slice, for an arrow is bound to the slice around its end
)

// traceEvent is one event; its fields are those of the format.
type traceEvent struct {
	Phase string  `json:"ph"` // M: metadata, X: slice, i: instant, s and f: ends of an arrow
	PID   int     `json:"pid"`
	TID   int     `json:"tid,omitempty"`
	TS    float64 `json:"ts"` // microseconds
	Dur   float64 `json:"dur,omitempty"`
	Name  string  `json:"name"`
	Cat   string  `json:"cat,omitempty"`
	ID    int     `json:"id,omitempty"` // joins the ends of an arrow
	Bind  string  `json:"bp,omitempty"` // e: the arrow ends at the slice around it, not at the next one
	Scope string  `json:"s,omitempty"`  // p: the instant concerns the whole process
	Args  any     `json:"args,omitempty"`
}

// sliceArgs are the arguments of slices.
type sliceArgs struct {
	Steps string `json:"steps"`
	At    string `json:"at"` // like pool.go:31
	Time  string `json:"virtual_time"`
	Until string `json:"until,omitempty"` // virtual time at the end of a wait
	Note  string `json:"note,omitempty"`
}

// failureArgs are the arguments of the instant at the end.
type failureArgs struct {
	Message  string   `json:"message"`
	Expected string   `json:"expected,omitempty"`
	Seen     string   `json:"seen,omitempty"`
	Stood    []string `json:"stood,omitempty"`
	Schedule string   `json:"schedule,omitempty"`
}

// tracer collects the events of a trace.
type tracer struct {
	events []traceEvent
	pid    int // of the finding at hand
	arrows int // so far, in all findings
}

func (t *tracer) add(e traceEvent) {
	e.PID = t.pid
	t.events = append(t.events, e)
}

// finding adds the process of one finding, its events in the order of time.
func (t *tracer) finding(f grader.Finding) {
	names := namesOf(f)
	t.names(f, names)
	l := newTimeline(f.Interleaving)
	arrivals := map[int][]traceEvent{} // by index of the step they lead to
	for i, s := range l.steps {
		if i > 0 && l.part[i] != l.part[i-1] {
			t.leftOut(l.steps[i-1].Step+1, s.Step-1)
		}
		if l.takesOver(i) {
			t.stretch(l, i)
		}
		t.step(l, i)
		for _, e := range arrivals[i] {
			t.add(e)
		}
		if s.Starts > 0 {
			t.arrow(l, i, l.begins(i, s.Starts), "starts", arrivals)
		}
		for _, g := range s.Wakes {
			t.arrow(l, i, l.goesOn(i, g), "wakes", arrivals)
		}
		if s.Blocks {
			t.blocked(l, i, f.At)
		}
	}
	if f.Kind != grader.KindNone {
		t.failure(f, names)
	}
}

// names adds the name of the process and those of its threads, in their order.
func (t *tracer) names(f grader.Finding, names map[int]string) {
	type named struct {
		Name string `json:"name"`
	}
	type sorted struct {
		Index int `json:"sort_index"`
	}
	message, _, _ := strings.Cut(f.Message, "\n")
	if f.Kind != grader.KindNone && !strings.Contains(strings.ToLower(message), failureName(f.Kind)) {
		message = strings.TrimSuffix(failureName(f.Kind)+": "+message, ": ")
	}
	t.add(traceEvent{Phase: "M", Name: "process_name", Args: named{f.Case + ": " + message}})
	t.add(traceEvent{Phase: "M", Name: "process_sort_index", Args: sorted{t.pid}})
	threads := map[int]bool{}
	for _, s := range f.Interleaving {
		threads[s.Goroutine] = true
	}
	for _, g := range slices.Sorted(maps.Keys(threads)) {
		t.add(traceEvent{Phase: "M", TID: g, Name: "thread_name", Args: named{names[g]}})
		t.add(traceEvent{Phase: "M", TID: g, Name: "thread_sort_index", Args: sorted{g}})
	}
}

// stretch adds the slice around the steps from i that a goroutine makes
// without being interrupted.
func (t *tracer) stretch(l *timeline, i int) {
	last := i
	for last+1 < len(l.steps) && !l.takesOver(last+1) {
		last++
	}
	s := l.steps[i]
	args := argsOf(s)
	args.Steps = stepWords(s.Step, l.steps[last].Step)
	t.slice(s, float64(s.Step), stepEnd(l.steps[last]), "runs", args)
}

func (t *tracer) step(l *timeline, i int) {
	s := l.steps[i]
	args := argsOf(s)
	args.Note = s.Note
	t.slice(s, float64(s.Step), stepEnd(s), s.Op, args)
}

// blocked adds the slice of the wait that began with step i. For who never
// goes on, places say what the wait is for.
func (t *tracer) blocked(l *timeline, i int, places []grader.Place) {
	s := l.steps[i]
	args := argsOf(s)
	end := float64(l.lastOfPart(i).Step) + stepLong
	if next := l.next[i]; next >= 0 {
		end = float64(l.steps[next].Step)
		args.Until = virtualTime(l.steps[next])
	} else if l.part[i] == l.part[len(l.part)-1] {
		for _, p := range places {
			if p.Goroutine == s.Goroutine {
				args.Note = p.Note
			}
		}
	}
	t.slice(s, stepEnd(s), end, "blocked: "+s.Op, args)
}

func (t *tracer) slice(s grader.Step, from, to float64, name string, args sliceArgs) {
	t.add(traceEvent{Phase: "X", TID: s.Goroutine, TS: from, Dur: to - from, Name: name, Args: args})
}

// arrow adds the tail of an arrow from step i to step k, and lays up its head.
// No arrow is drawn to a step that is not there.
func (t *tracer) arrow(l *timeline, i, k int, name string, arrivals map[int][]traceEvent) {
	if k < 0 {
		return
	}
	t.arrows++
	end := func(phase, bind string, s grader.Step) traceEvent {
		return traceEvent{Phase: phase, TID: s.Goroutine, TS: float64(s.Step) + arrowAt, Name: name, Cat: "order", ID: t.arrows, Bind: bind}
	}
	t.add(end("s", "", l.steps[i]))
	arrivals[k] = append(arrivals[k], end("f", "e", l.steps[k]))
}

// leftOut says where the steps are missing of which a long interleaving is
// relieved.
func (t *tracer) leftOut(from, to int) {
	t.add(traceEvent{
		Phase: "i", Scope: "p", TS: float64(from), Name: count(to-from+1, "step") + " left out",
		Args: struct {
			Steps string `json:"steps"`
		}{stepWords(from, to)},
	})
}

// failure adds the instant behind the last step.
func (t *tracer) failure(f grader.Finding, names map[int]string) {
	args := failureArgs{Message: f.Message, Expected: f.Expected, Seen: f.Seen, Schedule: f.Schedule}
	for _, p := range f.At {
		say := names[p.Goroutine]
		if p.File != "" {
			say += " at " + placeWords(p.File, p.Line)
		}
		say += ": " + p.Op
		if p.Note != "" {
			say += ", " + p.Note
		}
		args.Stood = append(args.Stood, say)
	}
	end := stepLong
	if n := len(f.Interleaving); n > 0 {
		end += float64(f.Interleaving[n-1].Step)
	}
	t.add(traceEvent{Phase: "i", Scope: "p", TS: end, Name: "✗ " + failureName(f.Kind), Args: args})
}

// failureName is the word for a kind of finding in a trace.
func failureName(k grader.Kind) string {
	if words, ok := kindWords[k]; ok {
		return words.name
	}
	return string(k)
}

func stepEnd(s grader.Step) float64 {
	if s.Blocks {
		return float64(s.Step) + stepShort
	}
	return float64(s.Step) + stepLong
}

func argsOf(s grader.Step) sliceArgs {
	return sliceArgs{Steps: strconv.Itoa(s.Step), At: placeWords(s.File, s.Line), Time: virtualTime(s)}
}

func stepWords(from, to int) string {
	if from == to {
		return strconv.Itoa(from)
	}
	return fmt.Sprintf("%d to %d", from, to)
}

func placeWords(file string, line int) string {
	if file == "" {
		return "test"
	}
	return fmt.Sprintf("%s:%d", file, line)
}

func virtualTime(s grader.Step) string { return time.Duration(s.AtNS).String() }

// timeline is an interleaving with what its drawing needs to know. Steps that
// are left out divide it into parts; nothing is concluded across them.
type timeline struct {
	steps []grader.Step
	part  []int
	next  []int // index of the goroutine's next step in the same part, or -1
	prev  []int // likewise of its previous one
}

func newTimeline(steps []grader.Step) *timeline {
	l := &timeline{steps: steps}
	latest := map[int]int{} // by goroutine
	part := 0
	for i, s := range steps {
		if i > 0 && s.Step != steps[i-1].Step+1 {
			part++
			clear(latest)
		}
		prev, ok := latest[s.Goroutine]
		if ok {
			l.next[prev] = i
		} else {
			prev = -1
		}
		latest[s.Goroutine] = i
		l.part, l.next, l.prev = append(l.part, part), append(l.next, -1), append(l.prev, prev)
	}
	return l
}

// takesOver reports whether step i begins a stretch: another goroutine made the
// step before, or this one had to wait there.
func (l *timeline) takesOver(i int) bool {
	return i == 0 || l.prev[i] != i-1 || l.steps[i-1].Blocks
}

// lastOfPart returns the last step before some are left out.
func (l *timeline) lastOfPart(i int) grader.Step {
	for i+1 < len(l.steps) && l.part[i+1] == l.part[i] {
		i++
	}
	return l.steps[i]
}

// begins returns the index of the first step of g, which step i starts, or -1.
func (l *timeline) begins(i, g int) int {
	for k := i + 1; k < len(l.steps) && l.part[k] == l.part[i]; k++ {
		if l.steps[k].Goroutine == g {
			return k
		}
	}
	return -1
}

// goesOn returns the index of the step with which g, which step i wakes, goes
// on, or -1 if it is not there or not known.
func (l *timeline) goesOn(i, g int) int {
	for k := i + 1; k < len(l.steps) && l.part[k] == l.part[i]; k++ {
		if p := l.prev[k]; l.steps[k].Goroutine == g && p >= 0 && l.steps[p].Blocks {
			return k
		}
	}
	return -1
}
