package catalog_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader/internal/catalog"
)

func TestReadSubmission(t *testing.T) {
	dir := tree(t, map[string]string{
		"pool.go":       "package pool\n",
		"future.go":     "package pool\n\nvar x = 1\n",
		"broken.go":     "pakcage pool\n",
		"pool_test.go":  "package other\n",
		"_old.go":       "package old\n",
		".#pool.go":     "package lock\n",
		"notes.txt":     "notes",
		"sub/nested.go": "package nested\n",
	})
	sub, err := catalog.ReadSubmission(dir, "pool")
	require.NoError(t, err)
	var names []string
	for _, f := range sub.Files {
		names = append(names, f.Name)
	}
	assert.Equal(t, []string{"broken.go", "future.go", "pool.go"}, names)
	assert.Equal(t, "package pool\n", string(sub.Files[2].Data))
	assert.Equal(t, dir, sub.Dir)

	same, err := catalog.ReadSubmission(dir, "pool")
	require.NoError(t, err)
	assert.Equal(t, sub.Digest, same.Digest)
	assert.Regexp(t, `^sha256:[0-9a-f]{64}$`, sub.Digest)

	require.NoError(t, os.Rename(filepath.Join(dir, "future.go"), filepath.Join(dir, "later.go")))
	renamed, err := catalog.ReadSubmission(dir, "pool")
	require.NoError(t, err)
	assert.NotEqual(t, sub.Digest, renamed.Digest, "the digest covers names")
}

func TestReadSubmissionRefuses(t *testing.T) {
	many := map[string]string{}
	for i := range catalog.MaxFiles + 1 {
		many[fmt.Sprintf("f%02d.go", i)] = "package pool\n"
	}
	tests := []struct {
		name   string
		give   map[string]string
		sub    string // what to read below the directory
		reason error
		want   string // after the directory's name is replaced by DIR
	}{
		{"missing", nil, "nowhere", catalog.ErrNotExist, "no such directory: DIR/nowhere; give the folder that holds your pool.go"},
		{"a file", map[string]string{"pool.go": "package pool\n"}, "pool.go", catalog.ErrNotDir, "DIR/pool.go is not a directory; give the folder that holds your .go files, such as DIR"},
		{"only tests", map[string]string{"pool_test.go": "package pool\n"}, "", catalog.ErrNoGoFiles, "DIR holds no .go files; an answer to pool is a package pool, usually in pool.go"},
		{"another package", map[string]string{"main.go": "package main\n"}, "", catalog.ErrPackage, "DIR/main.go: this file holds package main; an answer to pool must be package pool"},
		{"two packages", map[string]string{"a.go": "package pool\n", "b.go": "package main\n"}, "", catalog.ErrMixed, "DIR/b.go: this file holds package main and a.go holds package pool; an answer to pool must be package pool"},
		{"two packages, the other way round", map[string]string{"a.go": "package main\n", "b.go": "package pool\n"}, "", catalog.ErrMixed, "DIR/a.go: this file holds package main and b.go holds package pool; an answer to pool must be package pool"},
		{"too many", many, "", catalog.ErrTooLarge, "DIR/f64.go: with this file there are more than 64 .go files; an answer is one package of at most that many"},
		{"too big", map[string]string{"pool.go": "package pool\n//" + strings.Repeat("x", catalog.MaxFileSize)}, "", catalog.ErrTooLarge, "DIR/pool.go: this file is larger than 1024 KiB; split it or take data out of it"},
		{"directory named like a file", map[string]string{"pool.go/x": ""}, "", catalog.ErrIrregular, "DIR/pool.go: this is a directory; a submission consists of regular files, so put a copy there"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := tree(t, tt.give)
			_, err := catalog.ReadSubmission(filepath.Join(dir, tt.sub), "pool")
			var se *catalog.SubmissionError
			require.ErrorAs(t, err, &se)
			require.ErrorIs(t, err, tt.reason)
			assert.Equal(t, tt.want, strings.ReplaceAll(err.Error(), dir, "DIR"))
			d, inFile := se.Diagnostic()
			assert.Equal(t, strings.Contains(tt.want, ".go: "), inFile)
			if inFile {
				assert.Equal(t, tt.want, "DIR/"+d.File+": "+d.Message)
				assert.Equal(t, 1, d.Line)
			}
		})
	}
}

func TestReadSubmissionRefusesSymlinks(t *testing.T) {
	dir := tree(t, map[string]string{"pool.go": "package pool\n"})
	require.NoError(t, os.Symlink("/etc/passwd", filepath.Join(dir, "secret.go")))
	_, err := catalog.ReadSubmission(dir, "pool")
	require.ErrorIs(t, err, catalog.ErrIrregular)
	assert.Contains(t, err.Error(), "secret.go: this is a symbolic link")

	link := filepath.Join(t.TempDir(), "link")
	require.NoError(t, os.Remove(filepath.Join(dir, "secret.go")))
	require.NoError(t, os.Symlink(dir, link))
	_, err = catalog.ReadSubmission(link, "pool")
	assert.NoError(t, err, "the directory itself may be reached through a link")
}

func TestWhereTheRefusalPoints(t *testing.T) {
	tests := []struct {
		name, give string
		mode       os.FileMode
		line       int
		reason     error
	}{
		{"the package clause", "// A comment.\n\npackage main\n", 0o666, 3, catalog.ErrPackage},
		{"permissions", "package pool\n", 0, 1, catalog.ErrUnreadable},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if tt.mode == 0 && os.Geteuid() == 0 {
				t.Skip("root reads everything")
			}
			dir := tree(t, map[string]string{"pool.go": tt.give})
			require.NoError(t, os.Chmod(filepath.Join(dir, "pool.go"), tt.mode))
			_, err := catalog.ReadSubmission(dir, "pool")
			var se *catalog.SubmissionError
			require.ErrorAs(t, err, &se)
			require.ErrorIs(t, err, tt.reason)
			d, inFile := se.Diagnostic()
			assert.True(t, inFile)
			assert.Equal(t, "pool.go", d.File)
			assert.Equal(t, tt.line, d.Line)
		})
	}
}
