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
	env := []string{"CGO_ENABLED=1", "GOFLAGS=", "GOWORK=off", "GOTOOLCHAIN=local", "GOENV=off", "LC_ALL=C",
		"GOGC=400", // the tools are short-lived and small
	}
	for _, name := range keep {
		if v, ok := os.LookupEnv(name); ok {
			env = append(env, name+"="+v)
		}
	}
	return env
}

// Bounds on compiling a submission, and on linking its program. A compiler
// takes a fraction of a second and 50 MiB for what exercises ask for.
const (
	maxCPU    = 20 * time.Second // processor time, where the system can bound it
	maxWall   = 10 * maxCPU
	maxMemory = 2 << 30 // bytes
)

// LimitError says that a tool was ended because it went beyond a bound.
type LimitError struct{ Tool, Bound string }

func (e *LimitError) Error() string { return fmt.Sprintf("%s went beyond %s", e.Tool, e.Bound) }

// runBounded is run for tools that are given a submission to work on.
func runBounded(ctx context.Context, dir, name string, args ...string) error {
	ctx, cancel := context.WithTimeout(ctx, maxWall)
	defer cancel()
	_, err := runStarted(ctx, limit, dir, name, args...)
	var te *toolError
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return &LimitError{filepath.Base(name), maxWall.String()}
	case !errors.As(err, &te):
		return err
	case strings.Contains(te.text, "out of memory") || strings.Contains(te.text, "cannot allocate memory"):
		return &LimitError{filepath.Base(name), fmt.Sprintf("%d GiB of memory", maxMemory>>30)}
	case strings.Contains(te.text, "SIGXCPU") || te.killed():
		return &LimitError{filepath.Base(name), fmt.Sprintf("%.0f seconds of processor time", maxCPU.Seconds())}
	}
	return err
}

// run runs a tool in dir and returns its standard output. The error holds what
// the tool wrote to standard error.
func run(ctx context.Context, dir, name string, args ...string) ([]byte, error) {
	return runStarted(ctx, func(*exec.Cmd) error { return nil }, dir, name, args...)
}

// runStarted is run with a function that is called when the process has been
// started.
func runStarted(ctx context.Context, started func(*exec.Cmd) error, dir, name string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir, cmd.Env = dir, environment()
	cmd.WaitDelay = time.Second
	ownGroup(cmd)
	var out, errOut bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errOut
	err := cmd.Start()
	if err == nil {
		err = errors.Join(started(cmd), cmd.Wait())
	}
	if err != nil {
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

// killed tells whether the tool ended by a signal.
func (e *toolError) killed() bool {
	var exit *exec.ExitError
	return errors.As(e.err, &exit) && !exit.Exited()
}

// toolchain is a Go installation.
type toolchain struct {
	goCmd   string // path of the go command
	version string // go1.26.8
	root    string // GOROOT
	tools   string // directory of compile and link
	libgcc  string // what the linker needs of the C compiler; "" means to ask it
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

// findLibgcc asks the C compiler for its support library, of which the race
// detector's runtime needs a function or two; "" where there is none. The
// linker would ask each time.
func (t toolchain) findLibgcc(ctx context.Context) (string, error) {
	if runtime.GOOS == "windows" {
		return "", nil // the linker looks for several libraries there
	}
	out, err := run(ctx, "", t.goCmd, "env", "CC")
	if err != nil {
		return "", err
	}
	cc := strings.Fields(string(out))
	if len(cc) == 0 {
		return "", nil
	}
	out, err = run(ctx, "", cc[0], append(cc[1:], "--print-libgcc-file-name")...)
	path := strings.TrimSpace(string(out))
	if err != nil || !filepath.IsAbs(path) {
		return "", nil // not gcc; the linker knows what to do
	}
	if _, err := os.Stat(path); err != nil {
		return "", nil
	}
	return path, nil
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
