// Package communicate leaves the pipes to os/exec, whose Wait closes them. It
// gets at what was read through channels.
package communicate

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"sync/atomic"
	"syscall"
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

// Communicate starts cmd, writes input, reads both outputs, and waits for the
// end.
func Communicate(ctx context.Context, cmd *exec.Cmd, input []byte) (Result, error) {
	switch {
	case ctx.Err() != nil:
		return Result{}, ctx.Err()
	case cmd.Process != nil:
		return Result{}, ErrStarted
	case cmd.Stdin != nil, cmd.Stdout != nil, cmd.Stderr != nil:
		return Result{}, ErrRedirected
	}
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return Result{}, err
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return Result{}, err
	}
	stderr, err := cmd.StderrPipe()
	if err != nil {
		return Result{}, err
	}
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{}
	}
	cmd.SysProcAttr.Setpgid = true
	if err := cmd.Start(); err != nil { // it closes the pipes
		return Result{}, err
	}

	written := make(chan struct{})
	go func() {
		defer close(written)
		defer stdin.Close()
		stdin.Write(input)
	}()
	outs, errs := collect(stdout), collect(stderr)

	// The killer kills at most once, and not at all when all is over.
	var interrupted atomic.Bool
	over, unwatched := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(unwatched)
		select {
		case <-ctx.Done():
			interrupted.Store(true)
			syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
		case <-over:
		}
	}()

	// Wait must not be called before the outputs are at their ends, as it would
	// close them, unless that is what is wanted.
	out, gotOut := <-outs.ended(ctx)
	complaints, gotErr := <-errs.ended(ctx)
	cmd.Wait()
	close(over)
	<-unwatched
	stdin.Close()
	<-written
	if !gotOut {
		out = <-outs
	}
	if !gotErr {
		complaints = <-errs
	}
	res := Result{Stdout: out, Stderr: complaints, ExitCode: cmd.ProcessState.ExitCode()}
	if ws, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); ok && ws.Signaled() {
		res.ExitCode = -int(ws.Signal())
	}
	if interrupted.Load() {
		return res, ctx.Err()
	}
	return res, nil
}

// reading gives all that was read from a pipe, once.
type reading chan []byte

// collect reads a pipe to its end.
func collect(r io.Reader) reading {
	ch := make(reading, 1)
	go func() {
		data, err := io.ReadAll(r)
		if err != nil && !errors.Is(err, os.ErrClosed) {
			data = append(data, err.Error()...)
		}
		ch <- data
	}()
	return ch
}

// ended returns a channel that gives what was read, or is closed when ctx is
// done before.
func (r reading) ended(ctx context.Context) <-chan []byte {
	ch := make(chan []byte, 1)
	select {
	case data := <-r:
		ch <- data
	case <-ctx.Done():
		close(ch)
	}
	return ch
}
