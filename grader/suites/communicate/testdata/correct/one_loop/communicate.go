// Package communicate collects everything in one loop: what is read comes in
// pieces through channels, and nothing is shared.
package communicate

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
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

// piece is something that happened: some bytes were read, or a pipe is done
// with.
type piece struct {
	from int // index of the pipe
	data []byte
	end  bool
}

// Communicate starts cmd, writes input, reads both outputs, and waits for the
// end.
func Communicate(ctx context.Context, cmd *exec.Cmd, input []byte) (Result, error) {
	if ctx.Err() != nil {
		return Result{}, fmt.Errorf("communicate: not started: %w", ctx.Err())
	}
	if cmd.Process != nil {
		return Result{}, ErrStarted
	}
	if cmd.Stdin != nil || cmd.Stdout != nil || cmd.Stderr != nil {
		return Result{}, ErrRedirected
	}
	var pipes [3]struct{ r, w *os.File }
	closeAll := func() {
		for _, p := range pipes {
			p.r.Close()
			p.w.Close()
		}
	}
	for i := range pipes {
		var err error
		if pipes[i].r, pipes[i].w, err = os.Pipe(); err != nil {
			closeAll()
			return Result{}, err
		}
	}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = pipes[0].r, pipes[1].w, pipes[2].w
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = new(syscall.SysProcAttr)
	}
	cmd.SysProcAttr.Setpgid = true
	if err := cmd.Start(); err != nil {
		closeAll()
		return Result{}, err
	}
	pipes[0].r.Close()
	pipes[1].w.Close()
	pipes[2].w.Close()

	pieces := make(chan piece)
	go func() {
		pipes[0].w.Write(input)
		pipes[0].w.Close()
		pieces <- piece{from: 0, end: true}
	}()
	for _, i := range []int{1, 2} {
		go func() {
			for {
				chunk := make([]byte, 64<<10)
				n, err := pipes[i].r.Read(chunk)
				pieces <- piece{i, chunk[:n], err != nil}
				if err != nil {
					return
				}
			}
		}()
	}

	exited := make(chan struct{})
	var data [3][]byte
	var open = [3]bool{true, true, true}
	var err error
	take := func(p piece) {
		data[p.from] = append(data[p.from], p.data...)
		open[p.from] = open[p.from] && !p.end
	}
	done := ctx.Done()
	waiting := false
	wait := func() {
		if !waiting {
			waiting = true
			go func() {
				cmd.Wait()
				close(exited)
			}()
		}
	}
	for over := false; !over; {
		if !open[1] && !open[2] {
			wait()
		}
		select {
		case p := <-pieces:
			take(p)
		case <-done:
			done, err = nil, fmt.Errorf("communicate: interrupted: %w", ctx.Err())
			syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
			wait()
		case <-exited:
			over = true
		}
	}
	// Whoever is still at it is told to stop.
	pipes[0].w.Close()
	pipes[1].r.Close()
	pipes[2].r.Close()
	for open[0] || open[1] || open[2] {
		take(<-pieces)
	}
	code := cmd.ProcessState.ExitCode()
	if ws := cmd.ProcessState.Sys().(syscall.WaitStatus); ws.Signaled() {
		code = -int(ws.Signal())
	}
	return Result{data[1], data[2], code}, err
}
