// Package environ runs commands that see another environment than their parent.
package environ

import (
	"context"
	"errors"
)

// ErrName is the error for a variable whose name is empty or contains "=".
var ErrName = errors.New("environ: not a name of a variable")

// Run runs a command, waits until it has ended, and returns what it has written
// to its standard output. The command inherits the environment that this process
// has at the time; where overrides has a variable of the same name, its value
// counts. Neither the environment of this process nor overrides is changed.
//
// If the command cannot be started, or its exit status is not 0, the error wraps
// that of os/exec, and its text contains what the command has written to its
// standard error. If ctx is done before the command has ended, Run kills it,
// waits for its end, and returns an error that wraps ctx.Err(). If a name in
// overrides is none, the error wraps ErrName, and nothing is started.
//
// Any number of goroutines may call Run at once.
func Run(ctx context.Context, overrides map[string]string, name string, args ...string) (stdout string, err error) {
	panic("TODO: implement Run")
}
