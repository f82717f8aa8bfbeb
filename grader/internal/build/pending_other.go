//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package build

import (
	"os"
	"path/filepath"
)

// pending opens the file in which the content of path is got ready.
func pending(path string) (*os.File, error) {
	return os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".new-*")
}

// finish closes a pending file and gives it its name.
func finish(f *os.File, path string) error {
	err := f.Close()
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}
