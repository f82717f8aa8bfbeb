//go:build unix

package sandbox

import (
	"os"
	"syscall"
)

// channel returns the two ends of a connection, ours and the program's. It has
// no name by which anybody could open it.
func channel() (ours, theirs *os.File, err error) {
	syscall.ForkLock.RLock() // a process that is started meanwhile must not get them
	fds, err := syscall.Socketpair(syscall.AF_UNIX, syscall.SOCK_STREAM, 0)
	if err == nil {
		syscall.CloseOnExec(fds[0])
		syscall.CloseOnExec(fds[1])
	}
	syscall.ForkLock.RUnlock()
	if err != nil {
		return nil, nil, os.NewSyscallError("socketpair", err)
	}
	if err := syscall.SetNonblock(fds[0], true); err != nil { // so that Close ends a Read
		syscall.Close(fds[0])
		syscall.Close(fds[1])
		return nil, nil, os.NewSyscallError("setnonblock", err)
	}
	return os.NewFile(uintptr(fds[0]), "channel"), os.NewFile(uintptr(fds[1]), "channel"), nil
}
