package procs_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"example.com/gokata/grader/internal/procs"
)

// start starts a command that is ended with the test.
func start(t *testing.T, name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	require.NoError(t, cmd.Start())
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
	return cmd
}

// becomes looks at a process until it is in a state. The test hangs if that
// never happens.
func becomes(pid int, want procs.State) procs.Process {
	for {
		if p, ok := procs.Look(pid); ok && p.State == want {
			return p
		}
	}
}

func TestStates(t *testing.T) {
	cmd := start(t, "sleep", "1000")
	pid := cmd.Process.Pid
	p := becomes(pid, procs.Waits)
	assert.Equal(t, os.Getpid(), p.Parent)
	own, ok := procs.Look(os.Getpid())
	require.True(t, ok)
	assert.Equal(t, own.Session, p.Session)
	assert.Contains(t, procs.Session(own.Session), own)

	require.NoError(t, cmd.Process.Signal(syscall.SIGSTOP))
	becomes(pid, procs.Stopped)
	require.NoError(t, cmd.Process.Kill())
	require.NoError(t, unix.Waitid(unix.P_PID, pid, nil, unix.WEXITED|unix.WNOWAIT, nil))
	becomes(pid, procs.Zombie)
	cmd.Wait()
	_, ok = procs.Look(pid)
	assert.False(t, ok, "after its parent has waited for it")

	becomes(start(t, "sh", "-c", "while :; do :; done").Process.Pid, procs.Runs)
}

func TestDescendants(t *testing.T) {
	none := procs.Descendants(os.Getpid())
	assert.Empty(t, none)
	// The shell tells the number of its own child.
	cmd := exec.Command("sh", "-c", "sleep 1000 & echo $!; wait")
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	line := make([]byte, 1)
	_, err = out.Read(line)
	require.NoError(t, err)
	found := procs.Descendants(os.Getpid())
	require.Len(t, found, 2)
	byParent := map[int]procs.Process{}
	for _, p := range found {
		byParent[p.Parent] = p
	}
	assert.Equal(t, cmd.Process.Pid, byParent[os.Getpid()].PID)
	grandchild := byParent[cmd.Process.Pid].PID
	assert.NotZero(t, grandchild)

	// Whoever loses its parent becomes a child of this process.
	procs.Adopt()
	require.NoError(t, cmd.Process.Kill())
	cmd.Wait()
	p, ok := procs.Look(grandchild)
	require.True(t, ok)
	assert.Equal(t, os.Getpid(), p.Parent)
	require.NoError(t, syscall.Kill(grandchild, syscall.SIGKILL))
	_, err = syscall.Wait4(grandchild, nil, 0, nil)
	require.NoError(t, err)
	assert.Empty(t, procs.Descendants(os.Getpid()))
}

func TestDescriptors(t *testing.T) {
	before := procs.Descriptors()
	path := filepath.Join(t.TempDir(), "file")
	f, err := os.Create(path)
	require.NoError(t, err)
	r, w, err := os.Pipe()
	require.NoError(t, err)
	after := procs.Descriptors()
	assert.Len(t, after, len(before)+3)
	assert.Contains(t, after, procs.Descriptor{Number: int(f.Fd()), Target: path})
	for _, f := range []*os.File{f, r, w} {
		require.NoError(t, f.Close())
	}
	assert.Equal(t, before, procs.Descriptors())
}
