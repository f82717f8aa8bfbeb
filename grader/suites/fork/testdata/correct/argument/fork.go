// Package fork, with the name of the function in the first argument of the
// child, which nobody inherits, and a registry that needs no lock of its own.
package fork

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
)

// ErrUnknown is the error for a name that nobody has registered.
var ErrUnknown = errors.New("fork: no function of this name")

// prefix stands before the name in the first argument of a child.
const prefix = "forked: "

var entries sync.Map // of func(), by name

// Register gives a function a name, by which Spawn can have a child call it.
func Register(name string, entry func()) {
	switch {
	case name == "":
		panic("fork: a function without a name")
	case entry == nil:
		panic("fork: no function for " + name)
	}
	if _, taken := entries.LoadOrStore(name, entry); taken {
		panic("fork: registered twice: " + name)
	}
}

// Init calls the function that this process was started for, if it is a child.
func Init() bool {
	name, child := strings.CutPrefix(os.Args[0], prefix)
	if !child {
		return false
	}
	if self, err := os.Executable(); err == nil {
		os.Args[0] = self
	}
	entry, ok := entries.Load(name)
	if !ok {
		panic("fork: not registered in the child: " + name)
	}
	entry.(func())()
	return true
}

// Child is a process that Spawn has started.
type Child struct {
	cmd    *exec.Cmd
	ended  sync.WaitGroup
	killed error // why the context has killed it
	status int
}

// Spawn starts the running program once more, as a child in which Init calls the
// function of this name.
func Spawn(ctx context.Context, name string, stdin io.Reader, stdout io.Writer) (*Child, error) {
	if _, ok := entries.Load(name); !ok {
		return nil, fmt.Errorf("%w: %s", ErrUnknown, name)
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	c := &Child{cmd: exec.CommandContext(ctx, self)}
	c.cmd.Args[0] = prefix + name
	c.cmd.Stdin, c.cmd.Stdout, c.cmd.Stderr = stdin, stdout, os.Stderr
	c.cmd.Cancel = func() error {
		c.killed = ctx.Err()
		return c.cmd.Process.Kill()
	}
	if err := c.cmd.Start(); err != nil {
		return nil, err
	}
	c.ended.Go(func() {
		c.cmd.Wait()
		ws := c.cmd.ProcessState.Sys().(syscall.WaitStatus)
		if !ws.Signaled() {
			c.status, c.killed = ws.ExitStatus(), nil
			return
		}
		c.status = -int(ws.Signal())
		if ws.Signal() != syscall.SIGKILL {
			c.killed = nil
		}
	})
	return c, nil
}

// PID returns the number of the child's process, also after its end.
func (c *Child) PID() int { return c.cmd.Process.Pid }

// Wait waits until the child has ended and all that it has printed has been
// written.
func (c *Child) Wait() (status int, err error) {
	c.ended.Wait()
	return c.status, c.killed
}
