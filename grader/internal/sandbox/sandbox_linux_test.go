package sandbox_test

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader/internal/sandbox"
)

var levels = []sandbox.Confinement{sandbox.L0, sandbox.L1, sandbox.L2, sandbox.L3}

// built is a directory with the probe, plain and with the race detector. It is
// not below a test's own directory, as other users have to reach it.
var built = sync.OnceValues(func() (string, error) {
	if dir := os.Getenv("KATA_TEST_BUILT"); dir != "" {
		return dir, nil
	}
	dir, err := os.MkdirTemp("", "kata-sandbox-test-")
	if err != nil {
		return "", err
	}
	for name, flags := range map[string][]string{"plain": nil, "race": {"-race"}} {
		args := append(append([]string{"build"}, flags...), "-o", filepath.Join(dir, name), "./testdata/probe")
		if out, err := exec.Command("go", args...).CombinedOutput(); err != nil {
			return dir, fmt.Errorf("%w\n%s", err, out)
		}
	}
	return dir, os.Chmod(dir, 0o755)
})

func TestMain(m *testing.M) {
	code := m.Run()
	if dir, _ := built(); os.Getenv("KATA_TEST_BUILT") == "" {
		os.RemoveAll(dir)
	}
	os.Exit(code)
}

// probe is a running probe.
type probe struct {
	*sandbox.Process
	answers *bufio.Scanner
}

// start starts the probe at a level. It skips the test where that level is not
// possible.
func start(t testing.TB, level sandbox.Confinement, kind string) probe {
	t.Helper()
	if _, err := sandbox.Choose(level); err != nil {
		t.Skip(err)
	}
	dir, err := built()
	require.NoError(t, err)
	p, err := sandbox.Start(context.Background(), sandbox.Program{Path: filepath.Join(dir, kind), Scratch: t.TempDir(), Level: level, Print: 8 << 20})
	require.NoError(t, err)
	return probe{p, bufio.NewScanner(p.Out)}
}

// try returns what came of an act, "" if the probe died of it.
func (p probe) try(act string) string {
	fmt.Fprintln(p.In, act)
	p.answers.Scan()
	return p.answers.Text()
}

var starts = flag.Int("starts", 60, "TestStarts: how many processes to start")

// TestStarts starts many processes side by side. One that waits in exec for a
// supervisor without a thread hangs, and the test with it. On a busy machine
// that was one in a thousand.
func TestStarts(t *testing.T) {
	for range 3 {
		t.Run("", func(t *testing.T) {
			t.Parallel()
			for range *starts / 3 {
				p := start(t, sandbox.L1, "plain")
				require.Equal(t, "done", p.try("nothing"))
				require.NoError(t, p.Wait().Err)
			}
		})
	}
}

// TestDenied goes through what a program must not do. Everything is denied at
// every level but L0.
func TestDenied(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(outside, []byte("text"), 0o666))
	tcp, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer tcp.Close()
	abstract, err := net.Listen("unix", "@kata-test-"+strconv.Itoa(os.Getpid()))
	require.NoError(t, err)
	defer abstract.Close()
	other := strconv.Itoa(os.Getpid())

	tests := []struct {
		act  string
		want string // at L1; from L2 on files outside do not exist
		gone bool
	}{
		{act: "read /etc/passwd", want: "EACCES", gone: true},
		{act: "read " + outside, want: "EACCES", gone: true},
		{act: "list /", want: "EACCES"},
		{act: "write " + outside, want: "EACCES", gone: true},
		{act: "truncate " + outside, want: "EACCES", gone: true},
		{act: "chmod " + outside, want: "EPERM"},
		{act: "write /dev/shm/kata-test", want: "EACCES", gone: true},
		{act: "read /proc/" + other + "/environ", want: "EACCES", gone: true},
		{act: "read /proc/" + other + "/cmdline", want: "EACCES", gone: true},
		{act: "read /proc/meminfo", want: "EACCES", gone: true},
		{act: "write /proc/self/oom_score_adj", want: "EACCES"},
		{act: "tcp " + tcp.Addr().String(), want: "EACCES"},
		{act: "listen", want: "EACCES"},
		{act: "udp", want: "EACCES"},
		{act: "mptcp", want: "EACCES"},
		{act: "netlink", want: "EACCES"},
		{act: "unix " + abstract.Addr().String(), want: "EACCES"},
		{act: "unix /run/socket", want: "EACCES"},
		{act: "ptrace " + other, want: "EPERM"},
		{act: "kill " + other, want: "EPERM"},
		{act: "tgkill " + other, want: "EPERM"},
		{act: "kill-all", want: "EPERM"},
		{act: "kill 0", want: "EPERM"},
		{act: "exec", want: "EPERM"},
		{act: "replace", want: "ENOSYS"},
		{act: "clone3", want: "ENOSYS"},
		{act: "fork", want: "EPERM"},
		{act: "setsid", want: "EPERM"},
		{act: "io_uring", want: "EPERM"},
		{act: "seccomp", want: "EPERM"},
		{act: "unshare", want: "EPERM"},
		{act: "memfd", want: "EPERM"},
		{act: "outlive", want: "EPERM"},
		{act: "outlive-hi", want: "EPERM"},
		{act: "own-fd " + other, want: "EPERM"},
		{act: "own-fd-hi " + other, want: "EPERM"},
		{act: "newest", want: "ENOSYS"},
		{act: "fds", want: "EMFILE"},
	}
	for _, level := range levels[1:] {
		for _, kind := range []string{"plain", "race"} {
			t.Run(fmt.Sprint(level, " ", kind), func(t *testing.T) {
				p := start(t, level, kind)
				for _, tt := range tests {
					want := tt.want
					if tt.gone && level >= sandbox.L2 {
						want = "ENOENT"
					}
					assert.Equal(t, want, p.try(tt.act), tt.act)
				}
				end := p.Wait()
				assert.NoError(t, end.Err, "%s", end.Stderr)
			})
		}
	}
	data, err := os.ReadFile(outside)
	require.NoError(t, err)
	assert.Equal(t, "text", string(data), "a file outside")
}

// TestAllowed goes through what a program needs.
func TestAllowed(t *testing.T) {
	for _, level := range levels {
		for _, kind := range []string{"plain", "race"} {
			t.Run(fmt.Sprint(level, " ", kind), func(t *testing.T) {
				p := start(t, level, kind)
				for _, act := range []string{
					"nothing", "scratch", "environ", "threads", "kill-self", "read /proc/self/status",
					"read /proc/self/maps", "write /dev/null", "list /proc/self/fd",
				} {
					assert.Equal(t, "done", p.try(act), act)
				}
				end := p.Wait()
				assert.NoError(t, end.Err, "%s", end.Stderr)
				assert.Empty(t, end.Stderr)
			})
		}
	}
}

// TestContained runs what cannot be denied, and ends the program.
func TestContained(t *testing.T) {
	tests := []struct {
		act   string
		want  string // "": it does not live to tell
		check func(*testing.T, sandbox.End)
	}{
		{"memory", "", func(t *testing.T, e sandbox.End) { assert.True(t, e.TooBig) }},
		{"x32", "", func(t *testing.T, e sandbox.End) { assert.ErrorContains(t, e.Err, "bad system call") }},
		{"many-files", "", func(t *testing.T, e sandbox.End) { assert.True(t, e.Full) }},
		{"print 9", "", func(t *testing.T, e sandbox.End) {
			assert.True(t, e.Loud)
			assert.Less(t, len(e.Stdout), 100<<10, "what is kept")
		}},
		{"flood", "", func(t *testing.T, e sandbox.End) { assert.True(t, e.Loud) }},
		{"big-file", "EFBIG", func(t *testing.T, e sandbox.End) { assert.False(t, e.Full) }},
	}
	for _, level := range levels {
		for _, tt := range tests {
			if level == sandbox.L0 && !strings.Contains("print 9 flood", tt.act) {
				continue
			}
			t.Run(fmt.Sprint(level, " ", tt.act), func(t *testing.T) {
				p := start(t, level, "plain")
				assert.Equal(t, tt.want, p.try(tt.act))
				tt.check(t, p.Wait())
			})
		}
	}
}

// TestForgive prints more than a process may, with a pardon in between.
func TestForgive(t *testing.T) {
	p := start(t, sandbox.L0, "plain")
	assert.Equal(t, "done", p.try("print 7"))
	p.Forgive()
	assert.Equal(t, "done", p.try("print 7"))
	assert.False(t, p.Loud())
	end := p.Wait()
	assert.NoError(t, end.Err)
	assert.False(t, end.Loud)
}

// TestClean leaves nothing behind where the program did what it could to keep
// it there.
func TestClean(t *testing.T) {
	for _, level := range levels[1:] {
		t.Run(level.String(), func(t *testing.T) {
			if _, err := sandbox.Choose(level); err != nil {
				t.Skip(err)
			}
			dir, err := built()
			require.NoError(t, err)
			scratch := t.TempDir()
			s, err := sandbox.Start(context.Background(), sandbox.Program{Path: filepath.Join(dir, "plain"), Scratch: scratch, Level: level})
			require.NoError(t, err)
			p := probe{s, bufio.NewScanner(s.Out)}
			assert.Equal(t, "done", p.try("hide"))
			p.Wait()
			left, err := os.ReadDir(scratch)
			require.NoError(t, err)
			assert.Empty(t, left)
		})
	}
}

// TestRace finds a race in the log at every level, also when two programs with
// the same process number share a scratch directory.
func TestRace(t *testing.T) {
	for _, level := range levels {
		t.Run(level.String(), func(t *testing.T) {
			a, b := start(t, level, "race"), start(t, level, "race")
			assert.Equal(t, "done", a.try("race"))
			assert.Equal(t, "done", a.try("log"))
			assert.Equal(t, "no log", b.try("log"))
			b.Wait()
			end := a.Wait()
			assert.Equal(t, "exit status 66", fmt.Sprint(end.Err), "what the race detector ends a program with")
		})
	}
}

// TestGone leaves no files and no process.
func TestGone(t *testing.T) {
	for _, level := range levels[1:] {
		t.Run(level.String(), func(t *testing.T) {
			if _, err := sandbox.Choose(level); err != nil {
				t.Skip(err)
			}
			dir, err := built()
			require.NoError(t, err)
			scratch := t.TempDir()
			p, err := sandbox.Start(context.Background(), sandbox.Program{Path: filepath.Join(dir, "plain"), Scratch: scratch, Level: level})
			require.NoError(t, err)
			pr := probe{p, bufio.NewScanner(p.Out)}
			assert.Equal(t, "done", pr.try("write "+"file"))
			assert.NoError(t, p.Wait().Err)
			left, err := os.ReadDir(scratch)
			require.NoError(t, err)
			assert.Empty(t, left)
		})
	}
}

// TestOneProcessor starts a program with one processor for Go, on which the
// launcher must not wait for itself.
func TestOneProcessor(t *testing.T) {
	start(t, sandbox.L1, "plain").Wait() // or skips
	dir, err := built()
	require.NoError(t, err)
	p, err := sandbox.Start(context.Background(), sandbox.Program{
		Path: filepath.Join(dir, "plain"), Scratch: t.TempDir(), Level: sandbox.L1, Env: []string{"GOMAXPROCS=1"},
	})
	require.NoError(t, err)
	assert.Equal(t, "done", probe{p, bufio.NewScanner(p.Out)}.try("nothing"))
	assert.NoError(t, p.Wait().Err)
}

// TestStranger is another user at L3.
func TestStranger(t *testing.T) {
	p := start(t, sandbox.L3, "plain")
	assert.Equal(t, "65534", p.try("uid"))
	assert.Equal(t, "EPERM", p.try("root"))
	p.Wait()
}

// BenchmarkStart is the cost of starting a program and hearing from it once.
func BenchmarkStart(b *testing.B) {
	for _, level := range levels {
		for _, kind := range []string{"plain", "race"} {
			b.Run(fmt.Sprint("L", int(level), "/", kind), func(b *testing.B) {
				start(b, level, kind).Wait() // builds the probe and tries the level
				for b.Loop() {
					p := start(b, level, kind)
					if got := p.try("nothing"); got != "done" {
						b.Fatal(got, p.Wait())
					}
					p.Wait()
				}
			})
		}
	}
}
