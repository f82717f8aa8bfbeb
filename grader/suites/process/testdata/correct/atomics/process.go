// Package process has no lock: what is known of a process is published in two
// steps, each by one atomic pointer.
package process

import (
	"errors"
	"os"
	"os/exec"
	"sync/atomic"
	"syscall"
	"time"
)

// Errors returned by a Process.
var (
	ErrStarted    = errors.New("process: already started")
	ErrNotStarted = errors.New("process: not started")
)

// Process runs one command, once. All methods may be called by several
// goroutines at once.
type Process struct {
	name  string
	cmd   *exec.Cmd
	taken atomic.Bool         // by the Start that runs the command
	run   atomic.Pointer[run] // nil until the command runs
}

// run is a command that has been started.
type run struct {
	process *os.Process
	code    atomic.Pointer[int] // nil until the end
	end     chan struct{}       // closed then
}

// New returns a process that will run cmd when it is started.
func New(name string, cmd *exec.Cmd) *Process { return &Process{name: name, cmd: cmd} }

// Name returns the name that was given to New.
func (p *Process) Name() string { return p.name }

// Start starts the command and does not wait for it.
func (p *Process) Start() error {
	if p.taken.Swap(true) {
		return ErrStarted
	}
	if err := p.cmd.Start(); err != nil {
		return err
	}
	r := &run{process: p.cmd.Process, end: make(chan struct{})}
	p.run.Store(r)
	go func() {
		var code int
		var exit *exec.ExitError
		switch err := p.cmd.Wait(); {
		case !errors.As(err, &exit):
		case exit.Exited():
			code = exit.ExitCode()
		default:
			code = -int(exit.Sys().(syscall.WaitStatus).Signal())
		}
		r.code.Store(&code)
		close(r.end)
	}()
	return nil
}

// PID returns the number of the process.
func (p *Process) PID() int {
	if r := p.run.Load(); r != nil {
		return r.process.Pid
	}
	return 0
}

// Join waits until the process has ended.
func (p *Process) Join() error {
	r := p.run.Load()
	if r == nil {
		return ErrNotStarted
	}
	<-r.end
	return nil
}

// JoinTimeout is Join, but waits no longer than d.
func (p *Process) JoinTimeout(d time.Duration) (bool, error) {
	r := p.run.Load()
	switch {
	case r == nil:
		return false, ErrNotStarted
	case r.code.Load() != nil || d <= 0:
		return r.code.Load() != nil, nil
	}
	select {
	case <-r.end:
		return true, nil
	case <-time.After(d):
		return false, nil
	}
}

// Alive tells whether the process has been started and has not ended.
func (p *Process) Alive() bool {
	r := p.run.Load()
	return r != nil && r.code.Load() == nil
}

// ExitCode returns the exit status of a process that has ended.
func (p *Process) ExitCode() (int, bool) {
	if r := p.run.Load(); r != nil {
		if code := r.code.Load(); code != nil {
			return *code, true
		}
	}
	return 0, false
}

// Terminate sends the process SIGTERM.
func (p *Process) Terminate() error { return p.signal(syscall.SIGTERM) }

// Kill sends the process SIGKILL.
func (p *Process) Kill() error { return p.signal(syscall.SIGKILL) }

func (p *Process) signal(sig syscall.Signal) error {
	r := p.run.Load()
	if r == nil {
		return ErrNotStarted
	}
	if err := r.process.Signal(sig); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	return nil
}
