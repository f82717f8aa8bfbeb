// Package supervisor keeps workers running: it starts those that crash anew,
// with growing pauses, gives up when that does not help, and ends them all on
// demand.
package supervisor

import (
	"errors"
	"os"
	"os/exec"
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
	// TODO: what does a supervisor have to remember?
}

// New returns a supervisor that has not been started.
func New(cfg Config) *Supervisor {
	panic("TODO: implement New")
}

// Start lets the supervisor start its workers, and waits for none of them. It
// returns ErrStarted, and does nothing else, if it has been called before.
func (s *Supervisor) Start() error {
	panic("TODO: implement Start")
}

// Stop ends all workers: it sends each of them SIGTERM, and, when Grace has
// passed, SIGKILL to those that are still running. It returns when all have
// ended, and returns what Wait returns.
func (s *Supervisor) Stop() error {
	panic("TODO: implement Stop")
}

// Wait waits until all workers have ended for good. It returns nil if they have
// done their work or have been stopped. If the supervisor has given up, the
// error is ErrGaveUp and also the error of the last crash: errors.Is finds both.
// If the supervisor has not been started, Wait returns ErrNotStarted without
// waiting.
func (s *Supervisor) Wait() error {
	panic("TODO: implement Wait")
}

// Restarts returns how many times a worker has been started again so far.
func (s *Supervisor) Restarts() int {
	panic("TODO: implement Restarts")
}

// Process starts a command and returns its process as a worker. Wait returns nil
// if it exits with status 0, and an *exec.ExitError if it exits with another one
// or is ended by a signal. If the command cannot be started, Process returns a
// nil Worker and the reason.
func Process(cmd *exec.Cmd) (Worker, error) {
	panic("TODO: implement Process")
}
