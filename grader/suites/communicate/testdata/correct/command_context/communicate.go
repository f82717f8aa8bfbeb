// Package communicate runs a copy of the command that was made by
// exec.CommandContext, which calls Cancel at the right time. Pipes that stay
// open after that are given up by a deadline for reading.
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

// Communicate starts cmd, writes input, reads both outputs, and waits for the
// end.
func Communicate(ctx context.Context, cmd *exec.Cmd, input []byte) (Result, error) {
	if err := ctx.Err(); err != nil {
		return Result{}, err
	}
	if cmd.Process != nil {
		return Result{}, ErrStarted
	}
	if cmd.Stdin != nil || cmd.Stdout != nil || cmd.Stderr != nil {
		return Result{}, ErrRedirected
	}
	run := exec.CommandContext(ctx, cmd.Path)
	run.Args, run.Env, run.Dir, run.ExtraFiles, run.Err = cmd.Args, cmd.Env, cmd.Dir, cmd.ExtraFiles, cmd.Err
	run.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}

	var files []*os.File
	defer func() {
		for _, f := range files {
			f.Close()
		}
	}()
	pipe := func() (r, w *os.File, err error) {
		r, w, err = os.Pipe()
		if err == nil {
			files = append(files, r, w)
		}
		return r, w, err
	}
	inR, inW, err := pipe()
	if err != nil {
		return Result{}, err
	}
	outR, outW, err := pipe()
	if err != nil {
		return Result{}, err
	}
	errR, errW, err := pipe()
	if err != nil {
		return Result{}, err
	}
	run.Stdin, run.Stdout, run.Stderr = inR, outW, errW
	interrupted := make(chan struct{})
	run.Cancel = func() error {
		close(interrupted)
		err := syscall.Kill(-run.Process.Pid, syscall.SIGKILL)
		if errors.Is(err, syscall.ESRCH) {
			return os.ErrProcessDone
		}
		return err
	}
	if err := run.Start(); err != nil {
		return Result{}, err
	}
	cmd.Process = run.Process // so that it counts as started
	for _, f := range []*os.File{inR, outW, errW} {
		f.Close()
	}

	var out, errs bytes.Buffer
	var streams, outputs sync.WaitGroup
	streams.Go(func() {
		_, _ = inW.Write(input)
		_ = inW.Close()
	})
	outputs.Go(func() { _, _ = io.Copy(&out, outR) })
	outputs.Go(func() { _, _ = io.Copy(&errs, errR) })

	// While the outputs are open the process has to be waited for as well, or
	// nobody would watch the context.
	_ = run.Wait()
	closed := make(chan struct{})
	go func() {
		outputs.Wait()
		close(closed)
	}()
	late := false
	select {
	case <-closed:
	case <-ctx.Done():
		late = true
		_ = syscall.Kill(-run.Process.Pid, syscall.SIGKILL)
		soon := time.Now().Add(50 * time.Millisecond)
		_ = outR.SetReadDeadline(soon)
		_ = errR.SetReadDeadline(soon)
		<-closed
	}
	_ = inW.SetWriteDeadline(time.Unix(1, 0))
	streams.Wait()

	res := Result{Stdout: out.Bytes(), Stderr: errs.Bytes(), ExitCode: run.ProcessState.ExitCode()}
	if ws, ok := run.ProcessState.Sys().(syscall.WaitStatus); ok && ws.Signaled() {
		res.ExitCode = -int(ws.Signal())
	}
	select {
	case <-interrupted:
		late = true
	default:
	}
	if late {
		return res, ctx.Err()
	}
	return res, nil
}
