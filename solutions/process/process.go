// Package process gives commands what the processes of Python's multiprocessing
// have: a name, a start, and an end that any number of goroutines can wait for.
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
	asked atomic.Bool                // Start has been called
	child atomic.Pointer[os.Process] // nil until the command has been started
	done  chan struct{}              // closed when the process has ended
	code  int                        // set before done is closed
}

// New returns a process that will run cmd when it is started.
func New(name string, cmd *exec.Cmd) *Process {
	return &Process{name: name, cmd: cmd, done: make(chan struct{})}
}

// Name returns the name that was given to New.
func (p *Process) Name() string { return p.name }

// Start starts the command and does not wait for it.
func (p *Process) Start() error {
	if !p.asked.CompareAndSwap(false, true) {
		return ErrStarted
	}
	if err := p.cmd.Start(); err != nil {
		return err
	}
	p.child.Store(p.cmd.Process)
	go p.reap()
	return nil
}

// reap is the only one that waits for the command. Everybody else waits for
// reap.
func (p *Process) reap() {
	_ = p.cmd.Wait()
	p.code = p.cmd.ProcessState.ExitCode()
	if ws, ok := p.cmd.ProcessState.Sys().(syscall.WaitStatus); ok && ws.Signaled() {
		p.code = -int(ws.Signal())
	}
	close(p.done)
}

// PID returns the number of the process, also after its end, and 0 if it has
// not been started.
func (p *Process) PID() int {
	if child := p.child.Load(); child != nil {
		return child.Pid
	}
	return 0
}

// Join waits until the process has ended.
func (p *Process) Join() error {
	if p.child.Load() == nil {
		return ErrNotStarted
	}
	<-p.done
	return nil
}

// JoinTimeout is Join, but waits no longer than d.
func (p *Process) JoinTimeout(d time.Duration) (ended bool, err error) {
	if p.child.Load() == nil {
		return false, ErrNotStarted
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-p.done:
	case <-timer.C:
	}
	return p.ended(), nil // select may have picked the timer although both were ready
}

func (p *Process) ended() bool {
	select {
	case <-p.done:
		return true
	default:
		return false
	}
}

// Alive tells whether the process has been started and has not ended.
func (p *Process) Alive() bool { return p.child.Load() != nil && !p.ended() }

// ExitCode returns the exit status of a process that has ended.
func (p *Process) ExitCode() (code int, ok bool) {
	if !p.ended() {
		return 0, false
	}
	return p.code, true
}

// Terminate sends the process SIGTERM.
func (p *Process) Terminate() error { return p.signal(syscall.SIGTERM) }

// Kill sends the process SIGKILL.
func (p *Process) Kill() error { return p.signal(syscall.SIGKILL) }

// signal leaves it to os.Process to know whether it is too late.
func (p *Process) signal(sig os.Signal) error {
	child := p.child.Load()
	if child == nil {
		return ErrNotStarted
	}
	if err := child.Signal(sig); !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	return nil
}
