package build

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
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
// never built twice, and compiled suites (suite.go). Each file is followed by a
// checksum, so that a damaged one is never run. Any number of graders may use the
// directory at once.
type programs struct{ dir string }

// checksum is against damage, not against people: who can write here can write
// the grader, too. Every submission waits for it.
func checksum() hash.Hash32 { return crc32.New(castagnoli) }

var castagnoli = crc32.MakeTable(crc32.Castagnoli) // which processors know

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
	from, err := os.Open(kept)
	if err != nil {
		return false
	}
	defer from.Close()
	info, err := from.Stat()
	if err != nil || info.Size() < crc32.Size {
		return false
	}
	to, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o777)
	if err != nil {
		return false
	}
	sum := checksum()
	_, err = copyTo(io.MultiWriter(to, sum), io.LimitReader(from, info.Size()-crc32.Size))
	if err := errors.Join(err, to.Close()); err != nil {
		return false
	}
	want := make([]byte, crc32.Size)
	if _, err := io.ReadFull(from, want); err != nil || !bytes.Equal(want, sum.Sum(nil)) {
		os.Remove(kept)
		os.Remove(path)
		return false
	}
	touch(kept)
	return true
}

// put keeps what a file holds, and drops those not used for longest if there are
// too many.
func (p programs) put(key string, from *os.File) error {
	err := writeFile(filepath.Join(p.dir, key), func(to io.Writer) error {
		sum := checksum()
		if _, err := copyTo(io.MultiWriter(to, sum), from); err != nil {
			return err
		}
		_, err := to.Write(sum.Sum(nil))
		return err
	})
	if err != nil {
		return err
	}
	return trim(p.dir, maxPrograms, 0)
}

// copyTo copies by way of a buffer that is neither so small that calls are what
// takes the time, nor so large that fetching the memory is.
func copyTo(to io.Writer, from io.Reader) (int64, error) {
	return io.CopyBuffer(to, struct{ io.Reader }{from}, make([]byte, 256<<10))
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
