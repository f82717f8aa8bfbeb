//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package build_test

import (
	"bytes"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader/internal/build"
)

// TestWriteFile writes a file from several goroutines at once, after somebody
// was killed who was about to write it.
func TestWriteFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sub", "file")
	require.NoError(t, os.Mkdir(filepath.Dir(path), 0o777))
	require.NoError(t, os.WriteFile(path+".new", bytes.Repeat([]byte("left behind"), 1<<20), 0o600))
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Go(func() {
			assert.NoError(t, build.WriteFile(path, bytes.Repeat([]byte{byte(i)}, 1<<20)))
			data, err := os.ReadFile(path)
			assert.NoError(t, err)
			assert.Len(t, data, 1<<20)
			assert.Equal(t, 1<<20, bytes.Count(data, data[:1]), "a mixture")
		})
	}
	wg.Wait()
	entries, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	assert.Len(t, entries, 1)
}
