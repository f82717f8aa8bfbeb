package sandbox

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"

	"golang.org/x/sys/unix"
)

// stranger is the user of a program at L3: nobody, as whom nothing of
// importance runs and to whom no file belongs.
const stranger = 65534

// cgroupName is the cgroup below which those of the programs are made. It has
// to be made by whoever rules the machine: the cgroup that the grader itself
// was started in belongs to somebody who counts on it.
const cgroupName = "gokata"

// resource is a controller and its limits, by version of the interface.
type resource struct {
	controller string
	v1, v2     [][2]string // file and value
}

// limits are those of L3, per process. Processor time is two of them at full
// speed, for the program and its garbage collector.
var limits = []resource{
	{"memory",
		[][2]string{{"memory.limit_in_bytes", strconv.Itoa(maxRSS)}},
		[][2]string{{"memory.max", strconv.Itoa(maxRSS)}, {"memory.oom.group", "1"}}},
	{"pids",
		[][2]string{{"pids.max", strconv.Itoa(maxThreads)}},
		[][2]string{{"pids.max", strconv.Itoa(maxThreads)}}},
	{"cpu",
		[][2]string{{"cpu.cfs_period_us", "100000"}, {"cpu.cfs_quota_us", "200000"}},
		[][2]string{{"cpu.max", "200000 100000"}}},
}

// cgroupRoots returns where the hierarchies of cgroups are mounted: the one of
// version 2 under "", those of version 1 under their controllers.
func cgroupRoots() map[string]string {
	roots := map[string]string{}
	data, err := os.ReadFile("/proc/self/mountinfo")
	if err != nil {
		return roots
	}
	for line := range strings.Lines(string(data)) {
		// id parent dev root mountpoint options … - type source superoptions
		left, right, _ := strings.Cut(line, " - ")
		l, r := strings.Fields(left), strings.Fields(right)
		if len(l) < 5 || len(r) < 3 {
			continue
		}
		switch r[0] {
		case "cgroup2":
			roots[""] = l[4]
		case "cgroup":
			for option := range strings.SplitSeq(r[2], ",") {
				roots[option] = l[4]
			}
		}
	}
	return roots
}

// cgroup is the cgroup of one process: a directory in version 2, one per
// controller in version 1. The directories are locked until they are removed.
type cgroup struct {
	dirs  []string
	locks []*os.File
}

var cgroups atomic.Int64

// newGroup makes a cgroup with the given limits in the hierarchies.
func newGroup(roots map[string]string, limits []resource) (*cgroup, error) {
	name := fmt.Sprintf("%d-%d", os.Getpid(), cgroups.Add(1))
	g := &cgroup{}
	made := map[string]bool{}
	for _, l := range limits {
		parent, files, err := home(roots, l)
		if err == nil && !made[parent] {
			made[parent] = true
			err = g.add(parent, name)
		}
		for _, f := range files {
			if err == nil {
				err = os.WriteFile(filepath.Join(parent, name, f[0]), []byte(f[1]), 0o644)
			}
		}
		if err != nil {
			g.remove()
			return nil, fmt.Errorf("sandbox: cgroup for %s: %w", l.controller, err)
		}
	}
	return g, nil
}

// add makes a directory in parent, and removes those that a grader which was
// killed has left there. The lock on parent keeps other graders from taking the
// new directory for one of these before it is locked.
func (g *cgroup) add(parent, name string) error {
	guard, err := os.Open(parent)
	if err != nil {
		return err
	}
	defer guard.Close()
	if err := lock(guard, unix.LOCK_EX); err != nil {
		return err
	}
	sweep(parent)
	dir := filepath.Join(parent, name)
	if err := os.Mkdir(dir, 0o755); err != nil {
		return err
	}
	g.dirs = append(g.dirs, dir)
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	g.locks = append(g.locks, f)
	return lock(f, unix.LOCK_EX|unix.LOCK_NB)
}

// home returns the directory below which the cgroups for a controller are
// made, and the files to write there.
func home(roots map[string]string, l resource) (dir string, files [][2]string, err error) {
	if root, ok := roots[l.controller]; ok {
		dir = filepath.Join(root, cgroupName)
		if _, err := os.Stat(dir); err != nil {
			return "", nil, fmt.Errorf("%w; make it with: mkdir %s", err, dir)
		}
		return dir, l.v1, nil
	}
	root, ok := roots[""]
	if !ok {
		return "", nil, errors.New("no hierarchy is mounted; mount one with: mount -t cgroup2 none /sys/fs/cgroup")
	}
	dir = filepath.Join(root, cgroupName)
	passed, err := os.ReadFile(filepath.Join(dir, "cgroup.subtree_control"))
	if errors.Is(err, fs.ErrNotExist) || err == nil && !strings.Contains(" "+strings.TrimSpace(string(passed))+" ", " "+l.controller+" ") {
		return "", nil, fmt.Errorf("%s does not exist or does not pass it on; set it up with: mkdir -p %s && echo '+memory +pids +cpu' | tee %s/cgroup.subtree_control %s/cgroup.subtree_control", dir, dir, root, dir)
	}
	return dir, l.v2, err
}

// sweep removes the cgroups in parent that nobody holds a lock on.
func sweep(parent string) {
	entries, _ := os.ReadDir(parent)
	for _, e := range entries {
		if !e.IsDir() {
			continue
		}
		dir := filepath.Join(parent, e.Name())
		f, err := os.Open(dir)
		if err != nil {
			continue
		}
		if lock(f, unix.LOCK_EX|unix.LOCK_NB) == nil {
			unix.Rmdir(dir) // fails while a process is in it
		}
		f.Close()
	}
}

// open opens what a process has to write to in order to join the cgroup.
func (g *cgroup) open() ([]*os.File, error) {
	var files []*os.File
	for _, dir := range g.dirs {
		f, err := os.OpenFile(filepath.Join(dir, "cgroup.procs"), os.O_WRONLY, 0)
		if err != nil {
			return files, err
		}
		files = append(files, f)
	}
	return files, nil
}

// starved tells whether the system has ended a process because the cgroup was at
// its limit of memory. That is sooner than the grader looks when a program asks
// for much at once.
func (g *cgroup) starved() bool {
	for _, dir := range g.dirs {
		for _, file := range []string{"memory.oom_control", "memory.events"} { // of version 1 and 2
			data, err := os.ReadFile(filepath.Join(dir, file))
			if err != nil {
				continue
			}
			for line := range strings.Lines(string(data)) {
				if n, ok := strings.CutPrefix(strings.TrimSpace(line), "oom_kill "); ok && n != "0" {
					return true
				}
			}
		}
	}
	return false
}

// remove removes the cgroup, whose process has ended.
func (g *cgroup) remove() {
	for _, dir := range g.dirs {
		unix.Rmdir(dir)
	}
	for _, f := range g.locks {
		f.Close()
	}
}
