//go:build unix

package communicate_test

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/exercises/communicate"
	"example.com/gokata/exercises/internal/kata"
)

const want = `$ sort
exit
python.org
set q=mx
Exit code: 0
`

// A command is given three lines, and what it makes of them is printed.
func Example() {
	kata.Example(want, func() {
		if _, err := exec.LookPath("sort"); err != nil {
			fmt.Print(want) // there is no sort here
			return
		}
		cmd := exec.Command("sort")
		res, err := communicate.Communicate(context.Background(), cmd, []byte("set q=mx\npython.org\nexit\n"))
		fmt.Println("$ sort")
		if err != nil {
			fmt.Println(err)
		}
		fmt.Print(string(res.Stdout))
		fmt.Println("Exit code:", res.ExitCode)
	})
	// Output:
	// $ sort
	// exit
	// python.org
	// set q=mx
	// Exit code: 0
}

// roleVariable makes the test binary play the part of a command.
const roleVariable = "COMMUNICATE_ROLE"

func TestMain(m *testing.M) {
	role := os.Getenv(roleVariable)
	switch role {
	case "":
		os.Exit(m.Run())
	case "echo": // and complain
		fmt.Fprint(os.Stderr, "here it comes\n")
		_, _ = io.Copy(os.Stdout, os.Stdin)
	case "block": // until killed; it has got two pipes for that
		_, _ = os.NewFile(3, "ready").WriteString("!")
		_, _ = io.ReadAll(os.NewFile(4, "never"))
	default: // exit without reading anything
		code, _ := strconv.Atoi(role)
		os.Exit(code)
	}
}

// command returns a command that is this program in a role.
func command(t *testing.T, role string) *exec.Cmd {
	self, err := os.Executable()
	require.NoError(t, err)
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), roleVariable+"="+role, "GORACE=atexit_sleep_ms=0")
	return cmd
}

func TestBothWaysAtOnce(t *testing.T) {
	defer kata.SkipTODO(t)
	input := make([]byte, 1<<20) // far more than a pipe holds
	res, err := communicate.Communicate(t.Context(), command(t, "echo"), input)
	require.NoError(t, err)
	assert.Len(t, res.Stdout, len(input))
	assert.Equal(t, "here it comes\n", string(res.Stderr))
	assert.Equal(t, 0, res.ExitCode)
}

func TestExitCodeIsNoError(t *testing.T) {
	defer kata.SkipTODO(t)
	cmd := command(t, "3")
	res, err := communicate.Communicate(t.Context(), cmd, make([]byte, 1<<20))
	require.NoError(t, err)
	assert.Equal(t, 3, res.ExitCode)

	_, err = communicate.Communicate(t.Context(), cmd, nil)
	require.ErrorIs(t, err, communicate.ErrStarted)
}

func TestCancelKills(t *testing.T) {
	defer kata.SkipTODO(t)
	ready, readyChild, err := os.Pipe()
	require.NoError(t, err)
	never, neverChild, err := os.Pipe()
	require.NoError(t, err)
	for _, f := range []*os.File{ready, readyChild, never, neverChild} {
		defer f.Close()
	}
	cmd := command(t, "block")
	cmd.ExtraFiles = []*os.File{readyChild, never}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	go func() {
		_, _ = ready.Read(make([]byte, 1))
		cancel()
	}()
	res, err := communicate.Communicate(ctx, cmd, nil)
	require.ErrorIs(t, err, context.Canceled)
	assert.Equal(t, -int(syscall.SIGKILL), res.ExitCode)
}
