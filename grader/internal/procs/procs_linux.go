package procs

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Known tells whether this package knows anything on this system.
const Known = true

// List returns all processes that can be seen, ordered by number.
func List() []Process {
	var list []Process
	for _, pid := range numbers("/proc") {
		if p, ok := Look(pid); ok {
			list = append(list, p)
		}
	}
	return list
}

// Look returns what is known about a process; not ok if there is none of this
// number, not even a zombie.
func Look(pid int) (p Process, ok bool) {
	dir := "/proc/" + strconv.Itoa(pid)
	state, fields, ok := stat(dir)
	if !ok {
		return p, false
	}
	p = Process{PID: pid, State: state}
	p.Parent, _ = strconv.Atoi(fields[1])
	p.Session, _ = strconv.Atoi(fields[3])
	if p.State == Runs || p.State == Stopped {
		return p, true
	}
	// That is the first thread's state only. It may have ended before others: as
	// long as one is there, nobody can wait for the process.
	for _, tid := range numbers(dir + "/task") {
		switch state, _, ok := stat(dir + "/task/" + strconv.Itoa(tid)); {
		case !ok || state == Zombie:
		case state == Runs:
			p.State = Runs
			return p, true
		default:
			p.State = state
		}
	}
	return p, true
}

// Childless tells whether the calling process has no children, not even zombies.
// Other than the lists that [Descendants] reads, which may lack a process while
// another one ends, this is certain.
func Childless() bool {
	const anyChild = 0 // P_ALL
	_, _, errno := syscall.RawSyscall6(syscall.SYS_WAITID, anyChild, 0, 0, syscall.WEXITED|syscall.WNOHANG|syscall.WNOWAIT, 0, 0)
	return errno == syscall.ECHILD
}

// children returns the children of a process. Each belongs to the thread that
// has started it. A kernel may be built without these lists; then all processes
// have to be looked at.
func children(pid int) []int {
	dir := "/proc/" + strconv.Itoa(pid) + "/task"
	var list []int
	known := false
	for _, tid := range numbers(dir) {
		data, err := os.ReadFile(dir + "/" + strconv.Itoa(tid) + "/children")
		if err != nil {
			continue // the thread has ended
		}
		known = true
		for _, child := range strings.Fields(string(data)) {
			if n, err := strconv.Atoi(child); err == nil {
				list = append(list, n)
			}
		}
	}
	if known {
		return list
	}
	for _, p := range List() {
		if p.Parent == pid {
			list = append(list, p.PID)
		}
	}
	return list
}

// OthersRun tells whether a thread of the calling process runs, other than the
// calling one.
func OthersRun() bool {
	me := syscall.Gettid()
	for _, tid := range numbers("/proc/self/task") {
		if state, _, ok := stat("/proc/self/task/" + strconv.Itoa(tid)); ok && state == Runs && tid != me {
			return true
		}
	}
	return false
}

// Doze lets the calling thread sleep. Other than at the end of time.Sleep, no
// other thread is woken then to look for more work.
func Doze(d time.Duration) {
	left := syscall.NsecToTimespec(d.Nanoseconds())
	for d > 0 && syscall.Nanosleep(&left, &left) == syscall.EINTR {
	}
}

// stat reads the file stat of a process or thread. The fields are those from
// the state on. The name before them may hold anything, brackets as well.
func stat(dir string) (state State, fields []string, ok bool) {
	data, err := os.ReadFile(dir + "/stat")
	if err != nil {
		return "", nil, false
	}
	fields = strings.Fields(string(data[strings.LastIndexByte(string(data), ')')+1:]))
	if len(fields) < 4 {
		return "", nil, false
	}
	switch fields[0] {
	case "S", "I":
		state = Waits
		if returns(dir) {
			state = Runs
		}
	case "T", "t":
		state = Stopped
	case "Z":
		state = Zombie
	default: // also waiting for the disk, and dead but not gone yet, which is soon over
		state = Runs
	}
	return state, fields, true
}

// returns tells whether a process or thread that counts as waiting is on its way
// out of the system call. A thread in waitid, for one, counts as waiting until
// the process that it has waited for is gone altogether, and may lose the
// processor before that. The kernel answers when it knows what the thread is at
// (wait_task_inactive in kernel/sched/core.c); where it does not tell, the state
// has to do.
func returns(dir string) bool {
	call, err := os.ReadFile(dir + "/syscall")
	return err == nil && strings.HasPrefix(string(call), "running")
}

// numbers returns the entries of a directory that are numbers, sorted.
func numbers(dir string) []int {
	f, err := os.Open(dir)
	if err != nil {
		return nil
	}
	defer f.Close()
	names, _ := f.Readdirnames(-1)
	var ns []int
	for _, name := range names {
		if n, err := strconv.Atoi(name); err == nil {
			ns = append(ns, n)
		}
	}
	slices.Sort(ns)
	return ns
}

// Descriptor is an open descriptor of the calling process.
type Descriptor struct {
	Number int
	Target string // a path, or what the kernel calls it: "pipe:[4711]"
}

// Descriptors returns the open descriptors of the calling process in ascending
// order, but for those that the runtime of Go keeps for itself.
func Descriptors() []Descriptor {
	const dir = "/proc/self/fd"
	var list []Descriptor
	for _, n := range numbers(dir) {
		target, err := os.Readlink(filepath.Join(dir, strconv.Itoa(n)))
		if err != nil || strings.HasPrefix(target, "anon_inode:[event") { // gone, or the poller's
			continue
		}
		if target == "/proc" || strings.HasPrefix(target, "/proc/") {
			continue // what somebody in this package is reading
		}
		list = append(list, Descriptor{n, target})
	}
	slices.SortFunc(list, func(a, b Descriptor) int { return cmp.Compare(a.Number, b.Number) })
	return list
}

// Adopt makes the calling process the parent of every descendant whose parent
// ends. (PR_SET_CHILD_SUBREAPER, prctl(2).)
func Adopt() {
	const setChildSubreaper = 36
	syscall.RawSyscall(syscall.SYS_PRCTL, setChildSubreaper, 1, 0)
}
