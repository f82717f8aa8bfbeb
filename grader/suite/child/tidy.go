package child

import (
	"os"
	"runtime"
	"strconv"
	"strings"
	"syscall"

	"go.uber.org/goleak"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/procs"
	"example.com/gokata/grader/internal/trial"
)

// tidy fails the case if something is left behind. Whatever is still moving may
// be about to go.
func (t *T) tidy() {
	var left, open []string
	if !t.untilStill(func() bool { left = t.left(); return procs.Childless() }) {
		t.leak("processes are left behind", strings.Join(left, "; "), "")
		return
	}
	t.close()
	if !t.untilStill(func() bool { open = t.open(); return len(open) == 0 }) {
		t.leak("descriptors are left open", strings.Join(open, ", "), "")
		return
	}
	t.untilStill(func() bool { return runtime.NumGoroutine() <= t.threads })
	if err := goleak.Find(t.own); err != nil {
		t.leak("goroutines are left behind", strconv.Itoa(strings.Count(err.Error(), "Goroutine "))+" of them", err.Error())
	}
}

func (t *T) leak(message, seen, dump string) {
	t.Fail(trial.Failure{Kind: grader.KindLeak, ID: message, Message: message, Expected: "none", Seen: seen, Dump: dump})
}

// untilStill returns when done says so, or when nobody moves any more and it
// still does not.
func (t *T) untilStill(done func() bool) bool {
	for range patience {
		if done() {
			return true
		}
		t.Settle()
	}
	return done()
}

// patience is how often everybody has to have settled.
const patience = 20

// left returns the processes that the case has started and that are there
// still. It waits for those who have ended and whose parents have ended before.
func (t *T) left() []string {
	var out []string
	for _, p := range procs.Descendants(os.Getpid()) {
		name := "a process that your code has started"
		adopted := false
		for _, c := range t.all() {
			if c.Started() && c.hello.PID == p.PID {
				name, adopted = c.Name, c.hello.Parent != os.Getpid()
			}
		}
		if adopted && p.State == procs.Zombie {
			syscall.Wait4(p.PID, nil, syscall.WNOHANG, nil) // its parent has ended before it
			continue
		}
		if p.State == procs.Zombie {
			name += ", which has ended, and nobody has waited for it"
		} else {
			name += ", which has not ended"
		}
		out = append(out, name)
	}
	return out
}

// open returns the descriptors that were not open when the case began.
func (t *T) open() []string {
	var out []string
	for _, d := range procs.Descriptors() {
		old := false
		for _, b := range t.before {
			old = old || b == d
		}
		if !old {
			kind, _, _ := strings.Cut(d.Target, ":[") // the number that follows is a matter of chance
			out = append(out, strings.TrimPrefix(kind, t.dir+"/"))
		}
	}
	return out
}
