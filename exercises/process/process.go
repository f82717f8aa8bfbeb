// Package process gives commands what the processes of Python's multiprocessing
// have: a name, a start, and an end that any number of goroutines can wait for.
package process

import (
	"errors"
	"os/exec"
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
	// TODO: what does a process have to remember?
}

// New returns a process that will run cmd when it is started. The command
// belongs to the process from then on: nobody else may use it.
func New(name string, cmd *exec.Cmd) *Process {
	panic("TODO: implement New")
}

// Name returns the name that was given to New.
func (p *Process) Name() string {
	panic("TODO: implement Name")
}

// Start starts the command and does not wait for it. If Start has been called
// before, it returns ErrStarted and does nothing else. If the command cannot be
// started, Start returns why, and the process counts as not started; it cannot be
// started any more then.
func (p *Process) Start() error {
	panic("TODO: implement Start")
}

// PID returns the number of the process, also after its end, and 0 if it has
// not been started.
func (p *Process) PID() int {
	panic("TODO: implement PID")
}

// Join waits until the process has ended. That is no error, whatever its exit
// status. If the process has not been started, Join returns ErrNotStarted
// without waiting.
func (p *Process) Join() error {
	panic("TODO: implement Join")
}

// JoinTimeout is Join, but waits no longer than d, and not at all if d is 0 or
// less. It tells whether the process has ended; if not, the error is nil, or
// ErrNotStarted.
func (p *Process) JoinTimeout(d time.Duration) (ended bool, err error) {
	panic("TODO: implement JoinTimeout")
}

// Alive tells whether the process has been started and has not ended.
func (p *Process) Alive() bool {
	panic("TODO: implement Alive")
}

// ExitCode returns the exit status of a process that has ended: what it passed
// to exit, or, if a signal has ended it, the negative number of the signal. ok
// is false if the process has not been started or has not ended.
func (p *Process) ExitCode() (code int, ok bool) {
	panic("TODO: implement ExitCode")
}

// Terminate sends the process SIGTERM, by which it may tidy up and end. It does
// not wait for that. It returns ErrNotStarted before the start. After the end
// of the process it sends no signal and returns nil.
func (p *Process) Terminate() error {
	panic("TODO: implement Terminate")
}

// Kill is Terminate with SIGKILL, which no process can ignore.
func (p *Process) Kill() error {
	panic("TODO: implement Kill")
}
