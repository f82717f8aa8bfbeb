package sandbox

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"slices"
	"syscall"
	"unsafe"

	seccomp "github.com/elastic/go-seccomp-bpf"
	"github.com/elastic/go-seccomp-bpf/arch"
	"golang.org/x/net/bpf"
	"golang.org/x/sys/unix"
)

const (
	deny     = seccomp.ActionErrno | seccomp.Action(unix.EPERM)
	noAccess = seccomp.ActionErrno | seccomp.Action(unix.EACCES)
	absent   = seccomp.ActionErrno | seccomp.Action(unix.ENOSYS)
)

// refused are the system calls that a program may not make at all, unless
// family lists them. Allowing
// only what is known would be safer, and would break with every new release of
// Go, of the C library and of the race detector.
var refused = []struct {
	why    string
	action seccomp.Action
	names  []string
}{
	{"the C library falls back to clone, whose flags can be looked at", absent, []string{"clone3"}},
	{"starts processes", deny, []string{"fork", "vfork", "execveat"}},
	{"leaves the process group, by which everything is ended", deny, []string{"setsid", "setpgid"}},
	{"reaches into other processes", deny, []string{
		"ptrace", "process_vm_readv", "process_vm_writev", "process_madvise", "process_mrelease", "kcmp",
		"pidfd_open", "pidfd_getfd", "pidfd_send_signal", "tkill", "rt_sigqueueinfo",
		"setpriority", "ioprio_set", "move_pages", "migrate_pages",
	}},
	{"reaches other machines and other processes", noAccess, []string{"socket", "socketpair"}},
	{"does what the filter does not see", deny, []string{"io_uring_setup", "io_uring_enter", "io_uring_register"}},
	{"a filter of the program's own would come before the launcher's for exec", deny, []string{"seccomp"}},
	{"memory and messages that belong to no process, or outlive it", deny, []string{
		"memfd_create", "memfd_secret", "shmget", "shmat", "shmctl", "msgget", "msgsnd", "msgrcv", "msgctl",
		"semget", "semop", "semtimedop", "semctl", "mq_open", "mq_unlink", "add_key", "keyctl", "request_key",
	}},
	{"changes files without opening them, which Landlock does not see", deny, []string{
		"chmod", "fchmod", "fchmodat", "fchmodat2", "chown", "lchown", "fchown", "fchownat",
		"utime", "utimes", "futimesat", "utimensat",
		"setxattr", "lsetxattr", "fsetxattr", "setxattrat", "removexattr", "lremovexattr", "fremovexattr", "removexattrat",
	}},
	{"makes namespaces and mounts, and leaves the root directory", deny, []string{
		"unshare", "setns", "mount", "umount2", "pivot_root", "chroot", "open_tree", "move_mount",
		"fsopen", "fsconfig", "fsmount", "fspick", "mount_setattr", "name_to_handle_at", "open_by_handle_at",
	}},
	{"large parts of the kernel that no exercise needs", deny, []string{
		"bpf", "perf_event_open", "userfaultfd", "fanotify_init", "fanotify_mark", "quotactl", "quotactl_fd", "personality",
		"reboot", "swapon", "swapoff", "acct", "syslog", "vhangup", "iopl", "ioperm", "modify_ldt",
		"init_module", "finit_module", "delete_module", "kexec_load", "kexec_file_load",
		"settimeofday", "clock_settime", "clock_adjtime", "adjtimex", "sethostname", "setdomainname",
		"uselib", "nfsservctl", "_sysctl", "lookup_dcookie",
	}},
}

// family are the calls that a program with a helper may make all the same. What
// it has started is ended by its session, or by its process namespace.
var family = map[Confinement][]string{
	L1: {"setpgid"},
	L2: {"setpgid", "setsid", "pidfd_open", "pidfd_send_signal"},
}

// prctls are the operations of prctl that a program may use. Among the others
// is the one by which it would outlive the grader.
var prctls = []uint64{
	unix.PR_GET_PDEATHSIG, unix.PR_GET_DUMPABLE, unix.PR_SET_NAME, unix.PR_GET_NAME,
	unix.PR_GET_SECCOMP, unix.PR_GET_NO_NEW_PRIVS, unix.PR_SET_VMA,
}

// filter returns the filter for the program in process pid, which is the
// current one.
func filter(p plan, pid int) ([]unix.SockFilter, error) {
	info, err := arch.GetInfo("")
	if err != nil {
		return nil, err
	}
	self := uint64(pid)
	groups := conditional(self)
	var allowed []string
	if p.Helper != "" {
		groups = conditionalFamily()
		allowed = family[min(p.Level, L2)]
	}
	for _, r := range refused {
		// Some calls are not known on every kind of processor.
		names := slices.DeleteFunc(slices.Clone(r.names), func(name string) bool {
			_, known := info.SyscallNames[name]
			return !known || slices.Contains(allowed, name)
		})
		groups = append(groups, seccomp.SyscallGroup{Names: names, Action: r.action})
	}
	if p.Helper == "" {
		groups = append(groups, seccomp.SyscallGroup{Names: []string{"execve"}, Action: seccomp.ActionUserNotify})
	}
	policy := seccomp.Policy{DefaultAction: seccomp.ActionAllow, Syscalls: groups}
	body, err := policy.Assemble()
	if err != nil {
		return nil, err
	}
	last := 0
	for nr := range info.SyscallNumbers {
		last = max(last, nr)
	}
	// The library lets pass what is not meant for its processor, that is, all
	// calls in 32-bit mode, so that is refused here first. Calls that are newer
	// than its table do not exist: programs are prepared for that.
	head := []bpf.Instruction{
		bpf.LoadAbsolute{Off: 4, Size: 4},
		bpf.JumpIf{Cond: bpf.JumpEqual, Val: uint32(info.ID), SkipTrue: 1},
		bpf.RetConstant{Val: uint32(seccomp.ActionKillProcess)},
		bpf.LoadAbsolute{Off: 0, Size: 4},
		bpf.JumpIf{Cond: bpf.JumpLessThan, Val: 1 << 30, SkipTrue: 1},
		bpf.RetConstant{Val: uint32(seccomp.ActionKillProcess)}, // x32
		bpf.JumpIf{Cond: bpf.JumpLessOrEqual, Val: uint32(last), SkipTrue: 1},
		bpf.RetConstant{Val: uint32(absent)},
	}
	raw, err := bpf.Assemble(append(head, body...))
	if err != nil {
		return nil, err
	}
	filter := make([]unix.SockFilter, len(raw))
	for i, in := range raw {
		filter[i] = unix.SockFilter{Code: in.Op, Jt: in.Jt, Jf: in.Jf, K: in.K}
	}
	return filter, nil
}

// conditional returns the groups for calls that depend on their arguments. The
// kernel ignores the upper half of an argument that is an int, and the filter
// compares all of it. Hence each condition is that the argument is not a
// certain value, or it is joined by one on the upper half.
func conditional(self uint64) []seccomp.SyscallGroup {
	return []seccomp.SyscallGroup{{Action: deny, NamesWithCondtions: append([]seccomp.NameWithConditions{
		where("clone", seccomp.ArgumentConditions{{Argument: 0, Operation: seccomp.BitsNotSet, Value: unix.CLONE_THREAD}}),
		// Go preempts its threads with tgkill.
		where("kill", not(0, self)),
		where("tgkill", not(0, self)),
		where("rt_tgsigqueueinfo", not(0, self)),
		where("prlimit64", not(0, 0, self)),
		where("prctl", not(0, prctls...)),
	}, always...)}}
}

// conditionalFamily returns them for a program that starts processes. It may
// not make namespaces for them. Whom it may signal is up to Landlock, or to its
// process namespace.
func conditionalFamily() []seccomp.SyscallGroup {
	calls := []seccomp.NameWithConditions{
		where("prlimit64", not(0, 0)),
		where("prctl", not(0, append([]uint64{unix.PR_SET_CHILD_SUBREAPER}, prctls...)...)),
	}
	for _, flag := range namespaceFlags {
		calls = append(calls, where("clone", seccomp.ArgumentConditions{{Argument: 0, Operation: seccomp.BitsSet, Value: flag}}))
	}
	return []seccomp.SyscallGroup{{Action: deny, NamesWithCondtions: append(calls, always...)}}
}

// namespaceFlags are the flags of clone by which a process gets namespaces of
// its own.
var namespaceFlags = []uint64{
	unix.CLONE_NEWUSER, unix.CLONE_NEWPID, unix.CLONE_NEWNET, unix.CLONE_NEWNS, unix.CLONE_NEWIPC, unix.CLONE_NEWUTS, unix.CLONE_NEWCGROUP,
}

// always are the conditions that apply to every program.
var always = []seccomp.NameWithConditions{
	where("sched_setaffinity", not(0, 0)),
	where("sched_setscheduler", not(0, 0)),
	where("sched_setparam", not(0, 0)),
	where("sched_setattr", not(0, 0)),
	// Ownership of a descriptor sends signals to whoever is named.
	where("fcntl", seccomp.ArgumentConditions{{Argument: 1, Operation: seccomp.BitsSet, Value: 0xffffffff << 32}}),
	where("fcntl", seccomp.ArgumentConditions{{Argument: 1, Operation: seccomp.Equal, Value: unix.F_SETOWN}}),
	where("fcntl", seccomp.ArgumentConditions{{Argument: 1, Operation: seccomp.Equal, Value: unix.F_SETOWN_EX}}),
}

func where(name string, cs seccomp.ArgumentConditions) seccomp.NameWithConditions {
	return seccomp.NameWithConditions{Name: name, Conditions: cs}
}

// not is the condition that an argument is none of some values.
func not(arg uint32, values ...uint64) (cs seccomp.ArgumentConditions) {
	for _, v := range values {
		cs = append(cs, seccomp.Condition{Argument: arg, Operation: seccomp.NotEqual, Value: v})
	}
	return cs
}

// execFiltered installs the filter and becomes the program.
//
// The filter refuses exec, and the program is started by exec. So it asks a
// supervisor about it, which is another thread of the launcher, without the
// filter. That lets pass the one exec which ends it, together with the
// descriptor that the questions come from, and a question that nobody can
// answer is refused. Unlike a filter that lets pass one exact call, this leaves
// nothing that the program could imitate. (seccomp_unotify(2), since Linux 5.5.)
//
// Go starts no thread while it is in exec. Were the supervisor a goroutine that
// still needs one then, both would wait for ever. So it has its thread before,
// on which it waits in a system call for the descriptor. Nothing may take the
// thread away from it meanwhile: see unhurried.
func execFiltered(p plan) error {
	code, err := filter(p, os.Getpid())
	if err != nil {
		return fmt.Errorf("seccomp: %w", err)
	}
	prog := unix.SockFprog{Len: uint16(len(code)), Filter: &code[0]}
	var pipe [2]int
	if err := unix.Pipe2(pipe[:], unix.O_CLOEXEC); err != nil {
		return err
	}
	var ready [2]int
	if err := unix.Pipe2(ready[:], unix.O_CLOEXEC); err != nil {
		return err
	}
	go supervise(pipe[0], ready[1])
	var listener [8]byte
	if _, err := unix.Read(ready[0], listener[:1]); err != nil {
		return err
	}
	fd, _, errno := syscall.RawSyscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER,
		unix.SECCOMP_FILTER_FLAG_NEW_LISTENER, uintptr(unsafe.Pointer(&prog)))
	if errno == unix.EBUSY {
		return errors.New("seccomp: a supervisor is there already, that of the container; allow the container to do without")
	} else if errno != 0 {
		return fmt.Errorf("seccomp: %w; Linux 5.5 or later is needed", errno)
	}
	binary.NativeEndian.PutUint64(listener[:], uint64(fd))
	if _, err := unix.Write(pipe[1], listener[:]); err != nil {
		return fmt.Errorf("seccomp: %w", err)
	}
	return fmt.Errorf("%s: %w", p.Path, syscall.Exec(p.Path, p.Args, hurried(os.Environ())))
}

// notification and response are struct seccomp_notif and seccomp_notif_resp.
type notification struct {
	id         uint64
	pid, flags uint32
	data       [8]uint64
}

type response struct {
	id    uint64
	val   int64
	errno int32
	flags uint32
}

// unhurried is a variable for the launcher alone. Without it Go interrupts a
// goroutine that has run for long, which on a busy machine is any, and lets
// others have its thread. It must be in the environment when a process starts.
const unhurried = "GODEBUG=asyncpreemptoff=1"

// hurried returns the environment of the program.
func hurried(env []string) []string {
	return slices.DeleteFunc(env, func(v string) bool { return v == unhurried })
}

// supervise lets exec pass until that ends it. It says by a byte that it is
// there, and reads from a pipe the descriptor that the questions come from. A
// signal to the thread that asks, as Go sends when a thread runs for long,
// withdraws the question, and the answer with it; then the same is asked anew.
// Nobody else has the filter yet. If there is no answer to be had, closing the
// listener refuses the call.
//
// It makes its calls without telling Go's scheduler, which would take the
// thread for one that has to be replaced while it waits.
func supervise(pipe, ready int) {
	var data [8]byte
	syscall.RawSyscall(unix.SYS_WRITE, uintptr(ready), uintptr(unsafe.Pointer(&data)), 1)
	for {
		_, _, errno := syscall.RawSyscall(unix.SYS_READ, uintptr(pipe), uintptr(unsafe.Pointer(&data)), uintptr(len(data)))
		if errno == 0 {
			break
		}
		if errno != unix.EINTR {
			return
		}
	}
	listener := uintptr(binary.NativeEndian.Uint64(data[:]))
	for {
		var n notification // zero, the kernel insists
		_, _, errno := syscall.RawSyscall(unix.SYS_IOCTL, listener, unix.SECCOMP_IOCTL_NOTIF_RECV, uintptr(unsafe.Pointer(&n)))
		if errno == unix.EINTR || errno == unix.ENOENT {
			continue
		}
		if errno != 0 {
			break
		}
		r := response{id: n.id, flags: unix.SECCOMP_USER_NOTIF_FLAG_CONTINUE}
		syscall.RawSyscall(unix.SYS_IOCTL, listener, unix.SECCOMP_IOCTL_NOTIF_SEND, uintptr(unsafe.Pointer(&r)))
	}
	unix.Close(int(listener))
}
