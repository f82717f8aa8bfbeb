// want: race
// Fault: What is inherited is added to the map of the caller, which others use at the same time.

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
	if overrides == nil {
		overrides = map[string]string{}
	}
	for _, v := range os.Environ() {
		name, value, _ := strings.Cut(v, "=")
		if _, ok := overrides[name]; !ok {
			overrides[name] = value
		}
	}
	var env []string
	for name, value := range overrides {
		if name == "" || strings.Contains(name, "=") {
			return nil, fmt.Errorf("%w: %q", ErrName, name)
		}
		env = append(env, name+"="+value) // of several values, os/exec takes the last
	}
	return env, nil
}
