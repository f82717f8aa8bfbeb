package suite

import (
	"fmt"
	"strings"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/sched"
)

// verdict is what one run of a case came to, if it failed.
type verdict struct {
	res            sched.Result
	kind           grader.Kind
	message        string
	expected, seen string
	format         string // of the assertion that failed
	fail           *failure
	race           *race
	todo           bool // the submission panicked with "TODO: implement …"
	lost           bool // the process cannot be used any more
}

// same tells whether v is the same failure as other.
func (v *verdict) same(other *verdict) bool {
	return v.kind == other.kind && v.format == other.format
}

// judge returns what is wrong with a run, or nil. What comes first explains
// what comes later: a race or a panic may be the cause of a wrong answer, and a
// wrong answer may leave somebody waiting.
func (x *explorer) judge(res sched.Result, t *T) *verdict {
	v := &verdict{res: res}
	switch {
	case res.Outcome == sched.Panicked:
		v.panicked()
	case res.Outcome == sched.Misuse:
		v.kind, v.message = grader.KindMisuse, res.Message
	case res.Races > 0:
		v.raced(x.races.last())
	case len(t.fails) > 0:
		f := t.fails[0]
		v.kind, v.message, v.expected, v.seen, v.format, v.fail = grader.KindFailed, f.message, f.expected, f.seen, f.format, &f
	case res.Goexit:
		v.kind, v.message = grader.KindPanic, "runtime.Goexit ended the goroutine that called your code"
	case res.Outcome == sched.Lost:
		v.kind, v.lost = grader.KindDeadlock, true
		v.message = "a goroutine waits inside a package that the grader does not control, and nobody will ever end its wait"
	case res.Outcome == sched.Deadlock:
		v.kind, v.message = grader.KindDeadlock, "every goroutine waits, and nobody is left to end anybody's wait"
	case res.Outcome == sched.Livelock:
		v.kind, v.message = grader.KindLivelock, livelock(res)
	case res.Outcome == sched.Leak:
		v.kind, v.message = grader.KindLeak, leak(res)
	default:
		return nil
	}
	return v
}

func (v *verdict) panicked() {
	v.kind = grader.KindPanic
	text := fmt.Sprint(v.res.Panic)
	if err, ok := v.res.Panic.(error); ok {
		text = err.Error()
	}
	if _, ok := v.res.Panic.(string); ok && strings.HasPrefix(text, todo) {
		v.todo = true
	}
	for _, rule := range misuses {
		if strings.HasPrefix(text, rule) {
			v.kind = grader.KindMisuse
		}
	}
	v.message = "panic: " + text
}

// todo is how the panics of a stub begin.
const todo = "TODO: implement"

// misuses are the texts with which the primitives panic.
var misuses = []string{
	"send on closed channel", "close of closed channel", "close of nil channel",
	"sync: negative WaitGroup counter", "sync: WaitGroup",
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

func (v *verdict) raced(r *race) {
	v.kind, v.race = grader.KindRace, r
	v.message = "data race: two goroutines use the same memory, at least one of them writes, and nothing orders the two"
}
