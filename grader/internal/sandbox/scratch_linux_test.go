package sandbox_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader/internal/sandbox"
)

// TestScratch makes directories beside those of graders that are dead and
// alive. Only what belonged to the dead is removed.
func TestScratch(t *testing.T) {
	base := t.TempDir()
	t.Setenv("TMPDIR", base)
	alive, remove, err := sandbox.NewScratch()
	require.NoError(t, err)
	// A lock that nobody holds is that of a dead grader.
	for _, name := range []string{"gokata-1.lock", "gokata-2.lock", "notes"} {
		require.NoError(t, os.WriteFile(filepath.Join(base, name), nil, 0o600))
	}
	hidden := filepath.Join(base, "gokata-1", "hidden")
	require.NoError(t, os.MkdirAll(hidden, 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(hidden, "file"), nil, 0o600))
	require.NoError(t, os.Chmod(hidden, 0o300))
	require.NoError(t, os.Mkdir(filepath.Join(base, "gokata-notes"), 0o700))
	require.NoError(t, os.Symlink(filepath.Join(base, "notes"), filepath.Join(base, "gokata-3.lock")))

	other, removeOther, err := sandbox.NewScratch()
	require.NoError(t, err)
	want := []string{filepath.Base(alive), filepath.Base(alive) + ".lock", filepath.Base(other), filepath.Base(other) + ".lock", "gokata-3.lock", "gokata-notes", "notes"}
	assert.ElementsMatch(t, want, names(t, base))

	remove()
	removeOther()
	assert.ElementsMatch(t, []string{"gokata-3.lock", "gokata-notes", "notes"}, names(t, base))
}

func names(t *testing.T, dir string) (names []string) {
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}
