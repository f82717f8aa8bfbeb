// Package supervisor keeps workers running: it starts those that crash anew,
// with growing pauses, gives up when that does not help, and ends them all on
// demand.
package supervisor

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"sync/atomic"
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
	started  atomic.Bool
	restarts atomic.Int64
	inbox    chan func() // what the loop is to do, one thing at a time
	over     chan struct{}
	err      error // set before over is closed

	// The loop alone uses what follows.
	members  []member
	left     int // members that have not ended for good
	stopping bool
	crashes  []time.Time
}

type member struct {
	worker Worker // nil unless it runs
	pause  time.Duration
	began  time.Time
	timer  *time.Timer // the end of its pause, or of its grace
	pauses bool
}

// New returns a supervisor that has not been started.
func New(cfg Config) *Supervisor {
	return &Supervisor{cfg: cfg, inbox: make(chan func()), over: make(chan struct{})}
}

// Start lets the supervisor start its workers, and waits for none of them. It
// returns ErrStarted, and does nothing else, if it has been called before.
func (s *Supervisor) Start() error {
	if !s.started.CompareAndSwap(false, true) {
		return ErrStarted
	}
	go s.loop()
	return nil
}

// loop does one thing after the other, and never waits for anything else.
func (s *Supervisor) loop() {
	defer close(s.over)
	s.members = make([]member, s.cfg.Workers)
	s.left = s.cfg.Workers
	for i := range s.members {
		s.members[i].pause = s.cfg.Backoff
		s.begin(i)
	}
	for s.left > 0 {
		(<-s.inbox)()
	}
}

// post lets the loop do something, unless it is over.
func (s *Supervisor) post(do func()) {
	select {
	case s.inbox <- do:
	case <-s.over:
	}
}

func (s *Supervisor) begin(i int) {
	s.members[i].began = time.Now()
	go func() {
		w, err := s.cfg.Start(i)
		if err == nil {
			s.post(func() { s.runs(i, w) })
			err = w.Wait()
		}
		s.post(func() { s.ended(i, err) })
	}()
}

func (s *Supervisor) runs(i int, w Worker) {
	s.members[i].worker = w
	if s.stopping {
		s.end(i)
	}
}

// end asks a worker to end, and sees to it that it does.
func (s *Supervisor) end(i int) {
	m := &s.members[i]
	w := m.worker
	_ = w.Signal(syscall.SIGTERM)
	m.timer = time.AfterFunc(s.cfg.Grace, func() {
		s.post(func() {
			if m.worker != nil {
				_ = w.Signal(syscall.SIGKILL)
			}
		})
	})
}

func (s *Supervisor) ended(i int, err error) {
	m := &s.members[i]
	m.worker = nil
	if m.timer != nil {
		m.timer.Stop()
	}
	if err == nil || s.stopping {
		s.left--
		return
	}
	now := time.Now()
	for len(s.crashes) > 0 && now.Sub(s.crashes[0]) >= s.cfg.Window {
		s.crashes = s.crashes[1:]
	}
	if len(s.crashes) >= s.cfg.MaxRestarts {
		s.err = fmt.Errorf("%w: worker %d: %w", ErrGaveUp, i, err)
		s.left--
		s.stop()
		return
	}
	s.crashes = append(s.crashes, now)
	if now.Sub(m.began) >= s.cfg.Window {
		m.pause = s.cfg.Backoff
	}
	m.pauses = true
	m.timer = time.AfterFunc(m.pause, func() { s.post(func() { s.again(i) }) })
	m.pause = min(m.pause*2, s.cfg.MaxBackoff)
}

func (s *Supervisor) again(i int) {
	if m := &s.members[i]; m.pauses {
		m.pauses = false
		s.restarts.Add(1)
		s.begin(i)
	}
}

func (s *Supervisor) stop() {
	if s.stopping {
		return
	}
	s.stopping = true
	for i := range s.members {
		m := &s.members[i]
		switch {
		case m.pauses:
			m.pauses = false
			m.timer.Stop()
			s.left--
		case m.worker != nil:
			s.end(i)
		}
	}
}

// Stop ends all workers: it sends each of them SIGTERM, and, when Grace has
// passed, SIGKILL to those that are still running. It returns when all have
// ended, and returns what Wait returns.
func (s *Supervisor) Stop() error {
	if s.started.Load() {
		s.post(s.stop)
	}
	return s.Wait()
}

// Wait waits until all workers have ended for good. It returns nil if they have
// done their work or have been stopped. If the supervisor has given up, the
// error is ErrGaveUp and also the error of the last crash: errors.Is finds both.
// If the supervisor has not been started, Wait returns ErrNotStarted without
// waiting.
func (s *Supervisor) Wait() error {
	if !s.started.Load() {
		return ErrNotStarted
	}
	<-s.over
	return s.err
}

// Restarts returns how many times a worker has been started again so far.
func (s *Supervisor) Restarts() int { return int(s.restarts.Load()) }

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
