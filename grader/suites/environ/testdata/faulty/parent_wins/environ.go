// want: result
// Fault: The overrides come before what is inherited, and of two values the last one counts.

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
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = env
	cmd.Stdout = &out
	cmd.Stderr = &complaint
	if err = cmd.Run(); err == nil {
		return out.String(), nil
	}
	if ctx.Err() != nil { // what os/exec says is only that it was killed
		err = ctx.Err()
	}
	return out.String(), fmt.Errorf("%s: %w: %s", name, err, bytes.TrimSpace(complaint.Bytes()))
}

// environment returns a copy of the environment of this process with overrides
// in it.
func environment(overrides map[string]string) ([]string, error) {
	var env []string
	for name, value := range overrides {
		if name == "" || strings.Contains(name, "=") {
			return nil, fmt.Errorf("%w: %q", ErrName, name)
		}
		env = append(env, name+"="+value)
	}
	return append(env, os.Environ()...), nil
}
