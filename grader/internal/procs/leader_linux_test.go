package procs_test

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader/internal/procs"
)

const leaderless = "KATA_TEST_LEADERLESS"

// With the variable set, this program is a process whose first thread ends, and
// which goes on until its standard input does.
func init() {
	if os.Getenv(leaderless) == "" {
		return
	}
	runtime.LockOSThread() // init runs on the first thread
	go func() {
		io.Copy(io.Discard, os.Stdin)
		syscall.Exit(0)
	}()
	syscall.RawSyscall(syscall.SYS_EXIT, 0, 0, 0) // of this thread alone
}

// TestFirstThreadEnds looks at a process whose first thread has ended while
// another waits. It is no zombie: nobody could wait for it. That is what a
// process with several threads looks like for a moment whenever it ends.
func TestFirstThreadEnds(t *testing.T) {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), leaderless+"=1")
	in, err := cmd.StdinPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	pid := strconv.Itoa(cmd.Process.Pid)
	for ended := false; !ended; runtime.Gosched() {
		stat, err := os.ReadFile("/proc/" + pid + "/task/" + pid + "/stat")
		require.NoError(t, err)
		ended = bytes.Contains(stat, []byte(") Z "))
	}
	p, ok := procs.Look(cmd.Process.Pid)
	assert.True(t, ok)
	assert.NotEqual(t, procs.Zombie, p.State)

	require.NoError(t, in.Close())
	for p.State != procs.Zombie {
		runtime.Gosched()
		p, ok = procs.Look(cmd.Process.Pid)
		require.True(t, ok, "nobody has waited for it")
	}
	require.NoError(t, cmd.Wait())
	_, ok = procs.Look(cmd.Process.Pid)
	assert.False(t, ok, "a process that has been waited for")
}
