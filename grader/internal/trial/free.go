package trial

import (
	"fmt"
	"runtime"
	"time"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/internal/wire"
)

// How long goroutines that a case has started may take to end, once it is over
// itself. They are left to the machine, so there is nothing to count.
const (
	patience = time.Second
	glance   = 10 * time.Millisecond
)

// outside runs a case in a goroutine of its own, outside of any run. The case
// may end by Goexit; a panic ends the process, and whoever has started that
// says so.
func (p *Program) outside(c *Case) *Log {
	log := &Log{names: p.Names}
	done := make(chan struct{})
	go func() {
		defer close(done)
		p.start(c, log)
	}()
	<-done
	return log
}

// free runs a case once on the ordinary runtime, in real time: it leaves what
// the scheduler controls. Races, panics and goroutines that are left behind
// are found all the same, if they happen to show.
func (s *server) free(c *Case) wire.Record {
	races, before := sched.Races(), runtime.NumGoroutine()
	log := s.program.outside(c)
	left := 0
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(glance) {
		if left = runtime.NumGoroutine() - before; left <= 0 {
			break
		}
	}
	res := sched.Result{Races: sched.Races() - races}
	x := newExplorer(s.program, c, wire.Request{}, s.races)
	v := x.judge(res, log)
	if v == nil && left > 0 {
		v = &verdict{res: res, names: s.program.Names, kind: grader.KindLeak, message: fmt.Sprintf("%d goroutines are left behind", left)}
	}
	// What the case has left behind, goroutines as well as cleanups, must not
	// get into a run: the process is not used again.
	rec := wire.Record{Type: wire.Fatal, Result: c.Result}
	rec.Result.Status, rec.Result.Score, rec.Result.Schedules = grader.Passed, c.Result.Max, 1
	rec.Result.Message = "not under control: it waits for something outside of the program, so it was run once, in real time"
	if v != nil {
		rec.Result.Status, rec.Result.Score = grader.Failed, 0
		v.lost = true
		x.tell(&rec, v)
	}
	return rec
}
