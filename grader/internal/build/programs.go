package build

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"example.com/gokata/grader"
)

// maxPrograms is how many bytes of programs are kept.
const maxPrograms = 512 << 20

// programs keeps programs that have been built, so that the same submission is
// never built twice, and compiled suites (suite.go). Each file is followed by the
// SHA-256 of it, so that a damaged one is never run. Any number of graders may
// use the directory at once.
type programs struct{ dir string }

// key names what is made of files. kind tells everything else that
// decides how it comes out.
func (p programs) key(kind string, files []grader.File) string {
	h := sha256.New()
	fmt.Fprintln(h, kind)
	for _, f := range files {
		fmt.Fprintln(h, f.Name, len(f.Data))
		h.Write(f.Data)
	}
	return hex.EncodeToString(h.Sum(nil))[:32]
}

// get copies a file to path and tells whether there is one.
func (p programs) get(key, path string) bool {
	kept := filepath.Join(p.dir, key)
	data, err := os.ReadFile(kept)
	if err != nil || len(data) < sha256.Size {
		return false
	}
	data, sum := data[:len(data)-sha256.Size], data[len(data)-sha256.Size:]
	if want := sha256.Sum256(data); !slices.Equal(want[:], sum) {
		os.Remove(kept)
		return false
	}
	touch(kept)
	return os.WriteFile(path, data, 0o777) == nil
}

// put keeps the file at path, and drops those not used for longest if there
// are too many.
func (p programs) put(key, path string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(data)
	if err := WriteFile(filepath.Join(p.dir, key), append(data, sum[:]...)); err != nil {
		return err
	}
	return trim(p.dir, maxPrograms, 0)
}

// touch notes that a file has been used, for trim. If that fails, it goes sooner.
func touch(path string) {
	now := time.Now()
	os.Chtimes(path, now, now)
}

// trim drops the files of a directory not used for longest until the rest has
// no more than the given number of bytes. What was used within the time in use
// stays in any case.
func trim(dir string, most int64, inUse time.Duration) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	var files []os.FileInfo
	for _, e := range entries {
		if info, err := e.Info(); err == nil {
			files = append(files, info)
		}
	}
	slices.SortFunc(files, func(a, b os.FileInfo) int { return b.ModTime().Compare(a.ModTime()) })
	var sum int64
	for _, f := range files {
		if sum += f.Size(); sum > most && time.Since(f.ModTime()) > inUse {
			os.Remove(filepath.Join(dir, f.Name()))
		}
	}
	return nil
}
