// Package process tells the end of a process by a context: to wait with a
// timeout is to wait for a context derived from it.
package process

import (
	"context"
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
	cmd  *exec.Cmd
	once sync.Once

	begun, over context.Context // done when the process has begun, and when it has ended
	begin, end  context.CancelFunc
	code        int // set before the end
}

// New returns a process that will run cmd when it is started.
func New(name string, cmd *exec.Cmd) *Process {
	p := &Process{name: name, cmd: cmd}
	p.begun, p.begin = context.WithCancel(context.Background())
	p.over, p.end = context.WithCancel(context.Background())
	return p
}

// Name returns the name that was given to New.
func (p *Process) Name() string { return p.name }

// Start starts the command and does not wait for it.
func (p *Process) Start() error {
	err := ErrStarted
	p.once.Do(func() {
		if err = p.cmd.Start(); err != nil {
			return
		}
		p.begin()
		go func() {
			defer p.end()
			_ = p.cmd.Wait()
			p.code = p.cmd.ProcessState.ExitCode()
			if p.code == -1 {
				p.code = -int(p.cmd.ProcessState.Sys().(syscall.WaitStatus).Signal())
			}
		}()
	})
	return err
}

// PID returns the number of the process.
func (p *Process) PID() int {
	if p.begun.Err() == nil {
		return 0
	}
	return p.cmd.Process.Pid
}

// Join waits until the process has ended.
func (p *Process) Join() error {
	if p.begun.Err() == nil {
		return ErrNotStarted
	}
	<-p.over.Done()
	return nil
}

// JoinTimeout is Join, but waits no longer than d.
func (p *Process) JoinTimeout(d time.Duration) (bool, error) {
	if p.begun.Err() == nil {
		return false, ErrNotStarted
	}
	ctx, cancel := context.WithTimeout(p.over, d)
	defer cancel()
	<-ctx.Done()
	return p.over.Err() != nil, nil
}

// Alive tells whether the process has been started and has not ended.
func (p *Process) Alive() bool { return p.begun.Err() != nil && p.over.Err() == nil }

// ExitCode returns the exit status of a process that has ended.
func (p *Process) ExitCode() (int, bool) {
	if p.over.Err() == nil {
		return 0, false
	}
	return p.code, true
}

// Terminate sends the process SIGTERM.
func (p *Process) Terminate() error { return p.signal(syscall.SIGTERM) }

// Kill sends the process SIGKILL.
func (p *Process) Kill() error { return p.signal(syscall.SIGKILL) }

// signal relies on os.Process, which sends nothing once the process has been
// waited for.
func (p *Process) signal(sig os.Signal) error {
	if p.begun.Err() == nil {
		return ErrNotStarted
	}
	if err := p.cmd.Process.Signal(sig); !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	return nil
}
