package environ_test

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/exercises/environ"
	"example.com/gokata/exercises/internal/kata"
)

// childVariable makes this program a child: its value says what the child does.
const childVariable = "ENVIRON_TEST_CHILD"

func TestMain(m *testing.M) {
	switch os.Getenv(childVariable) {
	case "":
		os.Exit(m.Run())
	case "print":
		fmt.Print(os.Getenv("KATA_COLOUR"), " ", os.Getenv("KATA_SHAPE"))
	case "fail":
		fmt.Print("half of it")
		fmt.Fprintln(os.Stderr, "no such flower")
		os.Exit(3)
	case "wait":
		r, w, _ := os.Pipe()
		io.Copy(io.Discard, r) // nobody writes, and nobody closes it
		w.Close()
	}
}

// child returns overrides with which this program does something as a child.
func child(what string, more ...string) map[string]string {
	// With the second one, the race detector does not make every child sleep for
	// a second at its end.
	m := map[string]string{childVariable: what, "GORACE": "atexit_sleep_ms=0"}
	for i := 0; i < len(more); i += 2 {
		m[more[i]] = more[i+1]
	}
	return m
}

const want = `Hello from parent process!
error: <nil>
does the parent have MY_VAR? false
`

// A command prints a variable that its parent does not have. Where there is no
// printenv, there is nothing to see.
func Example() {
	kata.Example(want, func() {
		if _, err := exec.LookPath("printenv"); err != nil {
			fmt.Print(want)
			return
		}
		overrides := map[string]string{"MY_VAR": "Hello from parent process!"}
		out, err := environ.Run(context.Background(), overrides, "printenv", "MY_VAR")
		fmt.Print(out)
		fmt.Println("error:", err)

		_, ok := os.LookupEnv("MY_VAR")
		fmt.Println("does the parent have MY_VAR?", ok)
	})
	// Output:
	// Hello from parent process!
	// error: <nil>
	// does the parent have MY_VAR? false
}

func TestInheritsAndOverrides(t *testing.T) {
	defer kata.SkipTODO(t)
	t.Setenv("KATA_COLOUR", "red")
	t.Setenv("KATA_SHAPE", "round")
	out, err := environ.Run(t.Context(), child("print", "KATA_COLOUR", "green"), os.Args[0])
	require.NoError(t, err)
	assert.Equal(t, "green round", out)
	assert.Equal(t, "red", os.Getenv("KATA_COLOUR"), "the parent's own")
}

func TestExitStatus(t *testing.T) {
	defer kata.SkipTODO(t)
	out, err := environ.Run(t.Context(), child("fail"), os.Args[0])
	var exit *exec.ExitError
	require.ErrorAs(t, err, &exit)
	assert.Equal(t, 3, exit.ExitCode())
	assert.ErrorContains(t, err, "no such flower")
	assert.Equal(t, "half of it", out)
}

func TestNames(t *testing.T) {
	defer kata.SkipTODO(t)
	for _, name := range []string{"", "A=B"} {
		_, err := environ.Run(t.Context(), map[string]string{name: "value"}, os.Args[0])
		require.ErrorIs(t, err, environ.ErrName, "%q", name)
	}
}

func TestDeadline(t *testing.T) {
	defer kata.SkipTODO(t)
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
	defer cancel()
	_, err := environ.Run(ctx, child("wait"), os.Args[0])
	require.ErrorIs(t, err, context.DeadlineExceeded)
}
