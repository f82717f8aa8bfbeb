// Package supervisor keeps workers running: it starts those that crash anew,
// with growing pauses, gives up when that does not help, and ends them all on
// demand.
package supervisor

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"sync"
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
	ctx      context.Context // done when nothing is to be started any more; its cause says why
	stop     context.CancelCauseFunc
	over     context.Context // done when all workers have ended for good
	end      context.CancelFunc
	started  atomic.Bool
	restarts atomic.Int64
	crashes  chan []time.Time // holds those that count; whoever has taken them is alone with them
}

var errStopped = errors.New("supervisor: stopped")

// New returns a supervisor that has not been started.
func New(cfg Config) *Supervisor {
	s := &Supervisor{cfg: cfg, crashes: make(chan []time.Time, 1)}
	s.ctx, s.stop = context.WithCancelCause(context.Background())
	s.over, s.end = context.WithCancel(context.Background())
	s.crashes <- nil
	return s
}

// Start lets the supervisor start its workers, and waits for none of them. It
// returns ErrStarted, and does nothing else, if it has been called before.
func (s *Supervisor) Start() error {
	if !s.started.CompareAndSwap(false, true) {
		return ErrStarted
	}
	var all sync.WaitGroup
	for i := range s.cfg.Workers {
		all.Go(func() { s.repair(i) })
	}
	go func() {
		all.Wait()
		s.end()
	}()
	return nil
}

func (s *Supervisor) repair(i int) {
	inRow := 0
	for {
		began := time.Now()
		err := s.serve(i)
		if err == nil || s.ctx.Err() != nil {
			return
		}
		if !s.allowed() {
			s.stop(fmt.Errorf("%w: worker %d: %w", ErrGaveUp, i, err))
			return
		}
		if time.Since(began) >= s.cfg.Window {
			inRow = 0
		}
		pause, cancel := context.WithTimeout(s.ctx, s.pause(inRow))
		<-pause.Done()
		cancel()
		if s.ctx.Err() != nil {
			return
		}
		inRow++
		s.restarts.Add(1)
	}
}

// pause returns how long to wait after a number of earlier crashes.
func (s *Supervisor) pause(earlier int) time.Duration {
	d := s.cfg.Backoff
	for range earlier {
		if d >= s.cfg.MaxBackoff {
			break
		}
		d *= 2
	}
	return min(d, s.cfg.MaxBackoff)
}

// allowed notes a crash, unless there have been too many.
func (s *Supervisor) allowed() bool {
	now := time.Now()
	var recent []time.Time
	for _, at := range <-s.crashes {
		if now.Sub(at) < s.cfg.Window {
			recent = append(recent, at)
		}
	}
	ok := len(recent) < s.cfg.MaxRestarts
	s.crashes <- append(recent, now)
	return ok
}

// serve is the life of one process of a worker.
func (s *Supervisor) serve(i int) error {
	w, err := s.cfg.Start(i)
	if err != nil {
		return err
	}
	ended, told := make(chan struct{}), make(chan struct{})
	forget := context.AfterFunc(s.ctx, func() {
		defer close(told)
		_ = w.Signal(syscall.SIGTERM)
		grace := time.NewTimer(s.cfg.Grace)
		defer grace.Stop()
		select {
		case <-ended:
		case <-grace.C:
			_ = w.Signal(syscall.SIGKILL)
		}
	})
	err = w.Wait()
	close(ended)
	if !forget() {
		<-told
	}
	return err
}

// Stop ends all workers: it sends each of them SIGTERM, and, when Grace has
// passed, SIGKILL to those that are still running. It returns when all have
// ended, and returns what Wait returns.
func (s *Supervisor) Stop() error {
	if s.started.Load() {
		s.stop(errStopped)
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
	<-s.over.Done()
	if err := context.Cause(s.ctx); errors.Is(err, ErrGaveUp) {
		return err
	}
	return nil
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
