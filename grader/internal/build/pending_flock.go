//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package build

import (
	"errors"
	"os"
	"syscall"
)

// pending opens the file in which the content of path is got ready. Its name is
// always the same, so that whoever is killed meanwhile leaves a file that the
// next one takes over. It is locked until it is closed, as several graders may
// be about to write the same.
func pending(path string) (*os.File, error) {
	for {
		f, err := os.OpenFile(path+".new", os.O_RDWR|os.O_CREATE, 0o600)
		if err != nil {
			return nil, err
		}
		if err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX); err == nil && renamed(f) {
			err = errRenamed
		}
		if err == nil {
			err = f.Truncate(0)
		}
		if err == nil {
			return f, nil
		}
		f.Close()
		if !errors.Is(err, errRenamed) && !errors.Is(err, syscall.EINTR) {
			return nil, err
		}
	}
}

// finish gives a pending file its name, before the lock is given up.
func finish(f *os.File, path string) error {
	if err := os.Rename(f.Name(), path); err != nil {
		os.Remove(f.Name())
		f.Close()
		return err
	}
	return f.Close()
}

var errRenamed = errors.New("somebody else has finished it")

// renamed tells whether a file has another name than it was opened by.
func renamed(f *os.File) bool {
	opened, err := f.Stat()
	if err != nil {
		return false
	}
	named, err := os.Lstat(f.Name())
	return err != nil || !os.SameFile(opened, named)
}
