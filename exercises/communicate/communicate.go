// Package communicate talks to a command as Python's Popen.communicate does: it
// says all it has to say, listens to all that is answered, and waits for the end.
package communicate

import (
	"context"
	"errors"
	"os/exec"
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

// Communicate starts cmd, writes input to its standard input, and closes that.
// Meanwhile it reads both outputs to their ends. It returns when the process has
// ended, too. No exit code is an error, and neither is a command that does not
// read its input.
//
// When ctx is done before that, Communicate kills the process group of the
// command, waits for its process, and returns what it has read so far, together
// with an error that wraps ctx.Err(). If ctx is done to begin with, it returns
// such an error and does not start cmd.
//
// It returns ErrStarted if cmd has been started before, ErrRedirected if cmd
// has a Stdin, Stdout or Stderr, and the error of cmd.Start if cmd cannot be
// started; the Result is empty then.
//
// Communicate may be called by several goroutines at once, each with a command
// of its own.
func Communicate(ctx context.Context, cmd *exec.Cmd, input []byte) (Result, error) {
	panic("TODO: implement Communicate")
}
