// want: limit
// Fault: The pause is doubled before it is compared with MaxBackoff, by a shift that at some time leaves nothing of it.

package supervisor

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
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
	cfg      Config
	stopping chan struct{} // closed when nothing is to be started any more
	over     chan struct{} // closed when all workers have ended for good

	mu       sync.Mutex
	started  bool
	stopped  bool        // stopping is closed
	crashes  []time.Time // those that count
	restarts int
	err      error // why it gave up
}

// New returns a supervisor that has not been started.
func New(cfg Config) *Supervisor {
	return &Supervisor{cfg: cfg, stopping: make(chan struct{}), over: make(chan struct{})}
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
	var keepers sync.WaitGroup
	for worker := range s.cfg.Workers {
		keepers.Go(func() { s.keep(worker) })
	}
	go func() {
		keepers.Wait()
		close(s.over)
	}()
	return nil
}

// keep looks after one worker until it has ended for good.
func (s *Supervisor) keep(worker int) {
	crashes := 0
	for again := false; s.mayStart(again); again = true {
		began := time.Now()
		err := s.run(worker)
		if err == nil || s.hopeless(worker, err) {
			return
		}
		if time.Since(began) >= s.cfg.Window {
			crashes = 0
		}
		s.sleep(min(s.cfg.Backoff<<crashes, s.cfg.MaxBackoff))
		crashes++
	}
}

// mayStart tells whether a worker may be started, and counts it if that is not
// for the first time.
func (s *Supervisor) mayStart(again bool) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stopped {
		return false
	}
	if again {
		s.restarts++
	}
	return true
}

// run starts a worker and returns when it has ended, and how.
func (s *Supervisor) run(worker int) error {
	w, err := s.cfg.Start(worker)
	if err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- w.Wait() }()
	select {
	case err := <-ended:
		return err
	case <-s.stopping:
	}
	_ = w.Signal(syscall.SIGTERM) // an error means that it has just ended
	grace := time.NewTimer(s.cfg.Grace)
	defer grace.Stop()
	select {
	case err := <-ended:
		return err
	case <-grace.C:
	}
	_ = w.Signal(os.Kill)
	return <-ended
}

// hopeless notes a crash, and tells whether the worker is to be left alone: the
// supervisor is stopping, or there have been too many crashes, so that it gives
// up here and now.
func (s *Supervisor) hopeless(worker int, err error) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stopped {
		return true
	}
	now := time.Now()
	s.crashes = slices.DeleteFunc(s.crashes, func(at time.Time) bool { return now.Sub(at) >= s.cfg.Window })
	if len(s.crashes) < s.cfg.MaxRestarts {
		s.crashes = append(s.crashes, now)
		return false
	}
	s.err = fmt.Errorf("%w, the last one of worker %d: %w", ErrGaveUp, worker, err)
	s.stop()
	return true
}

// sleep lets a pause pass, or returns when the supervisor is stopping.
func (s *Supervisor) sleep(pause time.Duration) {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-s.stopping:
	}
}

// stop closes stopping, once. The caller holds mu.
func (s *Supervisor) stop() {
	if !s.stopped {
		s.stopped = true
		close(s.stopping)
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
	started := s.started
	s.mu.Unlock()
	if !started {
		return ErrNotStarted
	}
	<-s.over
	return s.err // nobody writes it any more
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
