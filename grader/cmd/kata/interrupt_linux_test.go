package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestInterrupt presses ctrl-C while cases are running: kata stops, and no
// process and no file of it stays.
func TestInterrupt(t *testing.T) {
	bin := buildKata(t)
	for _, args := range [][]string{
		{"check", "pool", "--schedules", "100000000", "../../../solutions/pool"},
		{"mutate", "pool"},
	} {
		t.Run(args[0], func(t *testing.T) { interrupt(t, bin, args) })
	}
}

func interrupt(t *testing.T, bin string, args []string) {
	tmp := t.TempDir()
	cmd := exec.Command(bin, args...)
	cmd.Env = append(os.Environ(), "TMPDIR="+tmp)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	require.NoError(t, cmd.Start())
	var programs []int
	require.Eventually(t, func() bool {
		programs = children(t, cmd.Process.Pid, "program")
		return len(programs) == 2
	}, 5*time.Minute, 10*time.Millisecond, "the two processes that run cases")

	require.NoError(t, cmd.Process.Signal(os.Interrupt))
	err := cmd.Wait()
	assert.Equal(t, 3, cmd.ProcessState.ExitCode(), "%v", err)
	assert.Equal(t, "kata: interrupted\n", stderr.String())
	for _, pid := range programs {
		assert.ErrorIs(t, syscall.Kill(pid, 0), syscall.ESRCH, "process %d is still there", pid)
	}
	left, err := os.ReadDir(tmp)
	require.NoError(t, err)
	assert.Empty(t, left, "files left behind")
}

// buildKata builds the command and returns where it is.
func buildKata(t *testing.T) string {
	bin := filepath.Join(t.TempDir(), "kata")
	out, err := exec.Command("go", "build", "-o", bin, ".").CombinedOutput()
	require.NoError(t, err, "%s", out)
	return bin
}

// children returns the children of pid that run a command whose name begins
// with the given one.
func children(t *testing.T, pid int, name string) []int {
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	require.NoError(t, err)
	var pids []int
	for _, stat := range stats {
		data, err := os.ReadFile(stat)
		if err != nil {
			continue // it has ended meanwhile
		}
		// pid (name) state ppid …
		head, rest, _ := strings.Cut(string(data), ") ")
		fields := strings.Fields(rest)
		if !strings.Contains(head, " ("+name) || len(fields) < 2 || fields[1] != strconv.Itoa(pid) {
			continue
		}
		child, err := strconv.Atoi(strings.Fields(head)[0])
		require.NoError(t, err)
		pids = append(pids, child)
	}
	return pids
}
