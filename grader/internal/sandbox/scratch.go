package sandbox

import (
	"io/fs"
	"os"
	"path/filepath"
)

// Names of directories for scratch, and of the files beside them that tell
// whether their owner is alive.
const (
	scratchPrefix = "gokata-"
	lockSuffix    = ".lock"
)

// removeAll removes a directory in which a program has been at work, which may
// have made directories in it that cannot be read.
func removeAll(dir string) error {
	if os.RemoveAll(dir) == nil {
		return nil
	}
	filepath.WalkDir(dir, func(path string, d fs.DirEntry, _ error) error {
		if d != nil && d.IsDir() {
			os.Chmod(path, 0o700)
		}
		return nil
	})
	return os.RemoveAll(dir)
}
