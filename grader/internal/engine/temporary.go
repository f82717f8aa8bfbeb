package engine

import (
	"os"

	"example.com/gokata/grader/internal/sandbox"
)

// OwnTemporary gives this process a directory of its own for temporary files,
// until the function that it returns is called, which removes it. It is named
// by TMPDIR, so that the go command and the compiler put theirs there too: what
// a grader that was killed has left is then in one place, and the next one
// removes it. The environment belongs to the whole process; hence this is for
// commands, once.
func OwnTemporary() (remove func(), err error) {
	if _, err := os.UserCacheDir(); err != nil {
		// What is kept lies with the temporary files then, but for longer.
		os.Setenv("XDG_CACHE_HOME", os.TempDir())
	}
	dir, remove, err := sandbox.NewScratch()
	if err != nil {
		return nil, err
	}
	names := []string{"TMPDIR"}
	if os.Getenv("GOTMPDIR") != "" {
		names = append(names, "GOTMPDIR")
	}
	for _, name := range names {
		if err := os.Setenv(name, dir); err != nil {
			remove()
			return nil, err
		}
	}
	return remove, nil
}
