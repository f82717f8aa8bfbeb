package suite

import (
	"fmt"
	"runtime"
	"strings"
	"time"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/internal/wire"
)

// Interleavings longer than first+last steps lose their middle.
const (
	firstSteps = 40
	lastSteps  = 160
)

// finding turns a verdict into what reports show.
func (v *verdict) finding(x *explorer) *grader.Finding {
	f := &grader.Finding{
		Case: x.c.Name, Kind: v.kind, Message: v.message, Expected: v.expected, Seen: v.seen,
		At: []grader.Place{}, Interleaving: []grader.Step{},
	}
	if !v.lost && v.kind != grader.KindNondeterminism {
		f.Schedule = strings.Join([]string{x.suite.Exercise, x.c.Name, v.res.Schedule.Encode(x.req.Tag)}, "/")
	}
	f.At = append(f.At, v.places()...)
	f.Interleaving = append(f.Interleaving, v.steps()...)
	return f
}

// places returns where the goroutines concerned stand.
func (v *verdict) places() []grader.Place {
	switch {
	case v.race != nil:
		return v.race.places(v)
	case v.fail != nil && !v.fail.hangs:
		p := v.place(v.fail.goroutine, "calls the test's function", v.fail.stack)
		if p.File == "" {
			return nil
		}
		return []grader.Place{p}
	case v.kind == grader.KindPanic || v.kind == grader.KindMisuse:
		return []grader.Place{v.place(v.res.Culprit, "panic", v.res.Stack)}
	case v.kind == grader.KindLivelock:
		return v.looping()
	}
	var out []grader.Place
	for _, l := range v.res.Left {
		if len(out) == 12 {
			break
		}
		if v.fail != nil && (!l.Waits || l.G == v.fail.goroutine) {
			continue
		}
		p := v.left(l)
		p.Note = waitsFor(l)
		out = append(out, p)
	}
	return out
}

func (v *verdict) looping() []grader.Place {
	for _, l := range v.res.Left {
		if l.G == v.res.Culprit {
			return []grader.Place{v.left(l)}
		}
	}
	return nil
}

func (v *verdict) left(l sched.Left) grader.Place {
	var stack []uintptr
	if l.Event >= 0 && l.Event < len(v.res.Events) {
		stack = v.res.Events[l.Event].Stack
	}
	return v.place(l.G, l.Op.String(), stack)
}

func waitsFor(l sched.Left) string {
	if !l.Waits {
		return "has not come to its end"
	}
	if l.Holder == l.G {
		return "waits for a lock that it holds itself"
	}
	if l.Holder != 0 {
		return "waits for a lock that " + called(l.Holder) + " holds"
	}
	switch l.Op {
	case sched.OpSend:
		return "waits for somebody to receive"
	case sched.OpRecv:
		return "waits for somebody to send or close"
	case sched.OpSelect:
		return "waits, and none of the cases can happen"
	case sched.OpWait:
		return "waits for the counter to come to 0"
	case sched.OpCondWait:
		return "waits for a signal that nobody will give"
	case sched.OpLock, sched.OpRLock:
		return "waits for a lock"
	}
	return "waits"
}

// called is what a note calls a goroutine.
func called(g int) string {
	if g == 1 {
		return "the test"
	}
	return fmt.Sprintf("G%d", g)
}

// place returns where a goroutine stands, given its stack.
func (v *verdict) place(g int, op string, stack []uintptr) grader.Place {
	file, line := v.line(g, stack)
	return grader.Place{Goroutine: g, Name: v.name(g), Op: op, File: file, Line: line}
}

// line returns the innermost line of the submission in a goroutine's stack, or
// else in that of its start.
func (v *verdict) line(g int, stack []uintptr) (file string, line int) {
	if file, line = learnersLine(stack); file == "" && g > 1 && g <= len(v.res.Origins) {
		file, line = learnersLine(v.res.Origins[g-1])
	}
	return file, line
}

// name returns what a goroutine is called: by where it was started.
func (v *verdict) name(g int) string {
	if g == 0 {
		return ""
	}
	if file, line := v.line(g, nil); file != "" {
		return fmt.Sprintf("%s:%d", file, line)
	}
	return "test"
}

// learnersLine returns the innermost place in a stack that is in the
// submission; the file is empty if there is none.
func learnersLine(stack []uintptr) (file string, line int) {
	if len(stack) == 0 {
		return "", 0
	}
	frames := runtime.CallersFrames(stack)
	for {
		f, more := frames.Next()
		if name, ok := strings.CutPrefix(f.File, wire.SubmissionPrefix); ok {
			return name, f.Line
		}
		if !more {
			return "", 0
		}
	}
}

// events returns what was noted until the failure showed.
func (v *verdict) events() []sched.Event {
	events := v.res.Events
	switch {
	case v.race != nil && v.res.RaceAt > 0:
		events = events[:v.res.RaceAt]
	case v.fail != nil && v.fail.noted > 0:
		events = events[:v.fail.noted]
	}
	return events
}

// steps returns the interleaving up to where the failure showed.
func (v *verdict) steps() []grader.Step {
	events := v.events()
	var out []grader.Step
	now := int64(0)
	for i := range events {
		e := &events[i]
		later := e.At != now
		now = e.At
		if len(events) > firstSteps+lastSteps && i >= firstSteps && i < len(events)-lastSteps {
			continue
		}
		file, line := v.line(e.G, e.Stack)
		out = append(out, grader.Step{
			Step: i + 1, Goroutine: e.G, Name: v.name(e.G), Op: e.Op.String(),
			File: file, Line: line, Note: note(e, later),
		})
	}
	return out
}

func note(e *sched.Event, later bool) string {
	var parts []string
	if later {
		parts = append(parts, "at "+time.Duration(e.At).String())
	}
	if e.Child > 0 {
		parts = append(parts, "starts "+called(e.Child))
	}
	for _, g := range e.Wakes {
		if len(parts) > 3 {
			break
		}
		parts = append(parts, "wakes "+called(g))
	}
	if e.Blocks {
		parts = append(parts, "blocks")
	}
	return strings.Join(parts, ", ")
}
