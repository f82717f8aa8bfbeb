package supervisor

import (
	"errors"
	"time"

	"example.com/gokata/grader/suite"
)

func givesUp(t *suite.T) {
	f := newFleet(t, 1, func(worker, start int) life { return life{runs: time.Second, fate: errCrash} })
	s := begin(t, f.config())
	gaveUp(t, s)
	t.Diff(11*time.Second, t.Elapsed(), "the time at which Wait returns, when the fourth crash, at 11s, is one too many")
	later(t)
	want := times(4, time.Second, time.Second, 4*time.Second)
	t.Diff(story(want...), f.diary(0), "starts and crashes of a worker that crashes again and again, with MaxRestarts 3")
	t.Diff(3, s.Restarts(), "Restarts when the supervisor has given up")
}

func noRestartAtAll(t *suite.T) {
	f := newFleet(t, 2, func(worker, start int) life {
		if worker == 0 {
			return life{refused: errCrash}
		}
		return life{}
	})
	cfg := f.config()
	cfg.MaxRestarts = 0
	s := begin(t, cfg)
	gaveUp(t, s)
	later(t)
	t.Diff(story("starts at 0s", "is refused at 0s"), f.diary(0), "what has happened to a worker that cannot be started, with MaxRestarts 0")
	t.Diff(0, s.Restarts(), "Restarts with MaxRestarts 0")
	t.Diff(0, f.running(), "how many workers run when Wait has returned")
}

func allCrashesCount(t *suite.T) {
	f := newFleet(t, 4, func(worker, start int) life {
		if start == 1 {
			return life{runs: time.Duration(worker+1) * 10 * time.Second, fate: errCrash}
		}
		return life{}
	})
	s := begin(t, f.config())
	gaveUp(t, s)
	t.Diff(40*time.Second, t.Elapsed(), "the time at which the supervisor gives up, when each of four workers crashes once, the last at 40s, with MaxRestarts 3")
	t.Diff(3, s.Restarts(), "Restarts when the supervisor has given up")
}

func windowSlides(t *suite.T) {
	// Within any minute there are no more than three crashes, though there are
	// four in one that includes both of its ends.
	at := []time.Duration{50 * time.Second, 70 * time.Second, 90 * time.Second, 110 * time.Second, 130 * time.Second, 150 * time.Second}
	f := crashesAt(t, at)
	s := begin(t, f.config())
	t.Work(time.Hour)
	t.Diff(len(at), s.Restarts(), "Restarts after crashes at 50s, 1m10s, 1m30s and so on, with no more than 3 within less than a Window of 1m")
	finish(t, s)

	// Four within less than a minute, from 50s on, whether minutes are counted from
	// the start or from the first crash.
	before := t.Elapsed()
	at = []time.Duration{10 * time.Second, 50 * time.Second, 60 * time.Second, 71 * time.Second, 80 * time.Second}
	f = crashesAt(t, at)
	s = begin(t, f.config())
	gaveUp(t, s)
	t.Diff(at[4], t.Elapsed()-before, "the time at which the supervisor gives up, after crashes at 10s, 50s, 1m0s, 1m11s and 1m20s, with MaxRestarts 3")
	t.Diff(4, s.Restarts(), "Restarts when the supervisor has given up")
}

// crashesAt returns a fleet with a worker for each of several times, which
// crashes then, for once.
func crashesAt(t *suite.T, at []time.Duration) *fleet {
	before := t.Elapsed()
	f := newFleet(t, len(at), nil)
	f.plan = func(worker, start int) life {
		if now := t.Elapsed() - before; now < at[worker] {
			return life{runs: at[worker] - now, fate: errCrash}
		}
		return life{}
	}
	return f
}

func givingUpEndsAll(t *suite.T) {
	f := newFleet(t, 5, func(worker, start int) life {
		switch worker {
		case 0: // it cannot be repaired
			return life{runs: 10 * time.Second, fate: errCrash}
		case 1: // it is about to be started again
			return life{runs: 9 * time.Second, fate: errors.New("an earlier crash")}
		case 2:
			return life{tidies: 3 * time.Second}
		case 3:
			return life{deaf: true}
		}
		return life{runs: 12 * time.Second, deaf: true, fate: errors.New("a crash too late to count")}
	})
	cfg := f.config()
	cfg.Backoff, cfg.MaxBackoff, cfg.MaxRestarts = 4*time.Second, 4*time.Second, 1
	s := begin(t, cfg)
	because(t, gaveUp(t, s))
	t.Diff(15*time.Second, t.Elapsed(), "the time at which Wait returns, when the supervisor gives up at 10s, with a Grace of 5s, and one worker ignores SIGTERM")
	hopeless(t, s.Stop(), "Stop after the end")
	later(t)
	for i, want := range [][]string{
		{"starts at 0s", "crashes at 10s"},
		{"starts at 0s", "crashes at 9s"},
		{"starts at 0s", "gets SIGTERM at 10s", "has tidied up at 13s"},
		{"starts at 0s", "gets SIGTERM at 10s", "gets SIGKILL at 15s"},
		{"starts at 0s", "gets SIGTERM at 10s", "crashes at 12s"},
	} {
		t.Diff(story(want...), f.diary(i), "what has happened to worker %d, when the supervisor gives up at 10s", i)
	}
	t.Diff(0, s.Restarts(), "Restarts of a supervisor that has given up before the first pause was over")
}
