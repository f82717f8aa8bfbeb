package main

import (
	"flag"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"example.com/gokata/grader/internal/sandbox"
)

var kills = flag.Int("kills", 10, "TestKill: how many graders to kill")

// TestKill kills graders at moments that are spread evenly over the time that
// grading takes, with and without what is kept from one time to the next, and
// at several levels of confinement. All that they have started ends too, the
// next grader succeeds, and then nothing is left.
func TestKill(t *testing.T) {
	// Whatever a killed grader has started becomes a child of this process.
	require.NoError(t, unix.Prctl(unix.PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0))
	t.Cleanup(func() { unix.Prctl(unix.PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0) })
	levels := []string{"none", "L1", "auto"}
	if _, err := sandbox.Choose(sandbox.L1); err != nil {
		levels = levels[:1]
	}
	goCache, err := exec.Command("go", "env", "GOCACHE").Output()
	require.NoError(t, err)
	v := victim{buildKata(t), t.TempDir(), filepath.Join(t.TempDir(), "cache"), strings.TrimSpace(string(goCache))}
	cold := v.grade(t, levels[0])
	kept := files(t, v.cache)
	require.NotEmpty(t, kept)
	whole := []time.Duration{v.grade(t, levels[0]), cold} // how long grading takes, with what is kept and without

	for i := range *kills {
		level, how := levels[i/2%len(levels)], i%2
		var after time.Duration
		for tries := 0; ; tries++ {
			require.Less(t, tries, 20, "the grader has always come to its end before it was killed")
			if how == 1 {
				require.NoError(t, os.RemoveAll(v.cache))
			}
			after = whole[how] * time.Duration(2*i+1) / time.Duration(2**kills)
			took, killed := v.kill(t, level, after)
			if killed {
				break
			}
			whole[how] = took // it was faster this time
		}
		waitForOrphans(t)
		v.grade(t, level)
		require.Empty(t, files(t, v.tmp), "left behind in TMPDIR by a grader killed after %v of %v", after, whole[how])
		require.Equal(t, kept, files(t, v.cache), "what is kept, after a grader was killed after %v of %v", after, whole[how])
		require.Empty(t, orphans(t), "left behind by the next grader")
	}
	mounts, err := os.ReadFile("/proc/self/mountinfo")
	require.NoError(t, err)
	assert.NotContains(t, string(mounts), v.tmp)
	groups, err := filepath.Glob("/sys/fs/cgroup/*/gokata/*-*")
	require.NoError(t, err)
	assert.Empty(t, groups)
}

// victim is a grader with directories of its own.
type victim struct{ bin, tmp, cache, goCache string }

func (v victim) command(level string) *exec.Cmd {
	cmd := exec.Command(v.bin, "check", "pool", "--schedules", "50", "--sandbox", level, "../../../solutions/pool")
	cmd.Env = append(os.Environ(), "TMPDIR="+v.tmp, "GOTMPDIR=", "XDG_CACHE_HOME="+v.cache, "GOCACHE="+v.goCache)
	return cmd
}

// grade lets the grader come to its end, which is a good one, and returns how
// long that took.
func (v victim) grade(t *testing.T, level string) time.Duration {
	t.Helper()
	start := time.Now()
	out, err := v.command(level).CombinedOutput()
	require.NoError(t, err, "%s", out)
	return time.Since(start)
}

// kill starts a grader and kills it after a time, unless it has come to its end
// by then.
func (v victim) kill(t *testing.T, level string, after time.Duration) (took time.Duration, killed bool) {
	t.Helper()
	cmd := v.command(level)
	start := time.Now()
	require.NoError(t, cmd.Start())
	moment := time.AfterFunc(after, func() { cmd.Process.Kill() })
	defer moment.Stop()
	cmd.Wait()
	return time.Since(start), cmd.ProcessState.ExitCode() < 0
}

// files returns the names of all files and directories below dir.
func files(t *testing.T, dir string) (names []string) {
	t.Helper()
	require.NoError(t, filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if path != dir {
			names = append(names, strings.TrimPrefix(path, dir))
		}
		return err
	}))
	return names
}

// orphans returns the children of this process. All that it has started itself
// have been waited for.
func orphans(t *testing.T) []int { return children(t, os.Getpid(), "") }

// waitForOrphans waits for the end of all that the grader had started. What
// the go command has started may go on for a while, and may itself have
// started something.
func waitForOrphans(t *testing.T) {
	for pids := orphans(t); len(pids) > 0; pids = orphans(t) {
		pidfd, err := unix.PidfdOpen(pids[0], 0)
		require.NoError(t, err)
		n, err := unix.Poll([]unix.PollFd{{Fd: int32(pidfd), Events: unix.POLLIN}}, 60_000)
		for err == unix.EINTR {
			n, err = unix.Poll([]unix.PollFd{{Fd: int32(pidfd), Events: unix.POLLIN}}, 60_000)
		}
		require.NoError(t, err)
		require.Equal(t, 1, n, "process %d goes on", pids[0])
		_, err = unix.Wait4(pids[0], nil, 0, nil)
		require.NoError(t, err)
		require.NoError(t, unix.Close(pidfd))
	}
}
