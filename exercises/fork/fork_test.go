//go:build unix

package fork_test

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/exercises/fork"
	"example.com/gokata/exercises/internal/kata"
)

// childVariable is set in all children of these tests.
const childVariable = "FORK_TEST_CHILD"

// counter is what a child raises, and not its parent's.
var counter int

// todo is what a stub has panicked with before the tests began, or nil.
var todo any

// TestMain begins as every program does that uses this package. It also sees to
// it that no child runs the tests, which would start children.
func TestMain(m *testing.M) {
	inChild := os.Getenv(childVariable) != ""
	is := begin()
	switch {
	case is && !inChild:
		fmt.Fprintln(os.Stderr, "Init returned true in a process that Spawn has not started")
		os.Exit(1)
	case !is && inChild:
		fmt.Fprintln(os.Stderr, "Init returned false in a child")
		os.Exit(1)
	case is:
		os.Exit(0)
	}
	os.Setenv(childVariable, "1")
	// Without it, the race detector makes every child sleep for a second at its
	// end.
	os.Setenv("GORACE", "atexit_sleep_ms=0")
	os.Exit(m.Run())
}

// begin returns what Init does, and false while a function is still a stub.
func begin() bool {
	defer func() {
		if todo = recover(); todo != nil && !kata.IsTODO(todo) {
			panic(todo)
		}
	}()
	fork.Register("child", func() {
		fmt.Printf("I am child process (%d) and my parent is %d.\n", os.Getpid(), os.Getppid())
		counter++
		fmt.Println("worker counter", counter)
	})
	fork.Register("shout", func() {
		text, err := io.ReadAll(os.Stdin)
		if err != nil {
			panic(err)
		}
		fmt.Print(strings.ToUpper(string(text)))
		os.Exit(7)
	})
	return fork.Init()
}

// spawn is fork.Spawn in a program that has got as far as main.
func spawn(ctx context.Context, name string, stdin io.Reader, stdout io.Writer) (*fork.Child, error) {
	if todo != nil {
		panic(todo)
	}
	return fork.Spawn(ctx, name, stdin, stdout)
}

const want = `Process (PARENT) start...
I (PARENT) just created a child process (CHILD).
I am child process (CHILD) and my parent is PARENT.
worker counter 1
parent counter 0
`

// A parent starts a child, which is this very program, and each says who it is.
// Their numbers are others each time, so the right ones are shown as PARENT and
// CHILD.
func Example() {
	kata.Example(want, func() {
		var out strings.Builder
		fmt.Fprintf(&out, "Process (%d) start...\n", os.Getpid())
		var printed strings.Builder
		c, err := spawn(context.Background(), "child", nil, &printed)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Fprintf(&out, "I (%d) just created a child process (%d).\n", os.Getpid(), c.PID())
		_, _ = c.Wait()
		out.WriteString(printed.String())
		fmt.Fprintln(&out, "parent counter", counter)

		text := strings.ReplaceAll(out.String(), fmt.Sprintf("(%d)", c.PID()), "(CHILD)")
		text = strings.ReplaceAll(text, fmt.Sprintf("(%d)", os.Getpid()), "(PARENT)")
		fmt.Print(strings.Replace(text, fmt.Sprintf(" %d.", os.Getpid()), " PARENT.", 1))
	})
	// Output:
	// Process (PARENT) start...
	// I (PARENT) just created a child process (CHILD).
	// I am child process (CHILD) and my parent is PARENT.
	// worker counter 1
	// parent counter 0
}

func TestFilesAndStatus(t *testing.T) {
	defer kata.SkipTODO(t)
	var out strings.Builder
	c, err := spawn(t.Context(), "shout", strings.NewReader("hello"), &out)
	require.NoError(t, err)
	for range 2 { // one can wait for the same child more than once
		status, err := c.Wait()
		require.NoError(t, err)
		assert.Equal(t, 7, status)
	}
	assert.Equal(t, "HELLO", out.String())
}

func TestCancel(t *testing.T) {
	defer kata.SkipTODO(t)
	r, w, err := os.Pipe()
	require.NoError(t, err)
	defer w.Close()
	defer r.Close()
	ctx, cancel := context.WithCancel(t.Context())
	c, err := spawn(ctx, "shout", r, nil) // it reads until it is killed
	require.NoError(t, err)
	cancel()
	status, err := c.Wait()
	require.ErrorIs(t, err, context.Canceled)
	assert.Equal(t, -9, status)

	_, err = spawn(ctx, "shout", nil, nil)
	require.ErrorIs(t, err, context.Canceled)
}

func TestNames(t *testing.T) {
	defer kata.SkipTODO(t)
	_, err := spawn(t.Context(), "nobody", nil, nil)
	require.ErrorIs(t, err, fork.ErrUnknown)

	assert.Panics(t, func() { fork.Register("child", func() {}) }, "the name has been registered before")
	assert.False(t, fork.Init(), "Init in the parent")
}
