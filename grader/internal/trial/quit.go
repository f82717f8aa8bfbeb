package trial

import (
	"runtime"
	"strings"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/internal/wire"
)

// quitter returns the goroutine of the case that the code under test has ended
// by runtime.Goexit, or nil. What it has started itself it may end that way.
func (x *explorer) quitter(res sched.Result) *sched.Quit {
	for i := range res.Quits {
		if q := &res.Quits[i]; q.G == 1 || !x.program.Tests && ofSuite(q) {
			return q
		}
	}
	return nil
}

func (v *verdict) quit(q *sched.Quit) {
	v.kind, v.id = grader.KindFailed, "Goexit"
	v.message = "runtime.Goexit ended the goroutine that called your code"
	v.expected, v.seen = "a function that is called returns or panics", "nobody comes back to the caller"
	v.quits = q
}

// ofSuite tells whether the hidden suite has started a goroutine: in person or
// with something of the kit or the twins, such as WaitGroup.Go. What it runs
// does not matter, for a suite may start a method of the submission. Where it
// was started is noted in all programs that name runtime.Goexit; what cannot be
// told counts as the suite's.
func ofSuite(q *sched.Quit) bool {
	if own, known := innermost(q.Origin); known {
		return !own
	}
	// A timer or the end of a context has started it.
	f := runtime.FuncForPC(q.Entry)
	if f == nil {
		return true
	}
	file, _ := f.FileLine(q.Entry)
	return !strings.HasPrefix(file, wire.SubmissionPrefix)
}

// innermost tells whether the innermost frame of a stack that belongs to the
// submission or to the suite is the submission's own. It is not known if there
// is none, or if time has passed at the frame rather than a goroutine started.
func innermost(stack []uintptr) (own, known bool) {
	if len(stack) == 0 {
		return false, false
	}
	frames := runtime.CallersFrames(stack)
	for {
		f, more := frames.Next()
		switch {
		case strings.HasPrefix(f.File, wire.SubmissionPrefix):
			return true, true
		case strings.HasPrefix(f.File, wire.SuitePrefix):
			return false, true
		case strings.HasSuffix(f.Function, "/internal/sched.(*Run).fire"), strings.Contains(f.Function, "/rt/context."):
			return false, false
		}
		if !more {
			return false, false
		}
	}
}
