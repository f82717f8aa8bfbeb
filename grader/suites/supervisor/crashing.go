package supervisor

import (
	"errors"
	"time"

	"example.com/gokata/grader/suite"
)

func startsAll(t *suite.T) {
	f := newFleet(t, 3, func(worker, start int) life { return life{} })
	s := begin(t, f.config())
	t.Settle()
	for i := range 3 {
		t.Diff(story("starts at 0s"), f.diary(i), "what has happened to worker %d after Start", i)
	}
	t.Diff(0, s.Restarts(), "Restarts while nobody has crashed")
	finish(t, s)
}

func crashIsRepaired(t *suite.T) {
	f := newFleet(t, 2, func(worker, start int) life {
		switch {
		case worker == 0:
			return life{}
		case start == 2:
			return life{refused: errors.New("cannot be started on purpose")}
		case start < 4:
			return life{runs: 10 * time.Second, fate: errCrash}
		}
		return life{}
	})
	s := begin(t, f.config())
	t.Work(time.Hour)
	t.Diff(story("starts at 0s"), f.diary(0), "what has happened to a worker that does not crash")
	t.Diff(story(
		"starts at 0s", "crashes at 10s", "starts at 11s", "is refused at 11s",
		"starts at 13s", "crashes at 23s", "starts at 27s",
	), f.diary(1), "what has happened to a worker that crashes, cannot be started, and crashes again")
	t.Diff(3, s.Restarts(), "Restarts after three restarts")
	finish(t, s)
}

func doneIsDone(t *suite.T) {
	f := newFleet(t, 3, func(worker, start int) life {
		if worker == 2 && start == 1 {
			return life{runs: time.Second, fate: errCrash}
		}
		return life{runs: time.Duration(worker+1) * 10 * time.Second}
	})
	s := begin(t, f.config())
	noError(t, s.Wait(), "Wait")
	t.Diff(32*time.Second, t.Elapsed(), "the time at which Wait returns, when the last worker has done its work after 32s")
	later(t)
	t.Diff(story("starts at 0s", "is done at 10s"), f.diary(0), "what has happened to a worker that does its work in 10s")
	t.Diff(story("starts at 0s", "is done at 20s"), f.diary(1), "what has happened to a worker that does its work in 20s")
	t.Diff(story("starts at 0s", "crashes at 1s", "starts at 2s", "is done at 32s"), f.diary(2),
		"what has happened to a worker that crashes once and then does its work")
	t.Diff(1, s.Restarts(), "Restarts at the end")
}

// times returns the times of n starts of a worker that crashes as soon as it has
// run for runs, with pauses of pause, twice as much, and so on, up to most.
func times(n int, runs, pause, most time.Duration) []string {
	lines, at := []string{}, time.Duration(0)
	for range n {
		lines = append(lines, "starts at "+at.String())
		at += runs
		lines = append(lines, "crashes at "+at.String())
		at += pause
		pause = min(2*pause, most)
	}
	return lines
}

func pausesDouble(t *suite.T) {
	f := newFleet(t, 1, func(worker, start int) life {
		if start <= 5 {
			return life{runs: 100 * time.Millisecond, fate: errCrash}
		}
		return life{}
	})
	cfg := f.config()
	cfg.Backoff, cfg.MaxBackoff, cfg.MaxRestarts, cfg.Window = 271828183, 3*time.Second, 100, time.Hour
	s := begin(t, cfg)
	t.Work(time.Minute)
	want := times(6, 100*time.Millisecond, cfg.Backoff, cfg.MaxBackoff)
	t.Diff(story(want[:11]...), f.diary(0), "starts and crashes, with a Backoff of 271.828183ms and a MaxBackoff of 3s")
	t.Diff(5, s.Restarts(), "Restarts after five crashes")
	finish(t, s)
}

func pausesStartAnew(t *suite.T) {
	runs := []time.Duration{time.Second, time.Second, time.Minute - time.Second, time.Minute, time.Second, time.Hour, 0}
	f := newFleet(t, 1, func(worker, start int) life {
		return life{runs: runs[min(start, len(runs))-1], fate: errCrash}
	})
	cfg := f.config()
	cfg.MaxBackoff, cfg.MaxRestarts = time.Hour, 100
	s := begin(t, cfg)
	t.Work(3 * time.Hour)
	want, at := []string{"starts at 0s"}, time.Duration(0)
	for i, pause := range []time.Duration{1, 2, 4, 1, 2, 1} {
		at += runs[i]
		want = append(want, "crashes at "+at.String())
		at += pause * time.Second
		want = append(want, "starts at "+at.String())
	}
	t.Diff(story(want...), f.diary(0), "starts and crashes of a worker that runs for 1s, 1s, 59s, 1m, 1s and 1h, with a Window of 1m")
	finish(t, s)
}

func pausesHaveABound(t *suite.T) {
	const crashes = 70 // twice a nanosecond, 63 times, is less than nothing
	f := newFleet(t, 1, func(worker, start int) life {
		if start <= crashes {
			return life{runs: 1, fate: errCrash}
		}
		return life{}
	})
	cfg := f.config()
	cfg.Backoff, cfg.MaxBackoff, cfg.MaxRestarts, cfg.Window = 1, 1<<30+1, 1000, 24*time.Hour // just more than a power of two
	s := begin(t, cfg)
	t.Work(time.Hour)
	want := times(crashes, 1, 1, cfg.MaxBackoff)
	got := f.lines(0)
	t.Diff(2*crashes+1, len(got), "starts and crashes of a worker that crashes 70 times")
	for i := range min(len(want), len(got)) {
		if !t.Diff(want[i], got[i], "what happens when a worker has crashed %d times, with a Backoff of 1ns and a MaxBackoff of 1.073741825s", i/2) {
			break
		}
	}
	finish(t, s)
}

func othersGoOn(t *suite.T) {
	f := newFleet(t, 3, func(worker, start int) life {
		if worker == 1 && start <= 3 {
			return life{runs: time.Second, fate: errCrash}
		}
		return life{}
	})
	s := begin(t, f.config())
	t.Work(time.Hour)
	for _, i := range []int{0, 2} {
		t.Diff(story("starts at 0s"), f.diary(i), "what has happened to worker %d while worker 1 crashed three times", i)
	}
	t.Diff(4, f.count(1, "starts"), "how often worker 1 has been started when it has crashed three times")
	finish(t, s)
}

func pausesOfItsOwn(t *suite.T) {
	f := newFleet(t, 3, func(worker, start int) life {
		switch {
		case worker == 0 && start <= 3:
			return life{runs: 10 * time.Second, fate: errCrash}
		case worker == 1 && start == 1:
			return life{runs: 27 * time.Second, fate: errCrash} // while worker 0 waits for its third start
		}
		return life{}
	})
	cfg := f.config()
	cfg.MaxRestarts = 10
	s := begin(t, cfg)
	t.Work(time.Hour)
	t.Diff(story(
		"starts at 0s", "crashes at 10s", "starts at 11s", "crashes at 21s", "starts at 23s", "crashes at 33s", "starts at 37s",
	), f.diary(0), "starts and crashes of a worker that crashes three times")
	t.Diff(story("starts at 0s", "crashes at 27s", "starts at 28s"), f.diary(1),
		"starts and crashes of another worker, whose first crash it is")
	finish(t, s)
}

func nobodyWaitsForAnother(t *suite.T) {
	all := t.Rendezvous(3, "the workers")
	f := newFleet(t, 3, func(worker, start int) life {
		if start == 1 {
			all.Meet()
		}
		switch {
		case worker == 2 && start <= 2:
			return life{runs: time.Second, fate: errCrash}
		case worker == 1 && start == 1:
			return life{runs: time.Second, fate: errCrash}
		case worker == 1:
			t.Work(time.Hour) // as long as it takes to start it again
		}
		return life{}
	})
	s := begin(t, f.config())
	t.Work(2 * time.Hour)
	t.Diff(story("starts at 0s", "crashes at 1s", "starts at 2s", "crashes at 3s", "starts at 5s"), f.diary(2),
		"starts and crashes of a worker, while one runs for ever and another takes an hour to start")
	finish(t, s)
}

func oneAtATime(t *suite.T) {
	f := newFleet(t, 2, func(worker, start int) life {
		if start <= 3 {
			return life{runs: time.Duration(worker + 1), fate: errCrash}
		}
		return life{runs: 1}
	})
	f.timeless = true
	cfg := f.config()
	cfg.Backoff, cfg.MaxBackoff, cfg.MaxRestarts = 1, 1, 100
	s := begin(t, cfg)
	noError(t, s.Wait(), "Wait")
	for i := range 2 {
		want := []string{"starts", "crashes", "starts", "crashes", "starts", "crashes", "starts", "is done"}
		t.Diff(story(want...), f.diary(i), "starts and ends of worker %d, which crashes three times and then does its work", i)
	}
	t.Diff(0, f.running(), "how many workers run when Wait has returned")
}
