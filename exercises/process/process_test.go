package process_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/exercises/internal/kata"
	"example.com/gokata/exercises/process"
)

// childVariable makes this program a child: its value says what the child does.
const childVariable = "PROCESS_TEST_CHILD"

func TestMain(m *testing.M) {
	switch what := os.Getenv(childVariable); what {
	case "":
		os.Exit(m.Run())
	case "wait":
		io.Copy(io.Discard, os.Stdin) // until the parent closes it
		os.Exit(7)
	default:
		fmt.Printf("Run child process %s (%d)...\n", what, os.Getpid())
	}
}

// child returns a command that runs this program again.
func child(what string) *exec.Cmd {
	cmd := exec.Command(os.Args[0])
	// Without the second one, the race detector makes every child sleep for a
	// second at its end.
	cmd.Env = append(os.Environ(), childVariable+"="+what, "GORACE=atexit_sleep_ms=0")
	return cmd
}

const want = `Parent process.
Child process will start.
Run child process test (PID)...
Child process end.
`

// The parent starts a child, which is this very program, and waits for it. The
// number of the child is another one each time, so it is shown as PID if it is
// the right one.
func Example() {
	kata.Example(want, func() {
		var out bytes.Buffer
		cmd := child("test")
		cmd.Stdout = &out
		p := process.New("test", cmd)

		fmt.Println("Parent process.")
		fmt.Println("Child process will start.")
		_ = p.Start()
		_ = p.Join()
		fmt.Print(strings.Replace(out.String(), fmt.Sprintf("(%d)", p.PID()), "(PID)", 1))
		fmt.Println("Child process end.")
	})
	// Output:
	// Parent process.
	// Child process will start.
	// Run child process test (PID)...
	// Child process end.
}

const wantFour = `Process 1 runs: true
Process 2 runs: true
Process 3 runs: true
Process 4 runs: true
All four have ended.
`

// Four processes run side by side. Each of them would run for ever, but for its
// input, which comes to an end when all four have been seen running: no clock is
// needed to show that nobody waited for somebody else's end.
func Example_four() {
	kata.Example(wantFour, func() {
		var processes []*process.Process
		var inputs []io.Closer
		for i := range 4 {
			cmd := child("wait")
			p := process.New(fmt.Sprintf("Process %d", i+1), cmd)
			input, err := cmd.StdinPipe()
			if err != nil {
				fmt.Println(err)
				return
			}
			_ = p.Start()
			processes, inputs = append(processes, p), append(inputs, input)
		}
		for _, p := range processes {
			fmt.Printf("%s runs: %t\n", p.Name(), p.Alive())
		}
		for _, input := range inputs {
			input.Close()
		}
		for _, p := range processes {
			_ = p.Join()
		}
		fmt.Println("All four have ended.")
	})
	// Output:
	// Process 1 runs: true
	// Process 2 runs: true
	// Process 3 runs: true
	// Process 4 runs: true
	// All four have ended.
}

func TestFromBeginningToEnd(t *testing.T) {
	defer kata.SkipTODO(t)
	p, end := waiting(t)
	assert.Equal(t, "worker", p.Name())
	assert.False(t, p.Alive(), "alive before Start")
	require.ErrorIs(t, p.Join(), process.ErrNotStarted)

	require.NoError(t, p.Start())
	assert.True(t, p.Alive(), "alive after Start")
	require.ErrorIs(t, p.Start(), process.ErrStarted)
	ended, err := p.JoinTimeout(time.Millisecond)
	require.NoError(t, err)
	assert.False(t, ended, "ended before it was told to")
	_, ok := p.ExitCode()
	assert.False(t, ok, "an exit code before the end")

	end()
	for range 2 { // one can wait for the same process more than once
		require.NoError(t, p.Join())
		code, ok := p.ExitCode()
		assert.Equal(t, 7, code)
		assert.True(t, ok, "no exit code after Join")
	}
	assert.False(t, p.Alive(), "alive after Join")
}

func TestKill(t *testing.T) {
	defer kata.SkipTODO(t)
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no signals")
	}
	p, _ := waiting(t)
	require.NoError(t, p.Start())
	require.NoError(t, p.Kill())
	require.NoError(t, p.Join())
	code, _ := p.ExitCode()
	assert.Equal(t, -9, code)
	require.NoError(t, p.Kill(), "a Kill that comes too late")
}

func TestNoSuchCommand(t *testing.T) {
	defer kata.SkipTODO(t)
	p := process.New("nobody", exec.Command(t.TempDir()+"/nobody"))
	require.ErrorIs(t, p.Start(), os.ErrNotExist)
	require.ErrorIs(t, p.Join(), process.ErrNotStarted)
	assert.False(t, p.Alive())
}

// waiting returns a process that waits until end is called, and then exits with
// status 7.
func waiting(t *testing.T) (p *process.Process, end func()) {
	t.Helper()
	r, w, err := os.Pipe()
	require.NoError(t, err)
	cmd := child("wait")
	cmd.Stdin = r
	end = func() {
		if err := w.Close(); err != nil && !errors.Is(err, os.ErrClosed) {
			t.Error(err)
		}
	}
	t.Cleanup(func() {
		end()
		r.Close()
	})
	return process.New("worker", cmd), end
}
