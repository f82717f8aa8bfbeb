// Package environ merges both environments in a map, and leaves the outputs and
// the context to os/exec.
package environ

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strings"
)

// ErrName is the error for a variable whose name is empty or contains "=".
var ErrName = errors.New("environ: not a name of a variable")

type failure struct {
	text   string
	causes []error
}

func (f *failure) Error() string   { return f.text }
func (f *failure) Unwrap() []error { return f.causes }

// Run runs a command, waits until it has ended, and returns what it has written
// to its standard output.
func Run(ctx context.Context, overrides map[string]string, name string, args ...string) (string, error) {
	merged := map[string]string{}
	for _, v := range os.Environ() {
		if i := strings.Index(v[1:], "="); i >= 0 {
			merged[v[:i+1]] = v[i+2:]
		}
	}
	maps.Copy(merged, overrides)
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = make([]string, 0, len(merged))
	for _, variable := range slices.Sorted(maps.Keys(merged)) {
		if variable == "" || strings.ContainsRune(variable, '=') {
			return "", fmt.Errorf("variable %q: %w", variable, ErrName)
		}
		cmd.Env = append(cmd.Env, variable+"="+merged[variable])
	}
	out, err := cmd.Output() // keeps the standard error in the error
	if err == nil {
		return string(out), nil
	}
	f := &failure{text: err.Error(), causes: []error{err}}
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		f.text += ": " + string(exit.Stderr)
	}
	if late := ctx.Err(); late != nil && !errors.Is(err, late) {
		f.text = late.Error() + ": " + f.text
		f.causes = append(f.causes, late)
	}
	return string(out), f
}
