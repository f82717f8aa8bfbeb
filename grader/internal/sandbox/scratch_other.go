//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package sandbox

import "os"

// NewScratch makes a temporary directory for what the grader and all that it
// starts write, and returns it with the function that removes it.
func NewScratch() (dir string, remove func(), err error) {
	dir, err = os.MkdirTemp("", scratchPrefix+"*")
	return dir, func() { removeAll(dir) }, err
}
