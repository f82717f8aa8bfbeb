// want: deadlock
// Fault: The standard error is read when the standard output has come to its end, and not before.

// Package communicate talks to a command as Python's Popen.communicate does: it
// says all it has to say, listens to all that is answered, and waits for the end.
package communicate

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"time"
)

// Errors returned by Communicate.
var (
	ErrStarted    = errors.New("communicate: the command has been started already")
	ErrRedirected = errors.New("communicate: the command has a Stdin, Stdout or Stderr already")
)

// Result is what a command has come to.
type Result struct {
	Stdout   []byte // all that it has written to its standard output
	Stderr   []byte // all that it has written to its standard error
	ExitCode int    // what it passed to exit, or the negative number of the signal that ended it
}

// grace is how long Communicate reads on after a kill: what the killed have
// written is in the pipes by then. Only a process outside of the group that
// keeps a pipe open makes it wait so long.
const grace = 100 * time.Millisecond

// Communicate starts cmd, writes input to its standard input, and closes that.
// Meanwhile it reads both outputs to their ends. It returns when the process has
// ended, too.
func Communicate(ctx context.Context, cmd *exec.Cmd, input []byte) (Result, error) {
	if err := ctx.Err(); err != nil {
		return Result{}, err
	}
	p, err := start(cmd)
	if err != nil {
		return Result{}, err
	}
	var out, errs bytes.Buffer
	var writer, readers sync.WaitGroup
	writer.Go(func() {
		_, _ = p.stdin.Write(input) // the command need not read it
		p.stdin.Close()
	})
	readers.Go(func() {
		_, _ = io.Copy(&out, p.stdout)
		_, _ = io.Copy(&errs, p.stderr)
	})
	read, exited := make(chan struct{}), make(chan struct{})
	go func() {
		readers.Wait()
		close(read)
	}()

	select {
	case <-read:
		// Only now: as long as nobody has waited for the process, its number
		// cannot become another group's.
		go p.wait(exited)
		select {
		case <-exited:
		case <-ctx.Done():
			err = ctx.Err()
			p.kill()
			<-exited
		}
	case <-ctx.Done():
		err = ctx.Err()
		p.kill()
		p.wait(exited)
		select {
		case <-read:
		case <-time.After(grace):
		}
	}
	p.close() // ends reads and writes that are still waiting
	<-read
	writer.Wait()
	return Result{Stdout: out.Bytes(), Stderr: errs.Bytes(), ExitCode: p.code()}, err
}

// process is a command that runs, and our ends of its pipes.
type process struct {
	cmd                   *exec.Cmd
	stdin, stdout, stderr *os.File
}

// start starts cmd with a pipe for each of its files, in a process group of its
// own.
func start(cmd *exec.Cmd) (p *process, err error) {
	if cmd.Process != nil {
		return nil, ErrStarted
	}
	if cmd.Stdin != nil || cmd.Stdout != nil || cmd.Stderr != nil {
		return nil, ErrRedirected
	}
	var ours, theirs [3]*os.File
	defer func() {
		closeAll(theirs[:]) // the command has its own copies
		if err != nil {
			closeAll(ours[:])
		}
	}()
	for i := range ours {
		if ours[i], theirs[i], err = os.Pipe(); err != nil {
			return nil, err
		}
	}
	ours[0], theirs[0] = theirs[0], ours[0] // this one is written to
	cmd.Stdin, cmd.Stdout, cmd.Stderr = theirs[0], theirs[1], theirs[2]
	attr := syscall.SysProcAttr{}
	if cmd.SysProcAttr != nil {
		attr = *cmd.SysProcAttr
	}
	attr.Setpgid = true
	cmd.SysProcAttr = &attr
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	return &process{cmd, ours[0], ours[1], ours[2]}, nil
}

// kill kills the process and all that it has started, unless these have left
// its group.
func (p *process) kill() { _ = syscall.Kill(-p.cmd.Process.Pid, syscall.SIGKILL) }

// wait waits until the process has ended, and says so.
func (p *process) wait(exited chan<- struct{}) {
	_ = p.cmd.Wait() // an exit code is no error here
	close(exited)
}

// code returns the exit code of a process that has been waited for.
func (p *process) code() int {
	if ws, ok := p.cmd.ProcessState.Sys().(syscall.WaitStatus); ok && ws.Signaled() {
		return -int(ws.Signal())
	}
	return p.cmd.ProcessState.ExitCode()
}

func (p *process) close() { closeAll([]*os.File{p.stdin, p.stdout, p.stderr}) }

func closeAll(files []*os.File) {
	for _, f := range files {
		f.Close() // harmless if f is nil, or closed already
	}
}
