package testing

import (
	"fmt"
	"io"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"

	"example.com/gokata/grader/rt/context"
)

// TB is the twin of testing.TB, without its private method.
type TB interface {
	ArtifactDir() string
	Attr(key, value string)
	Chdir(dir string)
	Cleanup(func())
	Context() context.Context
	Error(args ...any)
	Errorf(format string, args ...any)
	Fail()
	FailNow()
	Failed() bool
	Fatal(args ...any)
	Fatalf(format string, args ...any)
	Helper()
	Log(args ...any)
	Logf(format string, args ...any)
	Name() string
	Output() io.Writer
	Setenv(key, value string)
	Skip(args ...any)
	SkipNow()
	Skipf(format string, args ...any)
	Skipped() bool
	TempDir() string
}

var (
	_ TB = (*T)(nil)
	_ TB = (*B)(nil)
	_ TB = (*F)(nil)
)

// Log is the twin of the method of testing.T, testing.B and testing.F.
//
//go:norace
func (c *common) Log(args ...any) {
	c.checkFuzz("Log")
	c.log(sprintln(args))
}

// Logf is the twin of the method of testing.T, testing.B and testing.F.
//
//go:norace
func (c *common) Logf(format string, args ...any) {
	c.checkFuzz("Logf")
	c.log(sprintf(format, args...))
}

// log passes on what is said, on behalf of the next test further up if this
// one is done.
//
//go:norace
func (c *common) log(message string) {
	message = strings.TrimSuffix(message, "\n")
	place := where(c.stack())
	s := c.lock()
	defer s.unlock()
	if s.over {
		return
	}
	to := c.listener()
	if to == nil {
		panic("Log in goroutine after " + c.name + " has completed: " + message + "\n")
	}
	to.flush(s)
	s.sink.Log(to.prefix() + place + ": " + message)
}

// listener returns the test that still takes what c says, or nil.
//
//go:norace
func (c *common) listener() *common {
	for c != nil && c.done {
		c = c.parent
	}
	return c
}

// Attr is the twin of the method of testing.T, testing.B and testing.F. The
// attribute is logged.
//
//go:norace
func (c *common) Attr(key, value string) {
	switch {
	case strings.Join(strings.Fields(key), "") != key:
		c.Errorf("disallowed whitespace in attribute key %q", key)
	case strings.ContainsAny(value, "\r\n"):
		c.Errorf("disallowed newline in attribute value %q", value)
	default:
		s := c.lock()
		if !s.over {
			s.sink.Log("=== ATTR  " + c.name + " " + key + " " + value)
		}
		s.unlock()
	}
}

// Output is the twin of the method of testing.T, testing.B and testing.F. Each
// line that is written is logged.
//
//go:norace
func (c *common) Output() io.Writer {
	c.checkFuzz("Output")
	s := c.lock()
	defer s.unlock()
	to := c.listener()
	if to == nil && !s.over {
		panic("Output called after " + c.name + " has completed")
	}
	return output{to}
}

type output struct{ c *common }

// Write logs the lines in p. What follows the last newline is kept until more
// comes, or something is logged, or the test ends.
//
//go:norace
func (o output) Write(p []byte) (int, error) {
	if o.c == nil {
		return len(p), nil
	}
	text := string(p)
	s := o.c.lock()
	defer s.unlock()
	if s.over {
		return len(p), nil
	}
	to := o.c.listener()
	if to == nil {
		panic("Write called after " + o.c.name + " has completed")
	}
	for {
		line, rest, whole := strings.Cut(text, "\n")
		to.partial += line
		if !whole {
			return len(p), nil
		}
		text = rest
		line, to.partial = to.partial, ""
		s.sink.Log(to.prefix() + line)
	}
}

// flush logs what was written without a newline.
//
//go:norace
func (c *common) flush(s *session) {
	if c.partial != "" {
		line := c.partial
		c.partial = ""
		s.sink.Log(c.prefix() + line)
	}
}

// where returns the innermost place of a stack, as in "x_test.go:12".
//
//go:norace
func where(stack []uintptr) string {
	frame, _ := runtime.CallersFrames(stack).Next()
	if frame.File == "" {
		return "???:1"
	}
	return filepath.Base(frame.File) + ":" + strconv.Itoa(frame.Line)
}

// sprintf is fmt.Sprintf. That takes its printers from a pool and puts them
// back, which orders any two goroutines that format something: the detector
// would miss races between goroutines that log. Hiding the pool from it is no
// way out, for then it would see a race for the printer. So the printer is not
// put back: the writer that it prints to does not return. Nothing here but fmt
// is seen by the detector, because its idea of the stack does not follow a
// panic.
//
//go:norace
func sprintf(format string, args ...any) (s string) {
	var t text
	defer t.take(&s)
	fmt.Fprintf(&t, format, args...)
	return ""
}

// sprintln is fmt.Sprintln, in the same way.
//
//go:norace
func sprintln(args []any) (s string) {
	var t text
	defer t.take(&s)
	fmt.Fprintln(&t, args...)
	return ""
}

type text struct {
	s       string
	written bool
}

//go:norace
func (t *text) Write(p []byte) (int, error) {
	t.s, t.written = string(p), true
	panic(t)
}

//go:norace
func (t *text) take(s *string) {
	if t.written { // otherwise it is somebody else's panic
		recover()
		*s = t.s
	}
}
