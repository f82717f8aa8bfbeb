package supervisor

import (
	"errors"
	"fmt"
	"runtime"
	"sync"
	"time"

	"example.com/gokata/exercises/supervisor"
	"example.com/gokata/grader/suite"
)

func startedOnce(t *suite.T) {
	f := newFleet(t, 2, func(worker, start int) life { return life{} })
	f.timeless = true
	s := create(t, f.config())
	var errs [3]error
	var starts sync.WaitGroup
	for i := range errs {
		starts.Go(func() { errs[i] = s.Start() })
	}
	starts.Wait()
	won := 0
	for _, err := range errs {
		switch {
		case err == nil:
			won++
		case !errors.Is(err, supervisor.ErrStarted):
			t.Expected("nil once, and ErrStarted for all others", said(err), "several goroutines call Start at once")
		}
	}
	t.Diff(1, won, "how many of three Starts at once return nil")
	t.Settle()
	t.Diff(2, f.starts(), "how many workers are started by three Starts at once, with Workers 2")
	finish(t, s)
	if err := s.Start(); !errors.Is(err, supervisor.ErrStarted) {
		t.Expected("ErrStarted", said(err), "a Start after Stop is not refused")
	}
	t.Settle()
	t.Diff(2, f.starts(), "how many workers have been started, when Start is called again after Stop")
}

func beforeStart(t *suite.T) {
	f := newFleet(t, 1, func(worker, start int) life { return life{runs: time.Second} })
	s := create(t, f.config())
	for _, tt := range []struct {
		name string
		call func() error
	}{{"Wait", s.Wait}, {"Stop", s.Stop}} {
		t.Within(time.Second, tt.name+" before Start", func() {
			if err := tt.call(); !errors.Is(err, supervisor.ErrNotStarted) {
				t.Expected("ErrNotStarted", said(err), "%s before Start does not say so", tt.name)
			}
		})
	}
	t.Diff(0, s.Restarts(), "Restarts before Start")
	t.Diff(0, f.starts(), "how many workers have been started before Start")
	if err := s.Start(); err != nil { // as if nobody had asked
		t.Fatalf("Start returned the error %q after a Wait and a Stop that came too early", said(err))
	}
	noError(t, s.Wait(), "Wait")
	t.Diff(story("starts at 0s", "is done at 1s"), f.diary(0), "what has happened to the worker, after a Wait and a Stop that came too early")
}

func everybodyIsTold(t *suite.T) {
	crash := make(chan struct{})
	f := newFleet(t, 2, func(worker, start int) life {
		if worker == 0 {
			return life{until: crash, fate: errCrash}
		}
		return life{tidies: time.Second}
	})
	f.timeless = true
	cfg := f.config()
	cfg.MaxRestarts = 0
	s := begin(t, cfg)
	var waits sync.WaitGroup
	for range 3 {
		waits.Go(func() {
			err := s.Wait()
			hopeless(t, err, "Wait, called by three goroutines,")
			t.Diff(0, f.running(), "how many workers run when Wait has returned")
		})
	}
	t.Settle()
	close(crash)
	waits.Wait()
	hopeless(t, s.Wait(), "another Wait")
	for range 2 {
		waits.Go(func() { hopeless(t, s.Stop(), "Stop after the end") })
	}
	waits.Wait()
}

func stopsWait(t *suite.T) {
	f := newFleet(t, 2, func(worker, start int) life { return life{deaf: worker == 1, tidies: time.Second} })
	f.timeless = true
	s := begin(t, f.config())
	t.Settle()
	var calls sync.WaitGroup
	for range 2 {
		calls.Go(func() {
			finish(t, s)
			t.Diff(0, f.running(), "how many workers run when Stop has returned")
		})
	}
	calls.Go(func() {
		noError(t, s.Wait(), "Wait")
		t.Diff(0, f.running(), "how many workers run when Wait has returned")
	})
	calls.Wait()
	for i := range 2 {
		t.Diff(1, f.count(i, "gets SIGTERM"), "how often worker %d gets SIGTERM, when two goroutines call Stop", i)
	}
	t.Diff(1, f.count(1, "gets SIGKILL"), "how often a worker that ignores SIGTERM gets SIGKILL, when two goroutines call Stop")
}

func askedFromWithin(t *suite.T) {
	var s *supervisor.Supervisor
	f := newFleet(t, 2, nil)
	var stopped sync.WaitGroup
	f.plan = func(worker, start int) life { // called by Config.Start
		s.Restarts()
		if worker == 1 && start == 3 {
			stopped.Go(func() { finish(t, s) })
			t.Settle() // Stop waits for the worker that is being started
		}
		if start == 3 {
			return life{}
		}
		return life{runs: time.Second, fate: errCrash}
	}
	cfg := f.config()
	cfg.MaxRestarts = 100
	s = create(t, cfg)
	if err := s.Start(); err != nil {
		t.Fatalf("Start returned the error %q", said(err))
	}
	noError(t, s.Wait(), "Wait")
	stopped.Wait()
	t.Diff(0, f.running(), "how many workers run when Wait has returned")
}

func allAtOnce(t *suite.T) {
	f := newFleet(t, 3, func(worker, start int) life {
		if start <= 2 {
			return life{runs: time.Duration(worker + 1), fate: errCrash}
		}
		return life{runs: 5}
	})
	f.timeless = true
	cfg := f.config()
	cfg.Backoff, cfg.MaxBackoff, cfg.MaxRestarts = 1, 2, 100
	s := create(t, cfg)
	var calls sync.WaitGroup
	calls.Go(func() {
		if err := s.Start(); err != nil {
			t.Fatalf("the first Start of a supervisor returned the error %q", said(err))
		}
		noError(t, s.Wait(), "Wait")
	})
	calls.Go(func() { noWorse(t, s.Wait(), "Wait") })
	for range 2 {
		calls.Go(func() {
			for range 3 {
				if n := s.Restarts(); n < 0 || n > 6 {
					t.Expected("0 to 6", fmt.Sprint(n), "Restarts while three workers crash twice each")
				}
				t.Work(1)
			}
			noWorse(t, s.Stop(), "Stop")
		})
	}
	calls.Wait()
	t.Diff(0, f.running(), "how many workers run at the end")
	again := 0
	for i := range 3 {
		again += max(0, f.count(i, "starts")-1)
	}
	t.Diff(again, s.Restarts(), "Restarts at the end, and how many times a worker has been started again")
}

func nothingLeft(t *suite.T) {
	t.Settle()
	before := runtime.NumGoroutine()
	left := func(about string) {
		t.Settle()
		if n := runtime.NumGoroutine() - before; n > 0 {
			t.Expected("none", fmt.Sprint(n), "%s has left goroutines behind", about)
		}
	}
	f := newFleet(t, 3, func(worker, start int) life {
		return life{deaf: worker == 0, tidies: time.Duration(worker) * time.Second}
	})
	s := create(t, f.config())
	left("a supervisor that has not been started")
	_ = s.Wait()
	_ = s.Stop()
	left("a supervisor that has not been started, after Wait and Stop,")
	if err := s.Start(); err != nil {
		t.Fatalf("Start returned the error %q", said(err))
	}
	t.Settle() // all have been started
	finish(t, s)
	left("a supervisor that has been stopped")

	f = newFleet(t, 2, func(worker, start int) life { return life{tidies: time.Second} })
	s = begin(t, f.config())
	t.Settle()   // both have been started
	finish(t, s) // long before Grace is over
	left("a supervisor that has been stopped before Grace was over")

	f = newFleet(t, 2, func(worker, start int) life { return life{runs: time.Second} })
	s = begin(t, f.config())
	noError(t, s.Wait(), "Wait")
	left("a supervisor whose workers have done their work")

	f = newFleet(t, 2, func(worker, start int) life { return life{runs: time.Duration(worker+1) * time.Second, fate: errCrash} })
	cfg := f.config()
	cfg.Backoff, cfg.MaxBackoff, cfg.MaxRestarts = time.Hour, time.Hour, 1
	s = begin(t, cfg)
	gaveUp(t, s)
	left("a supervisor that has given up in a pause")
}
