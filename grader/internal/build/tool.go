package build

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// MissingError says what has to be installed before anything can be graded.
type MissingError struct{ What string }

func (e *MissingError) Error() string { return e.What }

// environment returns the variables under which the go command and its tools
// run: nothing that the user has set changes what is built.
func environment() []string {
	keep := []string{"PATH", "HOME", "GOCACHE", "GOMODCACHE", "GOPATH", "GOROOT", "GOPROXY", "GOSUMDB", "GONOSUMDB", "GONOSUMCHECK",
		"GOTMPDIR", "TMPDIR", "CC", "XDG_CACHE_HOME", "SYSTEMROOT", "LOCALAPPDATA", "USERPROFILE", "TEMP", "TMP"}
	env := []string{"CGO_ENABLED=1", "GOFLAGS=", "GOWORK=off", "GOTOOLCHAIN=local", "GOENV=off", "LC_ALL=C"}
	for _, name := range keep {
		if v, ok := os.LookupEnv(name); ok {
			env = append(env, name+"="+v)
		}
	}
	return env
}

// run runs a tool in dir and returns its standard output. The error holds what
// the tool wrote to standard error.
func run(ctx context.Context, dir, name string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir, cmd.Env = dir, environment()
	cmd.WaitDelay = time.Second
	ownGroup(cmd)
	var out, errOut bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errOut
	if err := cmd.Run(); err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return out.Bytes(), &toolError{tool: filepath.Base(name), text: strings.TrimSpace(errOut.String() + out.String()), stderr: strings.TrimSpace(errOut.String()), err: err}
	}
	return out.Bytes(), nil
}

type toolError struct {
	tool         string
	text, stderr string // what the tool wrote to both its outputs, and to the second
	err          error
}

func (e *toolError) Error() string {
	return fmt.Sprintf("%s: %v\n%s", e.tool, e.err, cmp.Or(e.stderr, e.text))
}

func (e *toolError) Unwrap() error { return e.err }

// toolchain is a Go installation.
type toolchain struct {
	goCmd   string // path of the go command
	version string // go1.26.8
	root    string // GOROOT
	tools   string // directory of compile and link
}

// find locates the Go installation.
func find(ctx context.Context) (toolchain, error) {
	goCmd, err := exec.LookPath("go")
	if err != nil {
		return toolchain{}, &MissingError{"Go is not installed, or not on PATH; install Go 1.26 or later from https://go.dev/dl/"}
	}
	out, err := run(ctx, "", goCmd, "env", "GOVERSION", "GOROOT", "GOTOOLDIR")
	if err != nil {
		return toolchain{}, err
	}
	lines := strings.Split(strings.TrimSpace(strings.ReplaceAll(string(out), "\r", "")), "\n")
	if len(lines) != 3 {
		return toolchain{}, fmt.Errorf("go env printed %q", out)
	}
	return toolchain{goCmd: goCmd, version: lines[0], root: lines[1], tools: lines[2]}, nil
}

func (t toolchain) tool(name string) string {
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	return filepath.Join(t.tools, name)
}

// explainMissing turns the go command's complaint about a missing C compiler
// into a sentence.
func explainMissing(err error) error {
	var te *toolError
	if !errors.As(err, &te) {
		return err
	}
	if strings.Contains(te.text, "C compiler") || strings.Contains(te.text, "requires cgo") {
		return &MissingError{"gcc is not installed, and the race detector needs it; install it, for example with: apt-get install gcc libc6-dev"}
	}
	return err
}
