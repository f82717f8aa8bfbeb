package sandbox

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"syscall"

	"golang.org/x/sys/unix"
)

const (
	launcherName = "kata: launcher" // what the launcher is called as
	probeName    = "kata: probe"    // what a program is called as that ends at once

	firstGroup = 5 // descriptor of the first cgroup to join
)

// plan is what the launcher is told, in its only argument.
type plan struct {
	Level       Confinement
	Path        string
	Args        []string
	Dir         string
	Scratch     string
	Helper      string // "": no processes
	Interpreter string
	Libraries   []string
	UID         int // 0: the user stays
	Groups      int // cgroups to join
}

// The launcher has to be recognised before main, and before an init function
// of a package above this one can do anything.
func init() {
	switch os.Args[0] {
	case launcherName:
		fmt.Fprintf(os.Stderr, "sandbox: %v\n", launch())
		os.Exit(126)
	case probeName:
		os.Exit(0)
	}
}

// launch confines the current thread and makes it the program. It returns only
// if it fails. Other threads stay as they are, until exec ends them.
func launch() error {
	// Init functions run on the first thread, whose death signal is that of
	// the process, and which /proc/self is named after.
	runtime.LockOSThread()
	// To the scheduler of Go, a thread in exec is one that runs. While it waits
	// for the supervisor, that needs another processor, and a garbage
	// collection would wait for both.
	debug.SetGCPercent(-1)
	runtime.GOMAXPROCS(4)
	var p plan
	if len(os.Args) != 2 {
		return errors.New("the launcher is for the grader's use")
	}
	if err := json.Unmarshal([]byte(os.Args[1]), &p); err != nil {
		return err
	}
	steps := []struct {
		name string
		from Confinement
		do   func(plan) error
	}{
		{"cgroup", L3, join},
		{"private root", L2, privateRoot},
		{"working directory", L1, func(p plan) error { return os.Chdir(p.Dir) }},
		{"limits", L1, setLimits},
		{"privileges", L1, dropPrivileges},
		{"Landlock", L1, landlock},
	}
	for _, s := range steps {
		if p.Level < s.from {
			continue
		}
		if err := s.do(p); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
	}
	return execFiltered(p)
}

// join puts the launcher into the cgroups. Zero stands for whoever writes it.
func join(p plan) error {
	for i := range p.Groups {
		f := os.NewFile(uintptr(firstGroup+i), "cgroup.procs")
		_, err := f.WriteString("0")
		if err := errors.Join(err, f.Close()); err != nil {
			return err
		}
	}
	return nil
}

// Bounds of a process from L1 on. Address space and data cannot be limited:
// the race detector maps terabytes.
const (
	maxFile    = 64 << 20 // bytes of one file
	maxOpen    = 1024     // descriptors
	maxThreads = 1024     // threads, where those of others do not count
	// Below L2 all threads of the user count. It must leave room for them, and
	// be below the 10,000 at which Go gives up.
	maxUserThreads = 8192
)

func setLimits(p plan) error {
	threads := uint64(maxUserThreads)
	if p.Level >= L2 {
		threads = maxThreads
	}
	secs := uint64(maxCPU.Seconds())
	for _, l := range []struct {
		name string
		what int
		max  uint64
	}{
		{"file size", unix.RLIMIT_FSIZE, maxFile},
		{"threads", unix.RLIMIT_NPROC, threads}, // means nothing for root
		{"core", unix.RLIMIT_CORE, 0},
		{"cpu", unix.RLIMIT_CPU, secs},
		{"message queues", unix.RLIMIT_MSGQUEUE, 0},
		{"descriptors", unix.RLIMIT_NOFILE, maxOpen},
	} {
		var old syscall.Rlimit
		if err := syscall.Getrlimit(l.what, &old); err != nil {
			return fmt.Errorf("%s: %w", l.name, err)
		}
		n := min(old.Max, l.max)
		// Package syscall's, because exec restores the limit on descriptors
		// unless it was set through it.
		if err := syscall.Setrlimit(l.what, &syscall.Rlimit{Cur: n, Max: n}); err != nil {
			return fmt.Errorf("%s: %w", l.name, err)
		}
	}
	return nil
}

// dropPrivileges gives up all capabilities for good, and at L3 the user. It
// works on the current thread only, hence the system calls by number.
func dropPrivileges(p plan) error {
	for c := 0; ; c++ {
		// It ends behind the last capability, or at once for who has no
		// privileges and so may not give them up; no_new_privs keeps those out.
		if err := unix.Prctl(unix.PR_CAPBSET_DROP, uintptr(c), 0, 0, 0); err != nil {
			break
		}
	}
	if err := unix.Prctl(unix.PR_CAP_AMBIENT, unix.PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0); err != nil {
		return err
	}
	if p.UID != 0 {
		id := uintptr(p.UID)
		for _, call := range [][4]uintptr{{unix.SYS_SETGROUPS}, {unix.SYS_SETRESGID, id, id, id}, {unix.SYS_SETRESUID, id, id, id}} {
			if _, _, errno := syscall.RawSyscall(call[0], call[1], call[2], call[3]); errno != 0 {
				return fmt.Errorf("becoming user %s: %w", strconv.Itoa(p.UID), errno)
			}
		}
	}
	header := unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
	var none [2]unix.CapUserData
	if err := unix.Capset(&header, &none[0]); err != nil {
		return err
	}
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return err
	}
	// The kernel forgets the death signal when the user changes. If the grader
	// has died meanwhile, the other end of the request pipe is gone.
	if err := unix.Prctl(unix.PR_SET_PDEATHSIG, uintptr(unix.SIGKILL), 0, 0, 0); err != nil {
		return err
	}
	fds := []unix.PollFd{{Fd: 3}}
	if _, err := unix.Poll(fds, 0); err == nil && fds[0].Revents&unix.POLLHUP != 0 {
		return errors.New("the grader has gone")
	}
	return nil
}
