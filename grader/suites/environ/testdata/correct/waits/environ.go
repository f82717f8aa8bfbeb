// Package environ waits for the command and for the context side by side, and
// returns when the command has ended, one way or the other.
package environ

import (
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
func Run(ctx context.Context, overrides map[string]string, name string, args ...string) (string, error) {
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	var out, complaint strings.Builder
	cmd := exec.Command(name, args...)
	cmd.Env = os.Environ()
	cmd.Stdout, cmd.Stderr = &out, &complaint
	for variable, value := range overrides {
		if before, _, found := strings.Cut(variable, "="); found || before == "" {
			return "", fmt.Errorf("%w: %q", ErrName, variable)
		}
		set(&cmd.Env, variable+"=", value)
	}
	if err := cmd.Start(); err != nil {
		return "", fmt.Errorf("cannot start %s: %w", name, err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	var err error
	select {
	case err = <-ended:
	case <-ctx.Done():
		_ = cmd.Process.Kill()
		if err = <-ended; err != nil {
			err = ctx.Err()
		}
	}
	if err != nil {
		err = fmt.Errorf("%s: %w (%s)", name, err, complaint.String())
	}
	return out.String(), err
}

// set gives a variable its value where it stands, or at the end.
func set(env *[]string, prefix, value string) {
	for i, v := range *env {
		if strings.HasPrefix(v, prefix) {
			(*env)[i] = prefix + value
			return
		}
	}
	*env = append(*env, prefix+value)
}
