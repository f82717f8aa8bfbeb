// Package process keeps all that changes under a mutex, and knows itself when it
// is too late for a signal.
package process

import (
	"errors"
	"os"
	"os/exec"
	"sync"
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
	name string
	done chan struct{} // closed when the process has ended; code is set before

	mu     sync.Mutex
	cmd    *exec.Cmd
	asked  bool // Start has been called
	pid    int  // 0 until the start
	code   int
	exited bool // the process has been waited for: its number may be another's
}

// New returns a process that will run cmd when it is started.
func New(name string, cmd *exec.Cmd) *Process {
	return &Process{name: name, cmd: cmd, done: make(chan struct{})}
}

// Name returns the name that was given to New.
func (p *Process) Name() string { return p.name }

// Start starts the command and does not wait for it.
func (p *Process) Start() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.asked {
		return ErrStarted
	}
	p.asked = true
	if err := p.cmd.Start(); err != nil {
		return err
	}
	p.pid = p.cmd.Process.Pid
	go p.reap()
	return nil
}

// reap is the only one that waits for the command. Everybody else waits for
// reap.
func (p *Process) reap() {
	_ = p.cmd.Wait()
	p.mu.Lock()
	p.exited = true
	p.code = p.cmd.ProcessState.ExitCode()
	if ws, ok := p.cmd.ProcessState.Sys().(syscall.WaitStatus); ok && ws.Signaled() {
		p.code = -int(ws.Signal())
	}
	p.mu.Unlock()
	close(p.done)
}

// PID returns the number of the process, also after its end, and 0 if it has
// not been started.
func (p *Process) PID() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.pid
}

// Join waits until the process has ended.
func (p *Process) Join() error {
	if p.PID() == 0 {
		return ErrNotStarted
	}
	<-p.done
	return nil
}

// JoinTimeout is Join, but waits no longer than d.
func (p *Process) JoinTimeout(d time.Duration) (ended bool, err error) {
	if p.PID() == 0 {
		return false, ErrNotStarted
	}
	if p.ended() || d <= 0 {
		return p.ended(), nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-p.done:
		return true, nil
	case <-timer.C:
		return p.ended(), nil
	}
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
func (p *Process) Alive() bool { return p.PID() != 0 && !p.ended() }

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
func (p *Process) Kill() error { return p.signal(os.Kill) }

func (p *Process) signal(sig os.Signal) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.pid == 0 {
		return ErrNotStarted
	}
	if p.exited {
		return nil
	}
	if err := p.cmd.Process.Signal(sig); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	return nil
}
