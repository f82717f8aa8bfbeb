// want: result
// Fault: The overrides are set in the environment of the parent for as long as the command runs.

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
	restore, err := environment(overrides)
	if err != nil {
		return "", err
	}
	defer restore()
	var out, complaint bytes.Buffer
	cmd := exec.CommandContext(ctx, name, args...)
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

// environment sets overrides in the environment of this process, and returns a
// function that sets what was there before.
func environment(overrides map[string]string) (restore func(), err error) {
	before := map[string]string{}
	var unset []string
	restore = func() {
		for name, value := range before {
			os.Setenv(name, value)
		}
		for _, name := range unset {
			os.Unsetenv(name)
		}
	}
	for name, value := range overrides {
		if name == "" || strings.Contains(name, "=") {
			restore()
			return nil, fmt.Errorf("%w: %q", ErrName, name)
		}
		if old, ok := os.LookupEnv(name); ok {
			before[name] = old
		} else {
			unset = append(unset, name)
		}
		os.Setenv(name, value)
	}
	return restore, nil
}
