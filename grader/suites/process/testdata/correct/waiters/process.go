// Package process keeps a list of those who wait, each with a channel of its
// own. Who gives up takes itself off the list.
package process

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"time"
)

// Errors returned by a Process. They come with the name of the process.
var (
	ErrStarted    = errors.New("already started")
	ErrNotStarted = errors.New("not started")
)

// Process runs one command, once. All methods may be called by several
// goroutines at once.
type Process struct {
	name string

	mu      sync.RWMutex
	cmd     *exec.Cmd
	tried   bool // to start the command
	child   *os.Process
	status  *syscall.WaitStatus
	waiting map[chan<- struct{}]bool
}

// New returns a process that will run cmd when it is started.
func New(name string, cmd *exec.Cmd) *Process {
	return &Process{name: name, cmd: cmd, waiting: map[chan<- struct{}]bool{}}
}

// Name returns the name that was given to New.
func (p *Process) Name() string { return p.name }

func (p *Process) wrong(err error) error { return fmt.Errorf("process %s: %w", p.name, err) }

// Start starts the command and does not wait for it.
func (p *Process) Start() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.tried {
		return p.wrong(ErrStarted)
	}
	p.tried = true
	if err := p.cmd.Start(); err != nil {
		return p.wrong(err)
	}
	p.child = p.cmd.Process
	go p.attend()
	return nil
}

// attend waits for the end and tells it to everybody.
func (p *Process) attend() {
	_ = p.cmd.Wait()
	status, _ := p.cmd.ProcessState.Sys().(syscall.WaitStatus)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.status = &status
	for waiter := range p.waiting {
		close(waiter)
	}
	p.waiting = nil
}

// PID returns the number of the process.
func (p *Process) PID() int {
	p.mu.RLock()
	defer p.mu.RUnlock()
	if p.child == nil {
		return 0
	}
	return p.child.Pid
}

// Join waits until the process has ended.
func (p *Process) Join() error {
	_, err := p.wait(nil)
	return err
}

// JoinTimeout is Join, but waits no longer than d.
func (p *Process) JoinTimeout(d time.Duration) (bool, error) {
	timer := time.NewTimer(max(d, 0))
	defer timer.Stop()
	return p.wait(timer.C)
}

// wait waits for the end, or until something comes from late.
func (p *Process) wait(late <-chan time.Time) (bool, error) {
	waiter := make(chan struct{})
	p.mu.Lock()
	switch {
	case p.child == nil:
		p.mu.Unlock()
		return false, p.wrong(ErrNotStarted)
	case p.status != nil:
		p.mu.Unlock()
		return true, nil
	}
	p.waiting[waiter] = true
	p.mu.Unlock()

	select {
	case <-waiter:
		return true, nil
	case <-late:
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.waiting, waiter)
	return p.status != nil, nil
}

// Alive tells whether the process has been started and has not ended.
func (p *Process) Alive() bool {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.child != nil && p.status == nil
}

// ExitCode returns the exit status of a process that has ended.
func (p *Process) ExitCode() (code int, ok bool) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	switch {
	case p.status == nil:
		return 0, false
	case p.status.Signaled():
		return -int(p.status.Signal()), true
	}
	return p.status.ExitStatus(), true
}

// Terminate sends the process SIGTERM.
func (p *Process) Terminate() error { return p.signal(syscall.SIGTERM) }

// Kill sends the process SIGKILL.
func (p *Process) Kill() error { return p.signal(syscall.SIGKILL) }

func (p *Process) signal(sig syscall.Signal) error {
	p.mu.RLock()
	defer p.mu.RUnlock()
	switch {
	case p.child == nil:
		return p.wrong(ErrNotStarted)
	case p.status != nil:
		return nil
	}
	if err := p.child.Signal(sig); !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	return nil
}
