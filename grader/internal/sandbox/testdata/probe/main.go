// Command probe tries what a program must not do, and says what came of it. It
// speaks the grader's way: a line with an act on descriptor 3, a line with the
// outcome on descriptor 4, until descriptor 3 is closed.
package main

import (
	"bufio"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

func main() {
	syscall.CloseOnExec(3)
	syscall.CloseOnExec(4)
	in, out := bufio.NewScanner(os.NewFile(3, "in")), os.NewFile(4, "out")
	for in.Scan() {
		act, arg, _ := strings.Cut(in.Text(), " ")
		do, ok := acts[act]
		if !ok {
			fmt.Fprintln(out, "no such act:", act)
			continue
		}
		err := do(arg)
		var errno syscall.Errno
		switch {
		case err == nil:
			fmt.Fprintln(out, "done")
		case errors.As(err, &errno):
			fmt.Fprintln(out, unix.ErrnoName(errno))
		default:
			fmt.Fprintln(out, strings.ReplaceAll(err.Error(), "\n", " "))
		}
	}
}

// call makes a system call and returns its error alone.
func call(nr uintptr, args ...uintptr) error {
	var a [6]uintptr
	copy(a[:], args)
	if _, _, errno := syscall.Syscall6(nr, a[0], a[1], a[2], a[3], a[4], a[5]); errno != 0 {
		return errno
	}
	return nil
}

func stay() *exec.Cmd {
	r, w, err := os.Pipe()
	if err != nil {
		panic(err)
	}
	cmd := exec.Command("/proc/self/exe")
	cmd.ExtraFiles = []*os.File{r, w}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	return cmd
}

func socket(family, kind, proto int) error {
	fd, err := unix.Socket(family, kind, proto)
	if err == nil {
		unix.Close(fd)
	}
	return err
}

var acts = map[string]func(arg string) error{
	"nothing": func(string) error { return nil },
	"read":    func(path string) error { _, err := os.ReadFile(path); return err },
	"list":    func(path string) error { _, err := os.ReadDir(path); return err },
	"stat":    func(path string) error { _, err := os.Stat(path); return err },
	"write":   func(path string) error { return os.WriteFile(path, []byte("x"), 0o666) },
	"chmod":   func(path string) error { return os.Chmod(path, 0o600) },
	"truncate": func(path string) error {
		return os.Truncate(path, 0)
	},
	"scratch": func(string) error {
		dir, err := os.MkdirTemp("", "a")
		if err != nil {
			return err
		}
		file := filepath.Join(dir, "b")
		if err := os.WriteFile(file, []byte("x"), 0o666); err != nil {
			return err
		}
		if err := os.Rename(file, filepath.Join(os.TempDir(), "c")); err != nil {
			return err
		}
		return os.RemoveAll(dir)
	},
	"environ": func(string) error {
		data, err := os.ReadFile("/proc/self/environ")
		if err == nil && !strings.Contains(string(data), "GORACE=") {
			err = errors.New("GORACE is not in it")
		}
		return err
	},
	"tcp":      func(addr string) error { _, err := net.Dial("tcp", addr); return err },
	"listen":   func(string) error { _, err := net.Listen("tcp", "127.0.0.1:0"); return err },
	"udp":      func(string) error { return socket(unix.AF_INET, unix.SOCK_DGRAM, 0) },
	"mptcp":    func(string) error { return socket(unix.AF_INET, unix.SOCK_STREAM, unix.IPPROTO_MPTCP) },
	"netlink":  func(string) error { return socket(unix.AF_NETLINK, unix.SOCK_RAW, 0) },
	"unix":     func(addr string) error { _, err := net.Dial("unix", addr); return err },
	"ptrace":   func(pid string) error { return call(unix.SYS_PTRACE, unix.PTRACE_ATTACH, number(pid)) },
	"kill":     func(pid string) error { return call(unix.SYS_KILL, number(pid), 0) },
	"kill-all": func(string) error { return syscall.Kill(-1, 0) },
	"tgkill":   func(pid string) error { return call(unix.SYS_TGKILL, number(pid), number(pid), 0) },
	"kill-self": func(string) error {
		return call(unix.SYS_TGKILL, uintptr(os.Getpid()), uintptr(syscall.Gettid()), 0)
	},
	"exec":    func(string) error { return exec.Command("/proc/self/exe").Run() },
	"replace": func(string) error { return syscall.Exec("/proc/self/exe", []string{"x"}, nil) },
	"run":     func(path string) error { return exec.Command(path).Run() },
	"fifo":    func(string) error { return unix.Mkfifo(filepath.Join(os.TempDir(), "fifo"), 0o600) },
	"adopt":   func(string) error { return unix.Prctl(unix.PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) },
	"namespace": func(string) error {
		cmd := exec.Command("/proc/self/exe")
		cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: unix.CLONE_NEWUSER}
		return cmd.Run()
	},
	// A process in a group of its own that nobody but the sandbox ends: it waits
	// for what it would have to say itself.
	"stay": func(string) error { return stay().Start() },
	"multiply": func(string) error {
		for {
			if err := stay().Start(); err != nil {
				time.Sleep(time.Hour) // it has come to a limit, and they all stay
			}
		}
	},
	"clone3": func(string) error {
		var args [11]uint64 // asks for a new process, with a size that is valid
		return call(unix.SYS_CLONE3, uintptr(unsafe.Pointer(&args[0])), 0)
	},
	"fork":       func(string) error { return call(unix.SYS_CLONE, uintptr(unix.SIGCHLD)) },
	"setsid":     func(string) error { _, err := syscall.Setsid(); return err },
	"io_uring":   func(string) error { return call(unix.SYS_IO_URING_SETUP, 0, 0) },
	"seccomp":    func(string) error { return call(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER, 0, 0) },
	"unshare":    func(string) error { return unix.Unshare(unix.CLONE_NEWUSER) },
	"memfd":      func(string) error { _, err := unix.MemfdCreate("x", 0); return err },
	"outlive":    func(string) error { return unix.Prctl(unix.PR_SET_PDEATHSIG, 0, 0, 0, 0) },
	"outlive-hi": func(string) error { return call(unix.SYS_PRCTL, unix.PR_SET_PDEATHSIG|1<<32, 0) },
	"own-fd":     func(pid string) error { return call(unix.SYS_FCNTL, 3, unix.F_SETOWN, number(pid)) },
	"own-fd-hi":  func(pid string) error { return call(unix.SYS_FCNTL, 3, unix.F_SETOWN|1<<32, number(pid)) },
	"x32":        func(string) error { return call(1<<30 | unix.SYS_GETPID) },
	"newest":     func(string) error { return call(1000) },
	"root":       func(string) error { return syscall.Setuid(0) },
	"uid":        func(string) error { return errors.New(strconv.Itoa(os.Getuid())) },
	"fds": func(string) error {
		for {
			if _, err := os.Open("/dev/null"); err != nil {
				return err
			}
		}
	},
	"threads": func(string) error { // each blocks in a system call
		var wg sync.WaitGroup
		var r [2]int
		if err := syscall.Pipe(r[:]); err != nil {
			return err
		}
		for range 200 {
			wg.Go(func() { syscall.Read(r[0], make([]byte, 1)) })
		}
		syscall.Close(r[1])
		wg.Wait()
		return nil
	},
	"memory": func(string) error {
		var all [][]byte
		for {
			b := make([]byte, 64<<20)
			for i := 0; i < len(b); i += 4096 {
				b[i] = 1
			}
			all = append(all, b)
			_ = all
		}
	},
	"big-file": func(string) error {
		f, err := os.CreateTemp("", "big")
		if err != nil {
			return err
		}
		defer f.Close()
		return f.Truncate(1 << 40)
	},
	"many-files": func(string) error {
		for {
			f, err := os.CreateTemp("", "many")
			if err != nil {
				return err
			}
			f.Close()
		}
	},
	"print": func(mebibytes string) error {
		_, err := os.Stdout.Write(make([]byte, number(mebibytes)<<20))
		return err
	},
	"flood": func(string) error {
		for {
			println("more")
		}
	},
	"hide": func(string) error {
		dir := filepath.Join(os.TempDir(), "hidden")
		if err := os.Mkdir(dir, 0o300); err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(dir, "file"), nil, 0o600)
	},
	"race": func(string) error {
		var wg sync.WaitGroup
		n := 0
		for range 2 {
			wg.Go(func() { n++ })
		}
		wg.Wait()
		return nil
	},
	"log": func(string) error {
		logs, err := filepath.Glob(filepath.Join(os.TempDir(), "race.*"))
		if err != nil || len(logs) == 0 {
			return errors.New("no log")
		}
		data, err := os.ReadFile(logs[0])
		if err == nil && !strings.Contains(string(data), "DATA RACE") {
			err = errors.New("no race in the log")
		}
		return err
	},
}

func number(s string) uintptr {
	n, err := strconv.Atoi(s)
	if err != nil {
		panic(err)
	}
	return uintptr(n)
}
