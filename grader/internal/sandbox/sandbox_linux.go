package sandbox

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"syscall"

	"golang.org/x/sys/unix"

	"example.com/gokata/grader/internal/procs"
)

// confinement is what a process needs beyond the process itself.
type confinement struct {
	group *cgroup
	joins []*os.File // files of the group that the launcher writes to
	proc  *os.File   // the process's directory in /proc
}

// confine makes the process end with the grader, and its group with it, and
// from L1 on puts the launcher in front of the program.
func confine(p *Process, prog Program) error {
	// Whoever starts processes may make groups of them; a session holds all.
	family := prog.Helper != ""
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: !family, Setsid: family, Pdeathsig: syscall.SIGKILL}
	p.cmd.Cancel = func() error { killGroup(p.cmd); return nil }
	if prog.Level == L0 {
		return nil
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	pl := plan{Level: prog.Level, Path: prog.Path, Args: prog.args, Dir: p.cmd.Dir, Scratch: prog.Scratch, Helper: prog.Helper}
	if pl.Args == nil {
		pl.Args = []string{prog.Path}
	}
	if pl.Interpreter, pl.Libraries, err = linked(prog.Path); err != nil {
		return fmt.Errorf("sandbox: %w", err)
	}
	if prog.Level >= L2 {
		if err := namespaces(p.cmd.SysProcAttr); err != nil {
			return err
		}
	}
	if prog.Level >= L3 {
		pl.UID = stranger
		if err := os.Chown(prog.Scratch, stranger, stranger); err != nil {
			return fmt.Errorf("sandbox: %w", err)
		}
		if p.confinement.group, err = newGroup(cgroupRoots(), limits); err != nil {
			return err
		}
		if p.confinement.joins, err = p.confinement.group.open(); err != nil {
			return err
		}
		p.cmd.ExtraFiles = append(p.cmd.ExtraFiles, p.confinement.joins...)
		pl.Groups = len(p.confinement.joins)
	}
	data, err := json.Marshal(pl)
	if err != nil {
		return err
	}
	p.cmd.Path, p.cmd.Args = self, []string{launcherName, string(data)}
	p.cmd.Env = append(p.cmd.Env, unhurried)
	p.cmd.Dir = "" // the launcher goes there when it has made the root directory
	return nil
}

// started keeps the process's directory in /proc open: Landlock knows a
// directory by its inode, and /proc makes a new one for a directory that it
// forgot because nobody used it. The race detector would then be refused its
// own environment, and with it where to write its log.
func (c *confinement) started(pid int) {
	c.proc, _ = os.Open("/proc/" + strconv.Itoa(pid))
	for _, f := range c.joins {
		f.Close()
	}
	c.joins = nil
}

// starved tells whether the system has ended a process for want of memory. It is
// known until the end.
func (c *confinement) starved() bool { return c.group != nil && c.group.starved() }

// end removes what was made.
func (c *confinement) end() {
	if c.proc != nil {
		c.proc.Close()
	}
	for _, f := range c.joins {
		f.Close()
	}
	if c.group != nil {
		c.group.remove()
	}
}

// killSession ends what has been started by a process that has ended itself. It
// tries again while there is somebody left, who might just have started another.
func killSession(cmd *exec.Cmd) {
	for range 1000 {
		left := 0
		for _, p := range procs.Session(cmd.Process.Pid) {
			if p.State != procs.Zombie {
				left++
				syscall.Kill(p.PID, syscall.SIGKILL)
			}
		}
		if left == 0 {
			return
		}
		runtime.Gosched()
	}
}

func killGroup(cmd *exec.Cmd) { syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }

// limit bounds the processor time; the kernel ends what exceeds it.
func limit(pid int) {
	secs := uint64(maxCPU.Seconds())
	unix.Prlimit(pid, unix.RLIMIT_CPU, &unix.Rlimit{Cur: secs, Max: secs}, nil)
	unix.Prlimit(pid, unix.RLIMIT_CORE, &unix.Rlimit{}, nil)
}

// resident returns the bytes of memory a process occupies, 0 if that cannot
// be said.
func resident(pid int) int64 {
	data, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/statm")
	if err != nil {
		return 0
	}
	fields := bytes.Fields(data)
	if len(fields) < 2 {
		return 0
	}
	pages, _ := strconv.ParseInt(string(fields[1]), 10, 64)
	return pages * int64(os.Getpagesize())
}
