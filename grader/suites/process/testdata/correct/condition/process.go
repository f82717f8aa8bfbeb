// Package process keeps all there is to know under one mutex. Who waits does so
// on a condition, and a timeout wakes everybody to look.
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

type state int

const (
	made state = iota
	failed
	running
	ended
)

// Process runs one command, once. All methods may be called by several
// goroutines at once.
type Process struct {
	name string

	mu    sync.Mutex
	woken *sync.Cond // at the end, and when somebody's time has passed
	cmd   *exec.Cmd
	state state
	pid   int
	code  int
}

// New returns a process that will run cmd when it is started.
func New(name string, cmd *exec.Cmd) *Process {
	p := &Process{name: name, cmd: cmd}
	p.woken = sync.NewCond(&p.mu)
	return p
}

// Name returns the name that was given to New.
func (p *Process) Name() string { return p.name }

// Start starts the command and does not wait for it.
func (p *Process) Start() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.state != made {
		return ErrStarted
	}
	p.state = failed
	if err := p.cmd.Start(); err != nil {
		return err
	}
	p.state, p.pid = running, p.cmd.Process.Pid
	go func() {
		_ = p.cmd.Wait()
		p.mu.Lock()
		defer p.mu.Unlock()
		p.state, p.code = ended, status(p.cmd.ProcessState)
		p.woken.Broadcast()
	}()
	return nil
}

func status(ps *os.ProcessState) int {
	if ws := ps.Sys().(syscall.WaitStatus); ws.Signaled() {
		return -int(ws.Signal())
	}
	return ps.ExitCode()
}

// PID returns the number of the process.
func (p *Process) PID() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.pid
}

// Join waits until the process has ended.
func (p *Process) Join() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	for p.state == running {
		p.woken.Wait()
	}
	return p.begun()
}

// begun returns ErrNotStarted before the start. The lock is held.
func (p *Process) begun() error {
	if p.state < running {
		return ErrNotStarted
	}
	return nil
}

// JoinTimeout is Join, but waits no longer than d.
func (p *Process) JoinTimeout(d time.Duration) (bool, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	late := d <= 0
	if !late {
		timer := time.AfterFunc(d, func() {
			p.mu.Lock()
			defer p.mu.Unlock()
			late = true
			p.woken.Broadcast()
		})
		defer timer.Stop()
	}
	for p.state == running && !late {
		p.woken.Wait()
	}
	return p.state == ended, p.begun()
}

// Alive tells whether the process has been started and has not ended.
func (p *Process) Alive() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.state == running
}

// ExitCode returns the exit status of a process that has ended.
func (p *Process) ExitCode() (int, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.code, p.state == ended
}

// Terminate sends the process SIGTERM.
func (p *Process) Terminate() error { return p.signal(syscall.SIGTERM) }

// Kill sends the process SIGKILL.
func (p *Process) Kill() error { return p.signal(syscall.SIGKILL) }

func (p *Process) signal(sig syscall.Signal) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.state != running {
		return p.begun()
	}
	err := p.cmd.Process.Signal(sig)
	if errors.Is(err, os.ErrProcessDone) { // it has ended, and Wait is about to return
		return nil
	}
	return err
}
