package trial

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
		Case: x.c.Result.Name, Kind: v.kind, Message: v.message, Expected: v.expected, Seen: v.seen,
		At: []grader.Place{}, Interleaving: []grader.Step{},
	}
	if !v.lost && v.kind != grader.KindNondeterminism {
		f.Schedule = strings.Join([]string{x.program.Name, x.c.Result.Name, v.res.Schedule.Encode(x.req.Tag)}, "/")
	}
	f.Log = v.log
	f.At = append(f.At, v.places()...)
	f.Interleaving = append(f.Interleaving, v.steps()...)
	return f
}

// places returns where the goroutines concerned stand.
func (v *verdict) places() []grader.Place {
	switch {
	case v.at != nil:
		return v.at
	case v.race != nil:
		return v.race.places(v)
	case v.fail != nil && !v.fail.Hangs:
		op := "calls the test's function"
		if v.tests {
			op = "fails"
		}
		p := v.place(v.fail.goroutine, op, v.fail.Stack)
		if p.File == "" {
			return nil
		}
		return []grader.Place{p}
	case v.quits != nil:
		return []grader.Place{v.place(v.quits.G, "Goexit", v.quits.Stack)}
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
		if v.fail != nil && (!l.Waits || l.G == v.fail.goroutine) || v.hidden(l.G) {
			continue
		}
		p := v.left(l)
		p.Note = v.waitsFor(l)
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
	return v.place(l.G, l.Op.String(), l.Stack)
}

func (v *verdict) waitsFor(l sched.Left) string {
	if !l.Waits {
		return "has not come to its end"
	}
	if l.Holder != 0 {
		return v.heldUp(l)
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

// heldUp says what a goroutine waits for of which is known who holds it up.
func (v *verdict) heldUp(l sched.Left) string {
	switch {
	case l.Behind:
		return "waits behind " + v.called(l.Holder) + ", which wants to write and comes first"
	case l.Holder == l.G:
		return "waits for a lock that it holds itself"
	}
	return "waits for a lock that " + v.called(l.Holder) + " holds"
}

// hidden tells whether a goroutine is only there to run the user's test.
func (v *verdict) hidden(g int) bool { return v.tests && g == 1 }

// shown returns those of some goroutines that are not hidden.
func (v *verdict) shown(gs []int) []int {
	var out []int
	for _, g := range gs {
		if !v.hidden(g) {
			out = append(out, g)
		}
	}
	return out
}

// called is what a note calls a goroutine.
func (v *verdict) called(g int) string {
	if v.name(g) == test {
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
	if file, line = learnersLine(v.names, stack); file == "" && g > 1 && g <= len(v.res.Origins) {
		file, line = learnersLine(v.names, v.res.Origins[g-1])
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
	return test
}

// test is the name of a goroutine that no line of the user's has started.
const test = "test"

// learnersLine returns the innermost place in a stack that is in one of the
// user's files; the file is empty if there is none.
func learnersLine(names wire.Names, stack []uintptr) (file string, line int) {
	if len(stack) == 0 {
		return "", 0
	}
	frames := runtime.CallersFrames(stack)
	for {
		f, more := frames.Next()
		if name, ok := names.Cut(f.File); ok {
			return name, f.Line
		}
		if !more {
			return "", 0
		}
	}
}

// events returns what was noted until the failure showed.
func (v *verdict) events() []sched.Event {
	until := 0
	switch {
	case v.race != nil:
		until = v.res.RaceAt
	case v.fail != nil:
		until = v.fail.noted
	}
	if until == 0 {
		return v.res.Events
	}
	if until > sched.KeptFirst {
		until = max(sched.KeptFirst, until-v.res.Forgotten)
	}
	return v.res.Events[:min(until, len(v.res.Events))]
}

// steps returns the interleaving up to where the failure showed.
func (v *verdict) steps() []grader.Step {
	events := v.events()
	var out []grader.Step
	now, number := int64(0), 0
	for i := range events {
		e := &events[i]
		later := e.At != now
		now = e.At
		if v.hidden(e.G) {
			continue
		}
		if number++; number == sched.KeptFirst+1 {
			number += v.res.Forgotten
		}
		if len(events) > firstSteps+lastSteps && i >= firstSteps && i < len(events)-lastSteps {
			continue
		}
		file, line := v.line(e.G, e.Stack)
		s := grader.Step{
			Step: number, Goroutine: e.G, Name: v.name(e.G), Op: e.Op.String(), File: file, Line: line,
			AtNS: e.At, Starts: e.Child, Wakes: v.shown(e.Wakes), Blocks: e.Blocks,
		}
		s.Note = v.note(&s, later)
		out = append(out, s)
	}
	return out
}

// note says in words what happened at a step; later tells that time has passed
// since the step before.
func (v *verdict) note(s *grader.Step, later bool) string {
	var parts []string
	if later {
		parts = append(parts, "at "+time.Duration(s.AtNS).String())
	}
	if s.Starts > 0 {
		parts = append(parts, "starts "+v.called(s.Starts))
	}
	for _, g := range s.Wakes {
		if len(parts) > 3 {
			break
		}
		parts = append(parts, "wakes "+v.called(g))
	}
	if s.Blocks {
		parts = append(parts, "blocks")
	}
	return strings.Join(parts, ", ")
}
