// Package environ reads both outputs of a command by goroutines of its own, and
// kills it by context.AfterFunc.
package environ

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
)

// ErrName is the error for a variable whose name is empty or contains "=".
var ErrName = errors.New("environ: not a name of a variable")

// Run runs a command, waits until it has ended, and returns what it has written
// to its standard output.
func Run(ctx context.Context, overrides map[string]string, name string, args ...string) (string, error) {
	for variable := range overrides {
		if i := strings.IndexByte(variable+"=", '='); i == 0 || i < len(variable) {
			return "", fmt.Errorf("%w: %q", ErrName, variable)
		}
	}
	if err := ctx.Err(); err != nil {
		return "", err
	}
	cmd := exec.Command(name, args...)
	cmd.Env = slices.DeleteFunc(os.Environ(), func(v string) bool {
		variable, _, _ := strings.Cut(v, "=")
		_, overridden := overrides[variable]
		return overridden
	})
	for variable, value := range overrides {
		cmd.Env = append(cmd.Env, variable+"="+value)
	}

	var reading sync.WaitGroup
	var texts [2]string
	for i, open := range []func() (io.ReadCloser, error){cmd.StdoutPipe, cmd.StderrPipe} {
		pipe, err := open()
		if err != nil {
			return "", err
		}
		reading.Go(func() {
			text, _ := io.ReadAll(pipe)
			texts[i] = string(text)
		})
	}
	if err := cmd.Start(); err != nil {
		reading.Wait()
		return "", err
	}
	stop := context.AfterFunc(ctx, func() { _ = cmd.Process.Kill() })
	reading.Wait()
	err := cmd.Wait()
	if !stop() && err != nil { // it has been killed
		err = ctx.Err()
	}
	if err != nil {
		err = fmt.Errorf("%s has failed: %w\n%s", name, err, texts[1])
	}
	return texts[0], err
}
