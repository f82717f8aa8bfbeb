package build

import (
	"os/exec"

	"golang.org/x/sys/unix"
)

// limit bounds a process that has just been started.
func limit(cmd *exec.Cmd) error {
	for what, most := range map[int]uint64{
		unix.RLIMIT_CPU:  uint64(maxCPU.Seconds()),
		unix.RLIMIT_DATA: maxMemory,
		unix.RLIMIT_CORE: 0,
	} {
		if err := unix.Prlimit(cmd.Process.Pid, what, &unix.Rlimit{Cur: most, Max: most}, nil); err != nil && err != unix.ESRCH {
			return err
		}
	}
	return nil
}
