//go:build linux

package conformance_test

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader"
	"example.com/gokata/grader/conformance"
	"example.com/gokata/grader/internal/catalog"
	"example.com/gokata/grader/internal/engine"
)

// TestGrowth grades different submissions in a row, as a teacher's grader does.
// Nothing grows but the directory of programs, which has a bound.
func TestGrowth(t *testing.T) {
	submissions := 8
	if *full {
		submissions = 50
	}
	const (
		slug        = "counter"
		settled     = 3         // submissions after which everything is there that stays
		maxHeap     = 4 << 20   // bytes by which the heap may be larger at the end
		maxPrograms = 520 << 20 // bytes of all programs kept, with the one just made
	)
	cat, err := conformance.Open()
	require.NoError(t, err)
	ex, err := cat.Get(slug)
	require.NoError(t, err)
	text, err := os.ReadFile(filepath.Join(cat.Root(), "solutions", slug, slug+".go"))
	require.NoError(t, err)
	// Other tests use the usual cache at the same time.
	goCache, err := exec.Command("go", "env", "GOCACHE").Output()
	require.NoError(t, err)
	t.Setenv("GOCACHE", strings.TrimSpace(string(goCache)))
	cache, scratch := t.TempDir(), t.TempDir()
	t.Setenv("XDG_CACHE_HOME", cache)

	var before usage
	for i := range submissions {
		dir := t.TempDir()
		changed := fmt.Appendf(text[:len(text):len(text)], "\n// Submission %d of process %d.\n", i, os.Getpid())
		require.NoError(t, os.WriteFile(filepath.Join(dir, slug+".go"), changed, 0o600))
		sub, err := catalog.ReadSubmission(dir, slug)
		require.NoError(t, err)
		t.Setenv("TMPDIR", scratch)
		rep, err := engine.Grade(t.Context(), engine.Job{Root: cat.Root(), Exercise: ex, Submission: sub, Schedules: 1})
		require.NoError(t, err)
		require.NotNil(t, rep.Score)
		require.Equal(t, grader.MaxScore, *rep.Score)
		if i == settled-1 {
			before = used(t, cache, scratch)
		}
	}
	after := used(t, cache, scratch)
	assert.LessOrEqual(t, after.heap, before.heap+maxHeap, "the heap grows")
	assert.LessOrEqual(t, after.programs, int64(maxPrograms))
	before.heap, before.programs = after.heap, after.programs
	assert.Equal(t, before, after)
}

// usage is what a grader occupies.
type usage struct {
	heap, programs               int64 // bytes
	goroutines, descriptors      int
	temporary, kept, keptEntries int64 // bytes, bytes, and files
}

func used(t *testing.T, cache, scratch string) usage {
	t.Helper()
	runtime.GC()
	runtime.GC() // what has finalizers goes the second time
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	fds, err := os.ReadDir("/proc/self/fd")
	require.NoError(t, err)
	programs, n := size(t, filepath.Join(cache, "gokata", "programs"))
	all, files := size(t, cache)
	temporary, _ := size(t, scratch)
	return usage{
		heap: int64(m.HeapAlloc), programs: programs, goroutines: runtime.NumGoroutine(), descriptors: len(fds),
		temporary: temporary, kept: all - programs, keptEntries: files - n,
	}
}

// size returns the bytes and the number of the files below a directory.
func size(t *testing.T, dir string) (bytes, files int64) {
	t.Helper()
	require.NoError(t, filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		bytes, files = bytes+info.Size(), files+1
		return nil
	}))
	return bytes, files
}
