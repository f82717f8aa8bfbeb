package supervisor

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"example.com/gokata/exercises/supervisor"
	"example.com/gokata/grader/suite"
)

// errCrash is how a worker crashes.
var errCrash = errors.New("a crash on purpose")

// life says what becomes of a worker that is started. The zero life is one that
// lasts until SIGTERM.
type life struct {
	refused error           // Start returns it, and nothing has been started
	runs    time.Duration   // it ends by itself after that time; 0 means it does not
	until   <-chan struct{} // it ends by itself when this is closed, if it is not nil
	fate    error           // how it ends by itself: nil if its work is done
	tidies  time.Duration   // how long it goes on after SIGTERM
	deaf    bool            // it ignores SIGTERM
}

// fleet starts workers that live in the case alone, and keeps a diary of each.
// Its own notes order nothing in the eyes of the race detector.
type fleet struct {
	t        *suite.T
	plan     func(worker, start int) life // start is 1 at first
	timeless bool                         // the diary leaves out when
	alive    []*suite.Gauge               // of each worker
}

// newFleet returns a fleet of n workers.
func newFleet(t *suite.T, n int, plan func(worker, start int) life) *fleet {
	f := &fleet{t: t, plan: plan}
	for i := range n {
		f.alive = append(f.alive, t.Gauge(fmt.Sprintf("processes of worker %d", i), 1))
	}
	return f
}

// note writes into the diary of a worker.
func (f *fleet) note(worker int, what string) {
	if !f.timeless {
		what += " at " + f.t.Elapsed().String()
	}
	f.t.Event("worker %d %s", worker, what)
}

// diary returns what has become of a worker so far, to be compared with a
// story.
func (f *fleet) diary(worker int) string { return story(f.lines(worker)...) }

// story returns lines of a diary as they read in a report.
func story(lines ...string) string { return strings.Join(lines, ", ") }

func (f *fleet) lines(worker int) []string {
	lines := []string{}
	for _, e := range f.t.Events() {
		if line, ok := strings.CutPrefix(e, fmt.Sprintf("worker %d ", worker)); ok {
			lines = append(lines, line)
		}
	}
	return lines
}

// count returns how often something is in the diary of a worker so far.
func (f *fleet) count(worker int, what string) int {
	n := 0
	for _, line := range f.lines(worker) {
		if strings.HasPrefix(line, what) {
			n++
		}
	}
	return n
}

// starts returns how often all workers have been started so far.
func (f *fleet) starts() int {
	n := 0
	for i := range f.alive {
		n += f.count(i, "starts")
	}
	return n
}

// running returns how many workers have been started and not been waited for.
func (f *fleet) running() int {
	n := 0
	for _, g := range f.alive {
		n += g.Inside()
	}
	return n
}

// start is Config.Start.
func (f *fleet) start(worker int) (supervisor.Worker, error) {
	if worker < 0 || worker >= len(f.alive) {
		f.t.Fatalf("Config.Start is called for worker %d, although the workers are 0 to %d", worker, len(f.alive)-1)
	}
	f.note(worker, "starts")
	l := f.plan(worker, f.count(worker, "starts"))
	if l.refused != nil {
		f.note(worker, "is refused")
		return nil, l.refused
	}
	f.alive[worker].Enter()
	w := &member{
		f: f, worker: worker, life: l,
		term: make(chan struct{}, 1), kill: make(chan struct{}, 1), over: make(chan struct{}),
	}
	go w.live()
	return w, nil
}

// member is a worker of a fleet.
type member struct {
	f      *fleet
	worker int
	life   life
	term   chan struct{} // the signals
	kill   chan struct{}
	over   chan struct{} // closed when it has ended
	err    error         // set before over is closed
	waited atomic.Bool
}

func (w *member) live() {
	defer close(w.over)
	var end <-chan time.Time
	if w.life.runs > 0 {
		timer := time.NewTimer(w.life.runs)
		defer timer.Stop()
		end = timer.C
	}
	term := w.term
	if w.life.deaf {
		term = nil
	}
	select {
	case <-end:
		w.ends()
		return
	case <-w.life.until:
		w.ends()
		return
	case <-term:
		w.err = errors.New("signal: terminated")
	case <-w.kill:
		w.err = errors.New("signal: killed")
		return
	}
	if w.life.tidies == 0 {
		return
	}
	timer := time.NewTimer(w.life.tidies)
	defer timer.Stop()
	select {
	case <-timer.C:
		w.f.note(w.worker, "has tidied up")
	case <-w.kill:
		w.err = errors.New("signal: killed")
	}
}

// ends is the end of a worker by itself.
func (w *member) ends() {
	w.err = w.life.fate
	if w.err != nil {
		w.f.note(w.worker, "crashes")
	} else {
		w.f.note(w.worker, "is done")
	}
}

func (w *member) Wait() error {
	if w.waited.Swap(true) {
		w.f.t.Errorf("Wait of one worker is called twice, although a process can be waited for only once")
		return errors.New("already waited for")
	}
	<-w.over
	w.f.alive[w.worker].Leave()
	return w.err
}

func (w *member) Signal(sig os.Signal) error {
	box := w.term
	switch sig {
	case syscall.SIGTERM:
		w.f.note(w.worker, "gets SIGTERM")
	case syscall.SIGKILL:
		w.f.note(w.worker, "gets SIGKILL")
		box = w.kill
	default:
		w.f.t.Errorf("a worker gets the signal %q, and not SIGTERM or SIGKILL", sig)
		return nil
	}
	select {
	case box <- struct{}{}:
	default: // it has one of these already
	}
	select {
	case <-w.over:
		return os.ErrProcessDone
	default:
		return nil
	}
}
