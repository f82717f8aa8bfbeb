//go:build linux

package conformance_test

import (
	"bytes"
	"fmt"
	"io/fs"
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

	"example.com/gokata/grader"
	"example.com/gokata/grader/conformance"
)

// stranger is a user to whom nothing belongs.
const stranger = 65534

// installation is a copy of the project with all that grading writes to, which
// nobody else uses. If root runs the test, it belongs to a stranger, and either
// of them can grade with it.
type installation struct {
	root, kata string
	home       string // the home directory
	cache      string // where the grader keeps what it has built
	goCache    string // where the go command does
	modCache   string // where modules are
	work       string // for submissions and temporary files
}

// install makes an installation in which everything is warm.
func install(t *testing.T) *installation {
	// A test's own directory is closed to other users.
	dir, err := os.MkdirTemp("", "kata-hostile-")
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, os.RemoveAll(dir)) })
	require.NoError(t, os.Chmod(dir, 0o755))
	in := &installation{
		root: filepath.Join(dir, "root"), kata: filepath.Join(dir, "kata"), home: filepath.Join(dir, "home"),
		cache: filepath.Join(dir, "cache"), goCache: filepath.Join(dir, "gocache"), modCache: filepath.Join(dir, "modcache"),
		work: filepath.Join(dir, "work"),
	}
	cat, err := conformance.Open()
	require.NoError(t, err)
	out, err := exec.Command("go", "build", "-o", in.kata, "../cmd/kata").CombinedOutput()
	require.NoError(t, err, "%s", out)
	for _, d := range []string{in.home, in.cache, in.goCache, in.modCache, in.work} {
		require.NoError(t, os.Mkdir(d, 0o755))
	}
	for _, name := range []string{"go.mod", "go.sum", "exercises", "grader"} {
		copyTree(t, filepath.Join(cat.Root(), name), filepath.Join(in.root, name))
	}
	// The modules come from the cache that this test itself was built from.
	modules, err := exec.Command("go", "env", "GOMODCACHE").Output()
	require.NoError(t, err)
	cmd := exec.Command("go", "list", "-deps", "./grader/suite/...", "./grader/suites/...", "./grader/rt/...")
	cmd.Dir = in.root
	cmd.Env = append(os.Environ(), "GOMODCACHE="+in.modCache, "GOFLAGS=-modcacherw", "GOSUMDB=off",
		"GOPROXY=file://"+filepath.Join(strings.TrimSpace(string(modules)), "cache", "download"))
	out, err = cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
	require.NotEmpty(t, listing(t, in.modCache))
	in.giveAway(t, dir)
	return in
}

// copyTree copies a file or directory, without what is only for tests.
func copyTree(t *testing.T, from, to string) {
	require.NoError(t, filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && d.Name() == "testdata":
			return filepath.SkipDir
		case !d.Type().IsRegular():
			return nil
		}
		target := to + strings.TrimPrefix(path, from)
		data, err := os.ReadFile(path)
		if err == nil {
			err = os.MkdirAll(filepath.Dir(target), 0o755)
		}
		if err == nil {
			err = os.WriteFile(target, data, 0o644)
		}
		return err
	}))
}

// giveAway makes a stranger the owner of a directory, if root is at work.
func (in *installation) giveAway(t *testing.T, dir string) {
	t.Helper()
	if os.Geteuid() != 0 {
		return
	}
	require.NoError(t, filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if err == nil {
			err = os.Lchown(path, stranger, stranger)
		}
		return err
	}))
}

// mkdir makes a directory for one submission.
func (in *installation) mkdir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp(in.work, "")
	require.NoError(t, err)
	require.NoError(t, os.Chmod(dir, 0o755))
	in.giveAway(t, dir)
	t.Cleanup(func() { assert.NoError(t, os.RemoveAll(dir)) })
	return dir
}

// kept returns what grading must not change: names, kinds, sizes and times of
// the project and all caches, and the bytes of what the grader builds from. The
// programs that have been built are not among it: they are checked against a sum
// before they are run again.
func (in *installation) kept(t *testing.T) map[string]string {
	t.Helper()
	kept := map[string]string{}
	for path, sum := range objects(t, in.cache) {
		kept["bytes of "+path] = fmt.Sprintf("%x", sum)
	}
	for _, dir := range []string{in.root, in.cache, in.goCache, in.modCache} {
		require.NoError(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if d.IsDir() && d.Name() == "programs" && dir == in.cache {
				return filepath.SkipDir
			}
			info, err := d.Info()
			if err == nil {
				kept[path] = fmt.Sprint(info.Mode(), " ", info.Size(), " ", info.ModTime().UnixNano())
			}
			return err
		}))
	}
	return kept
}

// adoptOrphans makes whatever outlives the process that has started it a child
// of this process, until the test ends, where children finds it.
func adoptOrphans(t *testing.T) {
	require.NoError(t, unix.Prctl(unix.PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0))
	t.Cleanup(func() { unix.Prctl(unix.PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0) })
}

// children returns the children of this process that have not ended.
func children(t *testing.T) (found []string) {
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	require.NoError(t, err)
	for _, name := range stats {
		data, err := os.ReadFile(name)
		if err != nil {
			continue // it has ended meanwhile
		}
		// pid (name) state ppid …
		fields := strings.Fields(string(data[bytes.LastIndexByte(data, ')')+1:]))
		if len(fields) > 1 && fields[0] != "Z" && fields[1] == strconv.Itoa(os.Getpid()) {
			found = append(found, string(data))
		}
	}
	return found
}

// as returns how to start a process as a user.
func as(uid int) *syscall.SysProcAttr {
	if uid == os.Geteuid() {
		return nil
	}
	return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(uid)}}
}

// warm grades the stubs, so that what is kept for all submissions is made.
func (h *hostile) warm(t *testing.T) {
	for _, slug := range hostileExercises {
		h.suites[slug] = suiteLines(t, filepath.Join(h.root, "grader", "suites", slug))
		rep, code := h.check(t, slug, filepath.Join(h.root, "exercises", slug), h.mkdir(t))
		require.Equal(t, grader.ExitLost, code)
		require.Equal(t, grader.Unstarted, rep.Status)
	}
	h.warmed = true
}
