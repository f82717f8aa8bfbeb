package supervisor

import (
	"sync"
	"time"

	"example.com/gokata/grader/suite"
)

func asksFirst(t *suite.T) {
	f := newFleet(t, 4, func(worker, start int) life {
		if worker == 3 {
			return life{deaf: true}
		}
		return life{tidies: time.Duration(worker) * 2 * time.Second}
	})
	s := begin(t, f.config())
	t.Work(10 * time.Second)
	finish(t, s)
	t.Diff(15*time.Second, t.Elapsed(), "the time at which Stop returns, called at 10s with a Grace of 5s, when one worker ignores SIGTERM")
	later(t)
	for i, want := range [][]string{
		{"starts at 0s", "gets SIGTERM at 10s"},
		{"starts at 0s", "gets SIGTERM at 10s", "has tidied up at 12s"},
		{"starts at 0s", "gets SIGTERM at 10s", "has tidied up at 14s"},
		{"starts at 0s", "gets SIGTERM at 10s", "gets SIGKILL at 15s"},
	} {
		t.Diff(story(want...), f.diary(i), "what has happened to worker %d, when Stop is called at 10s", i)
	}
	t.Diff(0, s.Restarts(), "Restarts of a supervisor that has been stopped")
}

func noLongerThanNeeded(t *suite.T) {
	f := newFleet(t, 3, func(worker, start int) life {
		return life{tidies: time.Duration(worker+1) * time.Second}
	})
	cfg := f.config()
	cfg.Grace = time.Hour
	s := begin(t, cfg)
	t.Settle() // all have been started
	finish(t, s)
	t.Diff(3*time.Second, t.Elapsed(), "the time that Stop takes, when three workers take 1s, 2s and 3s to tidy up")
	finish(t, s)
	t.Diff(3*time.Second, t.Elapsed(), "the time at which a second Stop returns")
	later(t)
	for i := range 3 {
		t.Diff(1, f.count(i, "gets SIGTERM"), "how often worker %d gets SIGTERM", i)
		t.Diff(0, f.count(i, "gets SIGKILL"), "how often worker %d gets SIGKILL, although it ends within Grace", i)
	}
}

func manyDeafWorkers(t *suite.T) {
	f := newFleet(t, 8, func(worker, start int) life { return life{deaf: true} })
	s := begin(t, f.config())
	t.Settle() // all have been started
	finish(t, s)
	t.Diff(5*time.Second, t.Elapsed(), "the time that it takes to stop eight workers that ignore SIGTERM, with a Grace of 5s")
	for i := range 8 {
		t.Diff(1, f.count(i, "gets SIGKILL"), "how often worker %d gets SIGKILL", i)
	}
}

func stopCutsPauses(t *suite.T) {
	f := newFleet(t, 2, func(worker, start int) life { return life{runs: time.Second, fate: errCrash} })
	cfg := f.config()
	cfg.Backoff, cfg.MaxBackoff = time.Hour, time.Hour
	s := begin(t, cfg)
	t.Work(10 * time.Second) // both wait for being started again
	finish(t, s)
	t.Diff(10*time.Second, t.Elapsed(), "the time at which Stop returns, called at 10s in pauses of an hour")
	later(t)
	for i := range 2 {
		t.Diff(story("starts at 0s", "crashes at 1s"), f.diary(i), "what has happened to worker %d, when Stop is called in its pause", i)
	}
	t.Diff(0, s.Restarts(), "Restarts of a supervisor that was stopped in the first pause")
}

func crashWhileStopping(t *suite.T) {
	crash := make(chan struct{})
	f := newFleet(t, 2, func(worker, start int) life { return life{until: crash, fate: errCrash, deaf: true} })
	cfg := f.config()
	cfg.MaxRestarts, cfg.Grace = 0, time.Hour // each crash would be one too many
	s := begin(t, cfg)
	t.Settle()
	var stopped sync.WaitGroup
	stopped.Go(func() { finish(t, s) })
	t.Settle()
	close(crash)
	stopped.Wait()
	t.Diff(time.Duration(0), t.Elapsed(), "the time that Stop takes, when both workers crash at once after SIGTERM")
	later(t)
	t.Diff(2, f.starts(), "how many workers have been started in all, when two crash while Stop waits for them")
	t.Diff(0, s.Restarts(), "Restarts, when two workers crash while Stop waits for them")
}

func crashAndStop(t *suite.T) {
	crash := make(chan struct{})
	f := newFleet(t, 2, func(worker, start int) life {
		if start == 1 {
			return life{until: crash, fate: errCrash}
		}
		return life{}
	})
	f.timeless = true
	cfg := f.config()
	cfg.Backoff, cfg.MaxBackoff = 1, 1
	s := begin(t, cfg)
	var stopped sync.WaitGroup
	stopped.Go(func() {
		t.Yield()
		finish(t, s)
		t.Diff(0, f.running(), "how many workers run when Stop has returned, which was called while they crashed")
		n := f.starts()
		later(t)
		t.Diff(n, f.starts(), "how many workers have been started long after Stop")
	})
	close(crash)
	stopped.Wait()
}

func startUnderWay(t *suite.T) {
	began, gate := make(chan struct{}, 1), make(chan struct{})
	f := newFleet(t, 2, func(worker, start int) life {
		if worker == 1 {
			began <- struct{}{}
			<-gate
			return life{deaf: true}
		}
		return life{}
	})
	s := begin(t, f.config())
	<-began
	var stopped sync.WaitGroup
	stopped.Go(func() {
		finish(t, s)
		t.Event("Stop returns")
	})
	t.Settle()
	t.Happened("Stop returns").Never()
	close(gate)
	stopped.Wait()
	t.Diff(story("starts at 0s", "gets SIGTERM at 0s", "gets SIGKILL at 5s"), f.diary(1),
		"what has happened to a worker whose start was under way when Stop was called, at 0s")
	t.Diff(0, f.running(), "how many workers run when Stop has returned")
}

func nothingForTheDead(t *suite.T) {
	f := newFleet(t, 3, func(worker, start int) life {
		switch worker {
		case 0:
			return life{runs: time.Second}
		case 1:
			return life{runs: 12 * time.Second, deaf: true}
		}
		return life{runs: 3 * time.Second, fate: errCrash}
	})
	cfg := f.config()
	cfg.Backoff, cfg.MaxBackoff = time.Hour, time.Hour
	s := begin(t, cfg)
	t.Work(10 * time.Second)
	finish(t, s)
	t.Diff(12*time.Second, t.Elapsed(), "the time at which Stop returns, when the last worker ends by itself at 12s")
	later(t)
	for i, want := range [][]string{
		{"starts at 0s", "is done at 1s"},
		{"starts at 0s", "gets SIGTERM at 10s", "is done at 12s"},
		{"starts at 0s", "crashes at 3s"},
	} {
		t.Diff(story(want...), f.diary(i), "what has happened to worker %d, when Stop is called at 10s with a Grace of 5s", i)
	}
}
