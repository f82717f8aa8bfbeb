package sandbox_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"example.com/gokata/grader/internal/sandbox"
)

// TestOrdinaryUser runs these tests as a user without any rights.
func TestOrdinaryUser(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("only root can become another user, and whoever is not root runs the tests as that already")
	}
	dir, err := built()
	require.NoError(t, err)
	// The test itself lies where only root can reach it.
	self, err := os.ReadFile(os.Args[0])
	require.NoError(t, err)
	test := filepath.Join(dir, "test")
	require.NoError(t, os.WriteFile(test, self, 0o755))
	home := filepath.Join(dir, "home")
	require.NoError(t, os.Mkdir(home, 0o755))
	require.NoError(t, os.Chown(home, 65534, 65534))
	cmd := exec.Command(test, "-test.v", "-test.run=^(TestDenied|TestAllowed|TestClean|TestRace|TestGone|TestOrphan)$")
	cmd.Dir = home
	cmd.Env = append(os.Environ(), "KATA_TEST_BUILT="+dir, "TMPDIR="+home, "HOME="+home)
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
	t.Logf("%s", out)
}

// TestOrphan kills a grader: what it has started ends too. The grader is this
// test, run again.
func TestOrphan(t *testing.T) {
	if level := os.Getenv("KATA_TEST_ORPHAN"); level != "" {
		c, err := sandbox.Parse(level)
		require.NoError(t, err)
		p, err := sandbox.Start(context.Background(), sandbox.Program{Path: os.Getenv("KATA_TEST_PROBE"), Scratch: t.TempDir(), Level: c})
		require.NoError(t, err)
		assert.Equal(t, "done", probe{p, bufio.NewScanner(p.Out)}.try("nothing"))
		// Its pipe is passed on so that closing it is not what ends the program.
		keep := exec.Command("cat")
		keep.Stdin, keep.ExtraFiles = os.Stdin, []*os.File{p.In}
		require.NoError(t, keep.Start())
		fmt.Println("ready")
		select {}
	}
	for _, level := range levels[1:] {
		t.Run(level.String(), func(t *testing.T) {
			start(t, level, "plain").Wait() // or skips
			dir, err := built()
			require.NoError(t, err)
			cmd := exec.Command(os.Args[0], "-test.run=^TestOrphan$")
			// A name of its own, to find it by.
			program := filepath.Join(t.TempDir(), "orphan")
			data, err := os.ReadFile(filepath.Join(dir, "plain"))
			require.NoError(t, err)
			require.NoError(t, os.WriteFile(program, data, 0o755))
			cmd.Env = append(os.Environ(), "KATA_TEST_ORPHAN="+level.String(), "KATA_TEST_PROBE="+program, "TMPDIR="+t.TempDir())
			in, err := cmd.StdinPipe()
			require.NoError(t, err)
			out, err := cmd.StdoutPipe()
			require.NoError(t, err)
			require.NoError(t, cmd.Start())
			lines := bufio.NewScanner(out)
			require.True(t, lines.Scan())
			assert.Equal(t, "ready", lines.Text())
			pids := running(t, program)
			require.Len(t, pids, 1)
			pidfd, err := unix.PidfdOpen(pids[0], 0)
			require.NoError(t, err)
			defer unix.Close(pidfd)
			require.NoError(t, cmd.Process.Kill())
			waitGone(t, pidfd)
			in.Close()
			cmd.Wait()
		})
	}
}

// running returns the processes that run a program.
func running(t *testing.T, program string) (pids []int) {
	files, err := filepath.Glob("/proc/[0-9]*/cmdline")
	require.NoError(t, err)
	for _, file := range files {
		data, err := os.ReadFile(file)
		if name, _, _ := strings.Cut(string(data), "\x00"); err == nil && name == program {
			pid, err := strconv.Atoi(filepath.Base(filepath.Dir(file)))
			require.NoError(t, err)
			pids = append(pids, pid)
		}
	}
	return pids
}

// waitGone waits for the end of a process that is not a child of this one.
func waitGone(t *testing.T, pidfd int) {
	fds := []unix.PollFd{{Fd: int32(pidfd), Events: unix.POLLIN}}
	n, err := unix.Poll(fds, 60_000)
	for errors.Is(err, unix.EINTR) {
		n, err = unix.Poll(fds, 60_000)
	}
	require.NoError(t, err)
	assert.Equal(t, 1, n, "the process is still there")
}
