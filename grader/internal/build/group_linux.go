package build

import (
	"os/exec"
	"syscall"
)

// ownGroup puts the command into a process group of its own, and makes its
// cancellation end the whole group. If the grader is killed, the command is
// too; the compilers that the go command has started come to their own end.
func ownGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}
