package trial

import (
	"cmp"
	"fmt"
	"strings"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/internal/wire"
)

// verdict is what one run of a case came to, if it failed.
type verdict struct {
	res            sched.Result
	kind           grader.Kind
	message        string
	expected, seen string
	id             string // tells apart failures of one kind: which assertion, which bound
	fail           *Failure
	log            []string
	race           *race
	at             []grader.Place // where a real case stands that does not come to its end
	quits          *sched.Quit    // who was ended by runtime.Goexit
	tests          bool           // the case is the user's own test
	names          wire.Names
	todo           bool // the submission panicked with "TODO: implement …"
	mute           bool // the value of a panic has not been asked for its text yet
	lost           bool // the process cannot be used any more, and there is no schedule
	ruined         bool // it cannot either, because of what happened after the run
}

// same tells whether v is the same failure as other.
func (v *verdict) same(other *verdict) bool {
	return v.kind == other.kind && v.id == other.id
}

// endless tells whether the run was ended because it had made too many steps.
func (v *verdict) endless() bool {
	return v.kind == grader.KindLivelock && v.res.Message == ""
}

// judge returns what is wrong with a run, or nil. What comes first explains
// what comes later: a race or a panic may be the cause of a wrong answer, and a
// wrong answer may leave somebody waiting.
func (x *explorer) judge(res sched.Result, log *Log) *verdict {
	v := &verdict{res: res, log: log.lines, tests: x.program.Tests, names: x.program.Names}
	switch {
	case res.Outcome == sched.Panicked:
		v.panicked()
	case res.Outcome == sched.Misuse:
		v.kind, v.message = grader.KindMisuse, res.Message
	case res.Races > 0:
		v.raced(x.races.last())
	case x.quitter(res) != nil:
		v.quit(x.quitter(res))
	case len(log.fails) > 0:
		f := log.fails[0]
		v.kind, v.message, v.expected, v.seen, v.id, v.fail = cmp.Or(f.Kind, grader.KindFailed), f.Message, f.Expected, f.Seen, f.id(v.names), &f
		if f.Dump != "" {
			v.at = standing(f.Dump, v.names)
		}
	case res.Outcome == sched.Lost:
		v.kind, v.lost = grader.KindDeadlock, true
		v.message = "a goroutine waits inside a package that the grader does not control, and nobody will ever end its wait"
	case res.Outcome == sched.Deadlock:
		v.kind, v.message = grader.KindDeadlock, v.deadlock()
	case res.Outcome == sched.Livelock:
		v.kind, v.message, v.id = grader.KindLivelock, livelock(res), res.Message
	case res.Outcome == sched.Leak:
		v.kind, v.message = grader.KindLeak, leak(res)
	default:
		return nil
	}
	return v
}

// id returns what tells the failure from others.
func (f *Failure) id(names wire.Names) string {
	if f.ID != "" {
		return f.ID
	}
	file, line := learnersLine(names, f.Stack)
	return fmt.Sprint(file, ":", line)
}

func (v *verdict) panicked() {
	v.kind = grader.KindPanic
	text, ok := panicText(v.res.Panic)
	if !ok {
		v.mute = true
		return
	}
	if _, ok := v.res.Panic.(string); ok && strings.HasPrefix(text, Unfinished) {
		v.todo = true
	}
	for _, rule := range misuses {
		if strings.HasPrefix(text, rule) {
			v.kind = grader.KindMisuse
		}
	}
	v.message = "panic: " + text
}

// Unfinished is how the panics of a stub begin.
const Unfinished = "TODO: implement"

// misuses are the texts with which the primitives panic.
var misuses = []string{
	"send on closed channel", "close of closed channel", "close of nil channel",
	"sync: negative WaitGroup counter", "sync: WaitGroup",
}

// deadlock says what holds everybody up, with the circle if there is one.
func (v *verdict) deadlock() string {
	const all = "every goroutine waits, and nobody is left to end anybody's wait"
	circle := circle(v.res.Left)
	if len(circle) < 2 {
		return all // a lock that somebody waits for and holds is told with the place
	}
	words := make([]string, len(circle))
	for i, l := range circle {
		words[i] = v.called(l.G) + " " + v.heldUp(l)
	}
	return all + "\nIn a circle: " + strings.Join(words, ", ")
}

// circle returns goroutines of which each waits for a lock that the next one
// holds, or for the next one's turn, and the last one for the first.
func circle(left []sched.Left) []sched.Left {
	waits := map[int]sched.Left{}
	for _, l := range left {
		if l.Waits && l.Holder != 0 {
			waits[l.G] = l
		}
	}
	for _, start := range left {
		var way []sched.Left
		for l, ok := waits[start.G]; ok && len(way) <= len(left); l, ok = waits[l.Holder] {
			if way = append(way, l); l.Holder == start.G {
				return way
			}
		}
	}
	return nil
}

func livelock(res sched.Result) string {
	if res.Message != "" {
		return fmt.Sprintf("%s: %d are alive at once", res.Message, len(res.Left))
	}
	return fmt.Sprintf("still running after %d steps, without getting anywhere", res.Steps)
}

func leak(res sched.Result) string {
	if len(res.Left) == 1 {
		return "a goroutine is left behind"
	}
	return fmt.Sprintf("%d goroutines are left behind", len(res.Left))
}

// brokenRules say what it means that two operations are not ordered.
var brokenRules = map[sched.Rule]string{
	sched.AddThenWait:   "WaitGroup misuse: nothing orders an Add that begins at zero with a Wait, so the Wait may return too early",
	sched.SendThenClose: "nothing orders a send with the close of its channel: in another order of goroutines the send panics",
}

func (v *verdict) raced(r *race) {
	v.kind, v.race = grader.KindRace, r
	if text := brokenRules[v.res.Broken]; text != "" {
		v.kind, v.message = grader.KindMisuse, text
		return
	}
	v.message = "data race: two goroutines use the same memory, at least one of them writes, and nothing orders the two"
}
