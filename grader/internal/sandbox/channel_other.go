//go:build !unix

package sandbox

import (
	"errors"
	"os"
)

// channel is not possible where a process gets no descriptors but the three
// standard ones.
func channel() (ours, theirs *os.File, err error) {
	return nil, nil, errors.New("programs cannot be run here: they need descriptors that this system does not pass on; use Linux or macOS")
}
