// Package fork, with pipes, goroutines and a condition of its own in place of
// what os/exec has.
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

// mark is the first argument of a child after the program; the name follows.
const mark = "--forked-for"

type named struct {
	name  string
	entry func()
}

var (
	mu  sync.RWMutex
	all []named // guarded by mu
)

// find returns the function of a name, or nil. The caller holds the lock.
func find(name string) func() {
	for _, n := range all {
		if n.name == name {
			return n.entry
		}
	}
	return nil
}

// Register gives a function a name, by which Spawn can have a child call it.
func Register(name string, entry func()) {
	if name == "" || entry == nil {
		panic("fork: incomplete")
	}
	mu.Lock()
	defer mu.Unlock()
	if find(name) != nil {
		panic(errors.New("fork: there is one already: " + name))
	}
	all = append(all, named{name, entry})
}

// Init calls the function that this process was started for, if it is a child.
func Init() bool {
	if len(os.Args) != 3 || os.Args[1] != mark {
		return false
	}
	name := os.Args[2]
	os.Args = os.Args[:1]
	mu.RLock()
	entry := find(name)
	mu.RUnlock()
	if entry == nil {
		panic("fork: this is " + name + ", which nobody has registered")
	}
	entry()
	return true
}

// Child is a process that Spawn has started.
type Child struct {
	pid int

	mu     sync.Mutex
	over   *sync.Cond
	ended  bool
	status int
	err    error
}

// Spawn starts the running program once more, as a child in which Init calls the
// function of this name.
func Spawn(ctx context.Context, name string, stdin io.Reader, stdout io.Writer) (*Child, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("fork: too late: %w", err)
	}
	mu.RLock()
	known := find(name) != nil
	mu.RUnlock()
	if !known {
		return nil, ErrUnknown
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(self, mark, name)
	cmd.Stderr = os.Stderr
	var theirs []*os.File // what the child gets
	var mine []*os.File
	var copies []func()
	pipe := func() (r, w *os.File) {
		if err == nil {
			r, w, err = os.Pipe()
		}
		return r, w
	}
	if f, ok := stdin.(*os.File); ok {
		cmd.Stdin = f
	} else if stdin != nil {
		if r, w := pipe(); err == nil {
			cmd.Stdin = r
			theirs, mine = append(theirs, r), append(mine, w)
			copies = append(copies, func() {
				io.Copy(w, stdin) // the child need not read it
				w.Close()
			})
		}
	}
	if f, ok := stdout.(*os.File); ok {
		cmd.Stdout = f
	} else if stdout != nil {
		if r, w := pipe(); err == nil {
			cmd.Stdout = w
			theirs, mine = append(theirs, w), append(mine, r)
			copies = append(copies, func() {
				io.Copy(stdout, r)
				r.Close()
			})
		}
	}
	if err == nil {
		err = cmd.Start()
	}
	for _, f := range theirs {
		f.Close()
	}
	if err != nil {
		for _, f := range mine {
			f.Close()
		}
		return nil, err
	}
	c := &Child{pid: cmd.Process.Pid}
	c.over = sync.NewCond(&c.mu)
	exited := make(chan struct{})
	var others sync.WaitGroup
	for _, fn := range copies {
		others.Go(fn)
	}
	others.Go(func() {
		select {
		case <-ctx.Done():
			cmd.Process.Kill()
		case <-exited:
		}
	})
	go func() {
		cmd.Wait()
		reason := ctx.Err()
		close(exited)
		others.Wait()
		c.mu.Lock()
		defer c.mu.Unlock()
		ws := cmd.ProcessState.Sys().(syscall.WaitStatus)
		c.status = ws.ExitStatus()
		if ws.Signaled() {
			c.status = -int(ws.Signal())
		}
		if ws.Signaled() && ws.Signal() == syscall.SIGKILL {
			c.err = reason
		}
		c.ended = true
		c.over.Broadcast()
	}()
	return c, nil
}

// PID returns the number of the child's process, also after its end.
func (c *Child) PID() int { return c.pid }

// Wait waits until the child has ended and all that it has printed has been
// written.
func (c *Child) Wait() (status int, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for !c.ended {
		c.over.Wait()
	}
	return c.status, c.err
}
