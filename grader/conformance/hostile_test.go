//go:build linux

package conformance_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/report"
	"example.com/gokata/grader/internal/sandbox"
)

// What a hostile submission may come to; it stands in the first line of its
// main file.
const (
	wantRefused = "refused" // against the policy: exit code 4, status refused
	wantError   = "error"   // does not compile: exit code 4, status error
	wantZero    = "zero"    // runs, and scores 0: exit code 1
)

var hostileTime = flag.Duration("limit", 5*time.Minute, "TestHostile: how long grading a submission may take by the clock; 30s on an idle machine")

// What grading one submission may take besides.
const (
	hostileCPU    = 30 * time.Second // processor time, which depends little on what else the machine does
	hostileMemory = 3 << 30          // bytes that the largest process occupies
	hostileOutput = 1 << 20          // bytes of a report
)

// TestHostile grades the submissions under testdata/hostile with the kata
// command, confined as well as the machine can do it, and as little as must be
// possible everywhere, for a user without any rights. Each is a directory for
// the exercise that its main file is named after, and that file begins with
//
//	// want: zero
//	// Trick: one sentence.
//
// What cannot be kept in a repository, such as a pipe, is made by the recipe of
// the same name.
func TestHostile(t *testing.T) {
	dirs, err := os.ReadDir(filepath.Join("testdata", "hostile"))
	require.NoError(t, err)
	assert.GreaterOrEqual(t, len(dirs), 80)
	for name := range recipes {
		assert.DirExists(t, filepath.Join("testdata", "hostile", name), "a recipe without a specimen")
	}
	adoptOrphans(t)
	in := install(t)
	user := os.Geteuid()
	if user == 0 {
		user = stranger
	}
	for _, h := range []*hostile{
		{name: "L1 as a stranger", level: "L1", uid: user},
		{name: "best level", level: "auto", uid: os.Geteuid()},
	} {
		t.Run(h.name, func(t *testing.T) {
			if h.level == "L1" && !*full {
				t.Skip("only with -full, as make conformance has it")
			}
			level, err := sandbox.Parse(h.level)
			require.NoError(t, err)
			if level, err = sandbox.Choose(level); err != nil || level == sandbox.L0 {
				t.Skipf("nothing confines programs here: %v", err)
			}
			h.installation, h.suites = in, map[string][]string{}
			h.warm(t)
			before := in.kept(t)
			t.Run("each", func(t *testing.T) {
				for _, d := range dirs {
					t.Run(d.Name(), func(t *testing.T) {
						t.Parallel()
						h.grade(t, d.Name())
					})
				}
			})
			assert.Equal(t, before, in.kept(t), "the project or a cache has changed")
			for _, name := range listing(t, in.home) {
				// The compiler counts its own uses there.
				assert.Regexp(t, `^/\.config( |/go( |/telemetry[ /]))`, name, "something was written to the home directory")
			}
			assert.Empty(t, children(t), "processes were left behind")
		})
	}
}

// hostile is what all submissions have in common.
type hostile struct {
	*installation
	name, level string
	uid         int                 // who grades
	suites      map[string][]string // by exercise, lines of its suite
	warmed      bool                // what all submissions need has been built
}

// grade grades one submission, and compares with what it wants.
func (h *hostile) grade(t *testing.T, name string) {
	slug, text := mainFile(t, name)
	want, trick, _ := strings.Cut(text, "\n")
	want = strings.TrimPrefix(want, "// want: ")
	require.Contains(t, []string{wantRefused, wantError, wantZero}, want)
	require.Regexp(t, `^// Trick: .+\.\n`, trick)
	dir := filepath.Join(h.mkdir(t), "submission")
	require.NoError(t, os.CopyFS(dir, os.DirFS(filepath.Join("testdata", "hostile", name))))
	if recipe := recipes[name]; recipe != nil {
		recipe(t, dir, slug)
	}
	h.giveAway(t, dir)
	scratch, before := h.mkdir(t), listing(t, dir)
	rep, code := h.check(t, slug, dir, scratch)
	switch want {
	case wantRefused:
		assert.Equal(t, grader.Refused, rep.Status)
		assert.Equal(t, grader.ExitRefused, code)
	case wantError:
		assert.Equal(t, grader.Error, rep.Status)
		assert.Equal(t, grader.ExitRefused, code)
	case wantZero:
		assert.Equal(t, grader.ExitLost, code)
		if assert.NotNil(t, rep.Score) {
			assert.Zero(t, *rep.Score, "points for %s", passed(rep))
		}
	}
	if want == wantRefused || want == wantError {
		assert.NotEmpty(t, rep.Diagnostics, "what is wrong is not said")
		for _, d := range rep.Diagnostics {
			assert.NotEmpty(t, d.File)
			assert.Positive(t, d.Line, d.Message)
		}
	}
	assert.Equal(t, before, listing(t, dir), "the submission's folder has changed")
	assert.Empty(t, listing(t, scratch), "something was left behind")
	assert.Empty(t, processesOf(scratch), "processes were left behind")
}

func passed(rep grader.Report) string {
	var names []string
	for _, c := range rep.Cases {
		if c.Score > 0 {
			names = append(names, c.Name)
		}
	}
	return strings.Join(names, ", ")
}

// hostileExercises are those that there are hostile submissions to.
var hostileExercises = []string{"counter", "pool", "process"}

// mainFile returns the exercise of a submission and the text of its main file.
func mainFile(t *testing.T, name string) (slug, text string) {
	t.Helper()
	for _, slug := range hostileExercises {
		data, err := os.ReadFile(filepath.Join("testdata", "hostile", name, slug+".go"))
		if err == nil {
			return slug, string(data)
		}
		require.ErrorIs(t, err, fs.ErrNotExist)
	}
	t.Fatalf("%s holds no main file of any of %v", name, hostileExercises)
	return "", ""
}

// check runs kata check and returns the report, if there is one, and the exit
// code. It fails the test for what no submission may bring about.
func (h *hostile) check(t *testing.T, slug, dir, scratch string) (rep grader.Report, code int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), *hostileTime)
	defer cancel()
	cmd := exec.CommandContext(ctx, h.kata, "check", "--json", "--output", "--sandbox", h.level, slug, dir)
	cmd.Dir, cmd.SysProcAttr = h.root, as(h.uid)
	cmd.Env = append(os.Environ(), "TMPDIR="+scratch, "HOME="+h.home, "XDG_CACHE_HOME="+h.cache, "GOCACHE="+h.goCache, "GOMODCACHE="+h.modCache, "GOPROXY=off", "GOTMPDIR=")
	cmd.WaitDelay = time.Second
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		require.NoError(t, err)
	}
	require.NoError(t, ctx.Err(), "grading takes too long")
	code = cmd.ProcessState.ExitCode()
	require.NotEqual(t, grader.ExitGrader, code, "the grader failed: %.2000s", stderr.String())
	if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); assert.True(t, ok) {
		assert.LessOrEqual(t, usage.Maxrss<<10, int64(hostileMemory), "bytes of memory")
	}
	if h.warmed {
		used := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
		t.Logf("processor time: %v", used)
		assert.LessOrEqual(t, used, hostileCPU, "processor time")
	}
	assert.LessOrEqual(t, stdout.Len()+stderr.Len(), hostileOutput, "bytes of output")
	said := stdout.String() + stderr.String()
	require.NoError(t, json.Unmarshal(stdout.Bytes(), &rep), "no report: %.2000s", said)
	said += readable(t, rep)
	for _, line := range h.suites[slug] {
		assert.NotContains(t, said, line, "the text of the suite")
	}
	return rep, code
}

// readable returns the report as a learner sees it, after checking that it
// cannot control a terminal.
func readable(t *testing.T, rep grader.Report) string {
	t.Helper()
	var b strings.Builder
	require.NoError(t, report.TextOptions{ShowOutput: true}.Handler()(&b, rep))
	controls := regexp.MustCompile(`[\x00-\x08\x0b-\x1f\x7f\x{80}-\x{9f}]`)
	assert.Empty(t, controls.FindString(b.String()), "control characters in the report")
	return b.String()
}

// suiteLines returns lines of a suite that no report has a reason to show:
// long ones without the strings that messages are made of.
func suiteLines(t *testing.T, dir string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	require.NoError(t, err)
	var lines []string
	for _, name := range names {
		data, err := os.ReadFile(name)
		require.NoError(t, err)
		for line := range strings.Lines(string(data)) {
			if line = strings.TrimSpace(line); len(line) >= 30 && !strings.ContainsAny(line, "\"`") {
				lines = append(lines, line)
			}
		}
	}
	require.NotEmpty(t, lines)
	return lines
}

// listing returns the names of what lies below a directory, with kinds and
// sizes.
func listing(t *testing.T, dir string) []string {
	t.Helper()
	var names []string
	require.NoError(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || path == dir {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		size := int64(0)
		if info.Mode().IsRegular() {
			size = info.Size()
		}
		names = append(names, fmt.Sprint(strings.TrimPrefix(path, dir), " ", info.Mode(), " ", size))
		return nil
	}))
	return names
}

// processesOf returns the processes that run in, or were told of, a directory.
func processesOf(dir string) []string {
	var found []string
	for _, pattern := range []string{"/proc/[0-9]*/environ", "/proc/[0-9]*/cmdline"} {
		names, _ := filepath.Glob(pattern)
		for _, name := range names {
			if data, err := os.ReadFile(name); err == nil && bytes.Contains(data, []byte(dir)) {
				found = append(found, name)
			}
		}
	}
	return found
}
