// want: leak
// Fault: When the context is done, Run kills the command, but nobody waits for its end.

package environ

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// ErrName is the error for a variable whose name is empty or contains "=".
var ErrName = errors.New("environ: not a name of a variable")

// Run runs a command, waits until it has ended, and returns what it has written
// to its standard output.
func Run(ctx context.Context, overrides map[string]string, name string, args ...string) (stdout string, err error) {
	env, err := environment(overrides)
	if err != nil {
		return "", err
	}
	var out, complaint bytes.Buffer
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	cmd := exec.Command(name, args...)
	cmd.Env = env
	cmd.Stderr = &complaint
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		return "", err
	}
	if err := cmd.Start(); err != nil {
		return "", fmt.Errorf("%s: %w", name, err)
	}
	stop := context.AfterFunc(ctx, func() { _ = cmd.Process.Kill() })
	defer stop()
	_, _ = out.ReadFrom(pipe)
	if ctx.Err() != nil {
		return out.String(), ctx.Err()
	}
	if err = cmd.Wait(); err == nil {
		return out.String(), nil
	}
	return out.String(), fmt.Errorf("%s: %w: %s", name, err, bytes.TrimSpace(complaint.Bytes()))
}

// environment returns a copy of the environment of this process with overrides
// in it.
func environment(overrides map[string]string) ([]string, error) {
	env := os.Environ()
	for name, value := range overrides {
		if name == "" || strings.Contains(name, "=") {
			return nil, fmt.Errorf("%w: %q", ErrName, name)
		}
		env = append(env, name+"="+value) // of several values, os/exec takes the last
	}
	return env, nil
}
