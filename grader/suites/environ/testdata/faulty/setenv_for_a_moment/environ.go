// want: result
// Fault: The overrides are set in the environment of the parent while the command is being started.

package environ

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
)

// ErrName is the error for a variable whose name is empty or contains "=".
var ErrName = errors.New("environ: not a name of a variable")

// starting is held by who changes the environment.
var starting sync.Mutex

// Run runs a command, waits until it has ended, and returns what it has written
// to its standard output.
func Run(ctx context.Context, overrides map[string]string, name string, args ...string) (stdout string, err error) {
	var out, complaint bytes.Buffer
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Stdout = &out
	cmd.Stderr = &complaint
	starting.Lock()
	restore, err := environment(overrides)
	if err == nil {
		err = cmd.Start()
		restore()
	}
	starting.Unlock()
	if err != nil {
		return "", err
	}
	if err = cmd.Wait(); err == nil {
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
