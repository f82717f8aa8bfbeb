package supervisor

import (
	"errors"
	"time"

	"example.com/gokata/exercises/supervisor"
	"example.com/gokata/grader/suite"
)

// config returns what most cases ask for: pauses of 1s, 2s, 4s, 4s, three
// crashes a minute, and five seconds to tidy up.
func (f *fleet) config() supervisor.Config {
	return supervisor.Config{
		Workers: len(f.alive), Start: f.start,
		Backoff: time.Second, MaxBackoff: 4 * time.Second,
		MaxRestarts: 3, Window: time.Minute,
		Grace: 5 * time.Second,
	}
}

// begin makes a supervisor and starts it.
func begin(t *suite.T, cfg supervisor.Config) *supervisor.Supervisor {
	s := create(t, cfg)
	if err := s.Start(); err != nil {
		t.Fatalf("the first Start of a supervisor returned the error %q", said(err))
	}
	return s
}

func create(t *suite.T, cfg supervisor.Config) *supervisor.Supervisor {
	s := supervisor.New(cfg)
	if s == nil {
		t.Fatalf("New returned nil")
	}
	return s
}

// finish stops a supervisor that has not given up.
func finish(t *suite.T, s *supervisor.Supervisor) {
	noError(t, s.Stop(), "Stop")
}

// noError fails the case if err is not nil. call is what returned it.
func noError(t *suite.T, err error, call string) {
	if err != nil {
		t.Expected("nil", said(err), "%s of a supervisor that has not given up returned an error", call)
	}
}

// noWorse fails the case if err is anything but ErrNotStarted. call is what
// returned it while somebody else was calling Start.
func noWorse(t *suite.T, err error, call string) {
	if err != nil && !errors.Is(err, supervisor.ErrNotStarted) {
		t.Expected("nil or ErrNotStarted", said(err), "%s of a supervisor that has not given up returned an error", call)
	}
}

// gaveUp waits for a supervisor that gives up, and returns what Wait returns.
func gaveUp(t *suite.T, s *supervisor.Supervisor) error {
	var err error
	t.Within(24*time.Hour, "Wait, when there have been too many crashes,", func() { err = s.Wait() })
	hopeless(t, err, "Wait")
	return err
}

// hopeless fails the case unless err says that the supervisor gave up. call is
// what returned it.
func hopeless(t *suite.T, err error, call string) {
	if !errors.Is(err, supervisor.ErrGaveUp) {
		t.Expected("an error that is ErrGaveUp", said(err), "%s does not say that the supervisor has given up", call)
	}
}

// because fails the case unless err is also that of the last crash.
func because(t *suite.T, err error) {
	if !errors.Is(err, errCrash) {
		t.Expected("an error that is also the error of the last crash", said(err), "Wait does not say why the supervisor has given up")
	}
}

// said is how an error that was returned reads in a report.
func said(err error) string {
	switch {
	case err == nil:
		return "nil"
	case errors.Is(err, supervisor.ErrStarted):
		return "ErrStarted"
	case errors.Is(err, supervisor.ErrNotStarted):
		return "ErrNotStarted"
	}
	return err.Error()
}

// later lets a day pass, in which nothing must happen any more.
func later(t *suite.T) { t.Work(24 * time.Hour) }
