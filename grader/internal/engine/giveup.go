package engine

import (
	"fmt"
	"strings"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/wire"
)

// enoughDeaths is how many cases may end the process that runs them. Who wants
// to see more has enough to mend.
const enoughDeaths = 3

// enough tells after which case a submission has cost so much that no further
// one is run, and why: after the first that used up the processor or the
// memory, or the third that ended the process. What counts is the order of the
// cases, not which of them was over first, so that the verdict is the same
// every time: a case that has not been run yet has an empty record and counts
// as harmless, and when it turns out to be none the bound only comes down.
//
// In plain mode every deadlock ends the process, and one that cannot be told
// from a long wait takes the time that is left. There it takes three of those.
func enough(records []wire.Record, plain bool) (last int, why string) {
	deaths, hogs := 0, 0
	for i, rec := range records {
		if rec.Type != wire.Fatal {
			continue
		}
		deaths++
		if rec.Hog {
			hogs++
		}
		name := rec.Result.Name
		switch {
		case hogs == 1 && !plain:
			return i, fmt.Sprintf("%s, an earlier case, used up the processor, the stack or the memory, so no more were tried; mend that one first", name)
		case deaths == enoughDeaths && !plain, hogs == enoughDeaths:
			return i, fmt.Sprintf("%d earlier cases ended the whole program, %s last, so no more were tried; mend those first", enoughDeaths, name)
		}
	}
	return len(records), ""
}

// bound leaves out the cases behind the last one that is to be run, and ends
// those that are running. r.mu is held.
func (r *runner) bound() {
	if !r.untrusted {
		return
	}
	r.last, r.why = enough(r.records, r.plain)
	for i, w := range r.running {
		if i > r.last {
			w.p.Kill()
		}
	}
}

// begin notes that a worker is about to run a case, or says that it need not.
func (r *runner) begin(i int, w *worker) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if i > r.last {
		return false
	}
	r.running[i] = w
	return true
}

// over notes that the worker is not to be stopped any more.
func (r *runner) over(i int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.running, i)
}

// leaveOut returns the records as they count: those behind the last case are
// not run, whatever became of them.
func (r *runner) leaveOut() []wire.Record {
	for i := r.last + 1; i < len(r.cases); i++ {
		r.records[i] = notRun(r.cases[i], r.why)
	}
	return r.records
}

// notRun is the record of a case that was left out.
func notRun(c grader.CaseResult, why string) wire.Record {
	c.Status, c.Score, c.Message = grader.NotRun, 0, why
	return wire.Record{Type: wire.Done, Result: c}
}

// hogs tells whether a process that died by what it said in the end had used
// up the memory or its stack.
func hogs(lastWords string) bool {
	return strings.Contains(lastWords, outOfMemory) || strings.HasPrefix(lastWords, stackOverflow)
}
