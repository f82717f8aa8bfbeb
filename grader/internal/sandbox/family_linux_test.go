package sandbox_test

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader/internal/procs"
	"example.com/gokata/grader/internal/sandbox"
)

// startFamily starts the probe, which may start the plain probe and itself.
func startFamily(t *testing.T, level sandbox.Confinement, kind string) probe {
	t.Helper()
	if _, err := sandbox.Choose(level); err != nil {
		t.Skip(err)
	}
	dir, err := built()
	require.NoError(t, err)
	p, err := sandbox.Start(context.Background(), sandbox.Program{
		Path: filepath.Join(dir, kind), Scratch: t.TempDir(), Level: level, Helper: filepath.Join(dir, "plain"),
	})
	require.NoError(t, err)
	return probe{p, bufio.NewScanner(p.Out)}
}

// of returns the processes that run a program of the test.
func of(t *testing.T) []int {
	dir, err := built()
	require.NoError(t, err)
	var found []int
	for _, p := range procs.List() {
		exe, err := os.Readlink("/proc/" + strconv.Itoa(p.PID) + "/exe")
		if err == nil && strings.HasPrefix(exe, dir) {
			found = append(found, p.PID)
		}
	}
	return found
}

// TestFamily goes through what a program may do that starts processes, and what
// it may not.
func TestFamily(t *testing.T) {
	tcp, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer tcp.Close()
	dir, err := built()
	require.NoError(t, err)
	other := strconv.Itoa(os.Getpid())
	tests := []struct {
		act    string
		l1, l2 string // the outcome from each level on
	}{
		{"exec", "done", "done"},
		{"run " + filepath.Join(dir, "plain"), "done", "done"},
		{"fifo", "done", "done"},
		{"adopt", "done", "done"},
		{"stay", "done", "done"},
		{"kill-self", "done", "done"},
		{"scratch", "done", "done"},
		{"run /bin/true", "EACCES", "ENOENT"},
		{"kill " + other, "EPERM", "ESRCH"},
		{"tgkill " + other, "EPERM", "ESRCH"},
		{"read /etc/passwd", "EACCES", "ENOENT"},
		{"read /proc/" + other + "/environ", "EACCES", "ENOENT"},
		{"ptrace " + other, "EPERM", "EPERM"},
		{"namespace", "EPERM", "EPERM"},
		{"unshare", "EPERM", "EPERM"},
		{"outlive", "EPERM", "EPERM"},
		{"tcp " + tcp.Addr().String(), "EACCES", "EACCES"},
		{"clone3", "ENOSYS", "ENOSYS"},
		{"own-fd " + other, "EPERM", "EPERM"},
	}
	for _, level := range levels[1:] {
		for _, kind := range []string{"plain", "race"} {
			t.Run(fmt.Sprint(level, " ", kind), func(t *testing.T) {
				p := startFamily(t, level, kind)
				for _, tt := range tests {
					want := tt.l1
					if level >= sandbox.L2 {
						want = tt.l2
					}
					assert.Equal(t, want, p.try(tt.act), tt.act)
				}
				end := p.Wait()
				assert.NoError(t, end.Err, "%s", end.Stderr)
				assert.Empty(t, of(t), "processes that are left")
			})
		}
	}
}

// TestMultiply ends a program that starts more and more processes.
func TestMultiply(t *testing.T) {
	for _, level := range levels {
		t.Run(level.String(), func(t *testing.T) {
			p := startFamily(t, level, "plain")
			assert.Equal(t, "", p.try("multiply"))
			end := p.Wait()
			assert.True(t, end.Many, "%+v", end)
			assert.Empty(t, of(t), "processes that are left")
		})
	}
}
