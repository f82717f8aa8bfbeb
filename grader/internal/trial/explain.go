package trial

import (
	"strings"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/sched"
)

// Bounds on what is spent on a failure.
const (
	// shrinkSteps bounds the steps spent on making a schedule short, and on
	// running it again.
	shrinkSteps = 400_000
	// endlessSteps is the same for running a livelock again, every one of which
	// is as long as a schedule can be.
	endlessSteps = 60_000
	// enoughSteps is how many steps of a livelock are enough to explain it.
	enoughSteps = 20_000
	// replays is how often a failing schedule is run again. Code that tosses a
	// coin of its own comes to the same end every time once in a thousand
	// times.
	replays = 10
	// suspectReplays is the same for a program with suspects. It takes longer
	// than the tick of a file system's clock.
	suspectReplays = 1_000
)

// explain finds a short schedule with the same failure and runs it with
// every step noted.
func (x *explorer) explain(v *verdict) *verdict {
	for _, s := range []sched.Schedule{x.shrink(v), v.res.Schedule} {
		if w := x.show(s, v); w != nil {
			return w
		}
	}
	return x.unsteady(v)
}

// shrink returns a short schedule with the same failure as v.
func (x *explorer) shrink(v *verdict) sched.Schedule {
	s, cost := v.res.Schedule, v.cost()
	if len(s.Deviations()) == 0 {
		return s
	}
	if v.endless() {
		defer x.bound(enoughSteps)()
		cost = min(cost, enoughSteps)
	}
	budget := min(300, max(8, shrinkSteps/cost))
	return sched.Shrink(s, budget, func(s sched.Schedule) (sched.Schedule, bool) {
		w := x.follow(s, false)
		return w.res.Schedule, w.same(v)
	})
}

// show runs the schedule s with every step noted. It returns nil unless that,
// and several runs before it, come to the same as v.
func (x *explorer) show(s sched.Schedule, v *verdict) *verdict {
	message := v.message
	for range x.replays(v) {
		w := x.follow(s, false)
		if !w.same(v) {
			return nil
		}
		s, message = w.res.Schedule, w.message
	}
	if !v.endless() {
		if w := x.follow(s, true); w.same(v) {
			return w
		}
		return nil
	}
	// What goes on for ever is explained by how it begins.
	defer x.bound(enoughSteps)()
	w := x.follow(s, true)
	if !w.same(v) {
		return nil
	}
	w.message, w.res.Schedule = message, s
	return w
}

// replays returns how often the schedule of a failure is run again.
func (x *explorer) replays(v *verdict) int {
	n, steps := replays, shrinkSteps
	switch {
	case v.kind == grader.KindRace:
		return 0 // that it was seen is proof enough, and the detector forgets some accesses
	case len(x.program.Suspects) > 0:
		n = suspectReplays
	case v.endless():
		steps = endlessSteps
	}
	return max(1, min(n, steps/v.cost()))
}

// bound lowers the bound on the steps of a schedule, until the function that it
// returns is called.
func (x *explorer) bound(steps int) (restore func()) {
	old := x.maxSteps
	x.maxSteps = min(old, steps)
	return func() { x.maxSteps = old }
}

// unsteady is the verdict on code that did not do the same again as in v.
func (x *explorer) unsteady(v *verdict) *verdict {
	x.speak(v)
	first := v.message
	if v.kind == grader.KindNone {
		first = "it passes"
	}
	text := "the same schedule went differently the second time: the code depends on something other than the order of its goroutines, " +
		"such as the real time, the address of a variable, or what an earlier run has left behind"
	if len(x.program.Suspects) > 0 {
		text += "; look first at what it does with " + strings.Join(x.program.Suspects, ", ")
	}
	return &verdict{res: v.res, names: v.names, kind: grader.KindNondeterminism, message: text + "; the first time: " + first}
}

// bytesPerStep is how much text costs as much as a step to make.
const bytesPerStep = 256

// cost returns what it costs to run the schedule of v again, in steps: their
// number, or what the text is worth that comes of it.
func (v *verdict) cost() int {
	return max(v.res.Steps, (len(v.message)+len(v.expected)+len(v.seen))/bytesPerStep, 1)
}
