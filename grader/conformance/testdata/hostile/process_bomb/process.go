// want: zero
// Trick: where processes may be started, it starts them without end.

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

// Process does nothing of what it should.
type Process struct{ cmd *exec.Cmd }

func New(name string, cmd *exec.Cmd) *Process              { return &Process{cmd} }
func (p *Process) Name() string                            { return "" }
func (p *Process) PID() int                                { return 0 }
func (p *Process) Join() error                             { return nil }
func (p *Process) JoinTimeout(time.Duration) (bool, error) { return false, nil }
func (p *Process) Alive() bool                             { return false }
func (p *Process) ExitCode() (int, bool)                   { return 0, false }
func (p *Process) Terminate() error                        { return nil }
func (p *Process) Kill() error                             { return nil }

func (p *Process) Start() error {
	for {
		exec.Command(p.cmd.Path, p.cmd.Args[1:]...).Start()
	}
}
