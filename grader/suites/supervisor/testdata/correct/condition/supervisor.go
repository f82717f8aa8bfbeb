// Package supervisor keeps workers running: it starts those that crash anew,
// with growing pauses, gives up when that does not help, and ends them all on
// demand.
package supervisor

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"time"
)

// Errors returned by a Supervisor.
var (
	ErrStarted    = errors.New("supervisor: already started")
	ErrNotStarted = errors.New("supervisor: not started")
	ErrGaveUp     = errors.New("supervisor: too many crashes")
)

// Worker is a worker that runs: a process, or something that behaves like one.
// The supervisor calls Wait once. It may call Signal meanwhile.
type Worker interface {
	// Wait waits for the end of the worker. It returns nil if the worker has
	// done its work, and otherwise why it has ended.
	Wait() error
	// Signal sends a signal and does not wait for what comes of it. It may
	// return an error if the worker has just ended.
	Signal(sig os.Signal) error
}

// Config says what a supervisor has to do.
type Config struct {
	Workers int // how many; at least 1

	// Start starts a worker, whose number is 0 to Workers-1. It may be called
	// for several workers at once.
	Start func(worker int) (Worker, error)

	Backoff    time.Duration // the pause before a crashed worker is started again; doubled with each crash
	MaxBackoff time.Duration // the longest pause; at least Backoff

	MaxRestarts int           // how many crashes of all workers within Window are repaired
	Window      time.Duration // how long a crash counts

	Grace time.Duration // from SIGTERM to SIGKILL
}

// Supervisor starts workers and looks after them until they have done their
// work, or until it is stopped, or until it gives up. All methods may be called
// by several goroutines at once.
type Supervisor struct {
	cfg Config

	mu       sync.Mutex
	changed  sync.Cond // there are no workers left
	started  bool
	stopping bool
	workers  []state
	left     int // workers that have not ended for good
	restarts int
	crashes  []time.Time // the latest, no more than MaxRestarts
	err      error
}

// state is what is known of a worker.
type state struct {
	runs  Worker      // nil if it does not
	pause *time.Timer // if it is to be started again
	kill  *time.Timer // if it has been asked to end
	last  time.Duration
}

// New returns a supervisor that has not been started.
func New(cfg Config) *Supervisor {
	s := &Supervisor{cfg: cfg, workers: make([]state, cfg.Workers), left: cfg.Workers}
	s.changed.L = &s.mu
	return s
}

// Start lets the supervisor start its workers, and waits for none of them. It
// returns ErrStarted, and does nothing else, if it has been called before.
func (s *Supervisor) Start() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.started {
		return ErrStarted
	}
	s.started = true
	for i := range s.workers {
		go s.launch(i)
	}
	return nil
}

// launch starts a worker and waits for its end.
func (s *Supervisor) launch(i int) {
	began := time.Now()
	w, err := s.cfg.Start(i)
	if err == nil {
		s.mu.Lock()
		s.workers[i].runs = w
		if s.stopping {
			s.end(i)
		}
		s.mu.Unlock()
		err = w.Wait()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	st := &s.workers[i]
	st.runs = nil
	if st.kill != nil {
		st.kill.Stop()
	}
	switch {
	case err == nil || s.stopping:
		s.leave()
	case s.tooMany(time.Now()):
		s.err = fmt.Errorf("%w: worker %d: %w", ErrGaveUp, i, err)
		s.leave()
		s.stop()
	default:
		if st.last == 0 || time.Since(began) >= s.cfg.Window {
			st.last = s.cfg.Backoff
		} else {
			st.last = min(2*st.last, s.cfg.MaxBackoff)
		}
		st.pause = time.AfterFunc(st.last, func() { s.again(i) })
	}
}

// tooMany notes a crash. The caller holds mu, as it does for all that follows
// but again.
func (s *Supervisor) tooMany(now time.Time) bool {
	if s.cfg.MaxRestarts == 0 || len(s.crashes) == s.cfg.MaxRestarts && now.Sub(s.crashes[0]) < s.cfg.Window {
		return true
	}
	if len(s.crashes) == s.cfg.MaxRestarts {
		s.crashes = s.crashes[1:]
	}
	s.crashes = append(s.crashes, now)
	return false
}

func (s *Supervisor) leave() {
	s.left--
	if s.left == 0 {
		s.changed.Broadcast()
	}
}

func (s *Supervisor) stop() {
	if s.stopping {
		return
	}
	s.stopping = true
	for i := range s.workers {
		st := &s.workers[i]
		switch {
		case st.pause != nil && st.pause.Stop():
			s.leave()
		case st.runs != nil:
			s.end(i)
		}
	}
}

// end asks a worker to end, and sees to it that it does.
func (s *Supervisor) end(i int) {
	w := s.workers[i].runs
	_ = w.Signal(syscall.SIGTERM)
	s.workers[i].kill = time.AfterFunc(s.cfg.Grace, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.workers[i].runs != nil {
			_ = w.Signal(syscall.SIGKILL)
		}
	})
}

// again starts a worker when its pause is over.
func (s *Supervisor) again(i int) {
	s.mu.Lock()
	s.workers[i].pause = nil
	stopping := s.stopping
	if stopping {
		s.leave()
	} else {
		s.restarts++
	}
	s.mu.Unlock()
	if !stopping {
		s.launch(i)
	}
}

// Stop ends all workers: it sends each of them SIGTERM, and, when Grace has
// passed, SIGKILL to those that are still running. It returns when all have
// ended, and returns what Wait returns.
func (s *Supervisor) Stop() error {
	s.mu.Lock()
	if s.started {
		s.stop()
	}
	s.mu.Unlock()
	return s.Wait()
}

// Wait waits until all workers have ended for good. It returns nil if they have
// done their work or have been stopped. If the supervisor has given up, the
// error is ErrGaveUp and also the error of the last crash: errors.Is finds both.
// If the supervisor has not been started, Wait returns ErrNotStarted without
// waiting.
func (s *Supervisor) Wait() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.started {
		return ErrNotStarted
	}
	for s.left > 0 {
		s.changed.Wait()
	}
	return s.err
}

// Restarts returns how many times a worker has been started again so far.
func (s *Supervisor) Restarts() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.restarts
}

// process is a command that has been started.
type process struct{ cmd *exec.Cmd }

// Process starts a command and returns its process as a worker. Wait returns nil
// if it exits with status 0, and an *exec.ExitError if it exits with another one
// or is ended by a signal. If the command cannot be started, Process returns a
// nil Worker and the reason.
func Process(cmd *exec.Cmd) (Worker, error) {
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	return process{cmd}, nil
}

func (p process) Wait() error { return p.cmd.Wait() }

func (p process) Signal(sig os.Signal) error { return p.cmd.Process.Signal(sig) }
