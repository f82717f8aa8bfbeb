//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package sandbox

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// NewScratch makes a temporary directory for what the grader and all that it
// starts write, and returns it with the function that removes it. If the
// grader is killed before, the next call removes it, from any process of the
// same user.
//
// Beside the directory lies a file that is locked as long as the process
// lives. The system itself gives up the lock of a process that has died, so
// neither ages nor process numbers matter. The file is there before the
// directory and goes after it.
func NewScratch() (dir string, remove func(), err error) {
	base := os.TempDir()
	sweepScratch(base)
	for {
		lock, err := os.CreateTemp(base, scratchPrefix+"*"+lockSuffix)
		if err != nil {
			return "", nil, err
		}
		// Before it is locked, it looks like one that was left behind.
		if !seize(lock) {
			lock.Close()
			continue
		}
		dir = strings.TrimSuffix(lock.Name(), lockSuffix)
		remove = func() {
			if removeAll(dir) == nil {
				os.Remove(lock.Name())
			}
			lock.Close()
		}
		if err := os.Mkdir(dir, 0o700); err != nil {
			remove()
			return "", nil, err
		}
		return dir, remove, nil
	}
}

// sweepScratch removes what was left behind in base.
func sweepScratch(base string) {
	locks, _ := filepath.Glob(filepath.Join(base, scratchPrefix+"*"+lockSuffix))
	for _, name := range locks {
		lock, err := os.OpenFile(name, os.O_RDONLY|syscall.O_NOFOLLOW|syscall.O_NONBLOCK, 0)
		if err != nil {
			continue // somebody else's, or gone meanwhile
		}
		if own(lock) && seize(lock) && removeAll(strings.TrimSuffix(name, lockSuffix)) == nil {
			os.Remove(name)
		}
		lock.Close()
	}
}

// own tells whether a file is a regular one of this user.
func own(f *os.File) bool {
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return false
	}
	st, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(st.Uid) == os.Geteuid()
}

// lock locks a file or directory, as flock does.
func lock(f *os.File, how int) error {
	for {
		if err := syscall.Flock(int(f.Fd()), how); !errors.Is(err, syscall.EINTR) {
			return err
		}
	}
}

// seize locks a file, if nobody else has done so, and if it still has its name.
func seize(f *os.File) bool {
	if lock(f, syscall.LOCK_EX|syscall.LOCK_NB) != nil {
		return false
	}
	locked, err := f.Stat()
	if err != nil {
		return false
	}
	named, err := os.Lstat(f.Name())
	return err == nil && os.SameFile(locked, named)
}
