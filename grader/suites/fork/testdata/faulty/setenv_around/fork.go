// want: result
// Fault: Spawn sets the mark in the environment of the parent, starts the child, and removes the mark again.

package fork

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"
	"syscall"
)

// ErrUnknown is the error for a name that nobody has registered.
var ErrUnknown = errors.New("fork: no function of this name")

// marker is the variable in the environment that makes a process a child. Its
// value is the name of the function.
const marker = "GO_FORK_CHILD"

var (
	mu      sync.Mutex
	entries = map[string]func(){} // guarded by mu
)

// Register gives a function a name, by which Spawn can have a child call it.
func Register(name string, entry func()) {
	if name == "" || entry == nil {
		panic("fork: Register needs a name and a function")
	}
	mu.Lock()
	defer mu.Unlock()
	if entries[name] != nil {
		panic(fmt.Sprintf("fork: a function is already registered as %q", name))
	}
	entries[name] = entry
}

// lookup returns the function of a name, or nil. The lock is free again when the
// function is called: it may register and spawn.
func lookup(name string) func() {
	mu.Lock()
	defer mu.Unlock()
	return entries[name]
}

// Init calls the function that this process was started for, if it is a child.
func Init() bool {
	name, child := os.LookupEnv(marker)
	if !child {
		return false
	}
	// What this process starts is not the child that it is itself.
	os.Unsetenv(marker)
	entry := lookup(name)
	if entry == nil {
		// Not false: then this process would do what its parent does, and start
		// a child, which would do the same.
		panic(fmt.Sprintf("fork: nothing was registered as %q when the child called Init", name))
	}
	entry()
	return true
}

// Child is a process that Spawn has started.
type Child struct {
	pid    int
	done   chan struct{} // closed when the child is over; what follows is set before
	status int
	err    error
}

// Spawn starts the running program once more, as a child in which Init calls the
// function of this name.
func Spawn(ctx context.Context, name string, stdin io.Reader, stdout io.Writer) (*Child, error) {
	if lookup(name) == nil {
		return nil, fmt.Errorf("%w: %q", ErrUnknown, name)
	}
	self, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("fork: find this program: %w", err)
	}
	cmd := exec.CommandContext(ctx, self)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = stdin, stdout, os.Stderr
	mu.Lock()
	os.Setenv(marker, name)
	defer mu.Unlock()
	defer os.Unsetenv(marker)
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("fork: spawn %q: %w", name, err)
	}
	c := &Child{pid: cmd.Process.Pid, done: make(chan struct{})}
	go c.reap(ctx, cmd)
	return c, nil
}

// reap is the only one that waits for the process. Everybody else waits for
// reap.
func (c *Child) reap(ctx context.Context, cmd *exec.Cmd) {
	defer close(c.done)
	_ = cmd.Wait()
	c.status = cmd.ProcessState.ExitCode()
	if ws, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); ok && ws.Signaled() {
		c.status = -int(ws.Signal())
	}
	// A child that has ended in another way has been spared by the context.
	if err := ctx.Err(); err != nil && c.status == -int(syscall.SIGKILL) {
		c.err = fmt.Errorf("fork: the child was killed: %w", err)
	}
}

// PID returns the number of the child's process, also after its end.
func (c *Child) PID() int { return c.pid }

// Wait waits until the child has ended and all that it has printed has been
// written.
func (c *Child) Wait() (status int, err error) {
	<-c.done
	return c.status, c.err
}
