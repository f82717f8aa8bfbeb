// Package fork, which takes the mark of a child out of the environment before
// main begins, and whose ends are contexts.
package fork

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"sync/atomic"
	"syscall"
)

// ErrUnknown is the error for a name that nobody has registered.
var ErrUnknown = errors.New("fork: no function of this name")

const variable = "FORKED_FOR"

// purpose is what this process was started for, and "" if it is no child.
var purpose = takePurpose()

func takePurpose() string {
	text, err := hex.DecodeString(os.Getenv(variable))
	if err != nil {
		panic(err)
	}
	os.Unsetenv(variable)
	return string(text)
}

// entries is a map that is never changed, but replaced by another one.
var entries atomic.Pointer[map[string]func()]

func registered(name string) func() {
	if m := entries.Load(); m != nil {
		return (*m)[name]
	}
	return nil
}

// Register gives a function a name, by which Spawn can have a child call it.
func Register(name string, entry func()) {
	if name == "" || entry == nil {
		panic("fork: there must be a name and a function")
	}
	for {
		before := entries.Load()
		after := map[string]func(){}
		if before != nil {
			after = maps.Clone(*before)
		}
		if after[name] != nil {
			panic(fmt.Errorf("fork: %s is taken", name))
		}
		after[name] = entry
		if entries.CompareAndSwap(before, &after) {
			return
		}
	}
}

// Init calls the function that this process was started for, if it is a child.
func Init() bool {
	if purpose == "" {
		return false
	}
	if registered(purpose) == nil {
		panic(fmt.Errorf("%w: %q", ErrUnknown, purpose))
	}
	registered(purpose)()
	return true
}

// Child is a process that Spawn has started.
type Child struct {
	pid   int
	end   context.Context // done when the child is over; status is set before
	code  int
	cause error
}

// Spawn starts the running program once more, as a child in which Init calls the
// function of this name.
func Spawn(ctx context.Context, name string, stdin io.Reader, stdout io.Writer) (*Child, error) {
	switch {
	case registered(name) == nil:
		return nil, fmt.Errorf("cannot spawn %q: %w", name, ErrUnknown)
	case ctx.Err() != nil:
		return nil, fmt.Errorf("cannot spawn %q: %w", name, ctx.Err())
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := &exec.Cmd{
		Path: self, Args: os.Args, Env: append(os.Environ(), variable+"="+hex.EncodeToString([]byte(name))),
		Stdin: stdin, Stdout: stdout, Stderr: os.Stderr,
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	end, over := context.WithCancel(context.Background())
	c := &Child{pid: cmd.Process.Pid, end: end}
	spare := context.AfterFunc(ctx, func() { cmd.Process.Signal(os.Kill) })
	go func() {
		defer over()
		cmd.Wait()
		spared := spare()
		switch ws := cmd.ProcessState.Sys().(syscall.WaitStatus); {
		case !ws.Signaled():
			c.code = ws.ExitStatus()
		case ws.Signal() == syscall.SIGKILL && !spared:
			c.code, c.cause = -9, ctx.Err()
		default:
			c.code = -int(ws.Signal())
		}
	}()
	return c, nil
}

// PID returns the number of the child's process, also after its end.
func (c *Child) PID() int { return c.pid }

// Wait waits until the child has ended and all that it has printed has been
// written.
func (c *Child) Wait() (status int, err error) {
	<-c.end.Done()
	return c.code, c.cause
}
