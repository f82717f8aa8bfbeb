package testing

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"
)

// undo is something to be done to the process when a test ends, or when the
// run does before the test: the next run is to find everything as this one
// did.
type undo struct {
	f    func()
	done bool
	next *undo
}

//go:norace
func (u *undo) run() {
	if !u.done {
		u.done = true
		u.f()
	}
}

// atEnd has f called as a cleanup of the test, or at the end of the run.
//
//go:norace
func (c *common) atEnd(f func()) {
	u := &undo{f: f}
	if c.s != nil {
		s := c.lock()
		u.next, s.undo = s.undo, u
		s.unlock()
	}
	c.Cleanup(u.run)
}

// Setenv is the twin of the method of testing.B and testing.F.
func (c *common) Setenv(key, value string) {
	c.checkFuzz("Setenv")
	before, had := os.LookupEnv(key)
	if err := os.Setenv(key, value); err != nil {
		c.Fatalf("cannot set environment variable: %v", err)
	}
	c.atEnd(func() {
		if had {
			os.Setenv(key, before)
		} else {
			os.Unsetenv(key)
		}
	})
}

// Chdir is the twin of the method of testing.B and testing.F.
func (c *common) Chdir(dir string) {
	c.checkFuzz("Chdir")
	before, err := os.Getwd()
	if err == nil {
		err = os.Chdir(dir)
	}
	if err == nil && !filepath.IsAbs(dir) {
		dir, err = os.Getwd()
	}
	if err != nil {
		c.Fatal(err)
	}
	c.Setenv("PWD", dir)
	c.atEnd(func() {
		if err := os.Chdir(before); err != nil {
			panic("testing.Chdir: " + err.Error()) // the tests to come are in the wrong place
		}
	})
}

// TempDir is the twin of the method of testing.T, testing.B and testing.F. The
// name is made of that of the test, and so the same in every run, unless
// another process uses it at the moment.
func (c *common) TempDir() string {
	c.checkFuzz("TempDir")
	dir, err := c.makeDir()
	if err != nil {
		c.Fatalf("TempDir: %v", err)
	}
	return dir
}

// ArtifactDir is the twin of the method of testing.T, testing.B and testing.F.
// The directory is a temporary one.
func (c *common) ArtifactDir() string {
	c.checkFuzz("ArtifactDir")
	if dir := c.artifacts(); dir != "" {
		return dir
	}
	dir, err := c.makeDir()
	if err != nil {
		c.Fatalf("ArtifactDir: %v", err)
	}
	return c.keepArtifacts(dir)
}

//go:norace
func (c *common) artifacts() string {
	s := c.lock()
	defer s.unlock()
	return c.outDir
}

// keepArtifacts makes dir the directory for artifacts if there is none, and
// returns the one that there is.
//
//go:norace
func (c *common) keepArtifacts(dir string) string {
	s := c.lock()
	defer s.unlock()
	if c.outDir == "" {
		c.outDir = dir
	}
	return c.outDir
}

// makeDir makes a directory that is removed at the end of the test.
//
//go:norace
func (c *common) makeDir() (string, error) {
	root := os.Getenv("GOTMPDIR")
	if root == "" {
		root = os.TempDir()
	}
	s := c.lock()
	first := c.dir == ""
	if first {
		dir, err := claim(filepath.Join(root, "kata-"+fileName(c.name)))
		if err != nil {
			s.unlock()
			return "", err
		}
		c.dir = dir
	}
	c.dirs++
	dir := filepath.Join(c.dir, digits(c.dirs, 3))
	s.unlock()
	if first {
		c.atEnd(c.removeDir)
	}
	return dir, os.MkdirAll(dir, 0o777)
}

//go:norace
func (c *common) removeDir() {
	if err := os.RemoveAll(c.dir); err != nil {
		c.Errorf("TempDir RemoveAll cleanup: %v", err)
	}
}

// claim makes a directory that was not there before, of the given name if
// possible, or else with a number behind it.
func claim(name string) (string, error) {
	dir := name
	for n := 2; ; n++ {
		err := os.Mkdir(dir, 0o700)
		if !errors.Is(err, fs.ErrExist) {
			return dir, err
		}
		dir = name + "-" + strconv.Itoa(n)
	}
}

// fileName returns the name of a test as part of a file name.
func fileName(test string) string {
	const most = 64
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) || strings.ContainsRune("!#$%&()+,-.=@^_{}~ ", r) {
			return r
		}
		return -1
	}, test[:min(len(test), most)])
}
