package sandbox

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	ll "github.com/landlock-lsm/go-landlock/landlock/syscall"
	"golang.org/x/sys/unix"
)

// namespaces asks for new ones, L2's. In them root is who the grader is: an
// ordinary user can map nobody but himself.
func namespaces(attr *syscall.SysProcAttr) error {
	attr.Cloneflags = unix.CLONE_NEWUSER | unix.CLONE_NEWPID | unix.CLONE_NEWNET | unix.CLONE_NEWNS | unix.CLONE_NEWIPC | unix.CLONE_NEWUTS
	if os.Geteuid() != 0 {
		attr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Geteuid(), Size: 1}}
		attr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getegid(), Size: 1}}
		return nil
	}
	// For root everybody stays who they are, so that files of others can be
	// reached while the root directory is made, and L3's user exists.
	var err error
	if attr.UidMappings, err = identity("/proc/self/uid_map"); err != nil {
		return err
	}
	attr.GidMappingsEnableSetgroups = true
	attr.GidMappings, err = identity("/proc/self/gid_map")
	return err
}

// identity maps all that exist in the current namespace to themselves.
func identity(file string) ([]syscall.SysProcIDMap, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var maps []syscall.SysProcIDMap
	for s := bufio.NewScanner(f); s.Scan(); {
		var inside, outside, size int
		if _, err := fmt.Sscan(s.Text(), &inside, &outside, &size); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		maps = append(maps, syscall.SysProcIDMap{ContainerID: inside, HostID: inside, Size: size})
	}
	return maps, nil
}

// source is what the new root directory gets from the old one.
type source struct {
	path string
	dir  bool
	fd   int // a mount of its own, not attached anywhere
	attr uint64
}

// privateRoot makes a root directory with nothing in it but what the program
// may use, each thing where it was, and a /proc that shows this process alone.
// Paths stay the same so that a program does the same at every level.
func privateRoot(p plan) error {
	if err := unix.Sethostname([]byte("kata")); err != nil {
		return err
	}
	// Nothing that happens here may reach the outside.
	if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""); err != nil {
		return fmt.Errorf("making mounts private: %w", err)
	}
	var sources []source
	for _, a := range accesses(p) {
		s, err := open(a)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		defer unix.Close(s.fd)
		sources = append(sources, s)
	}
	// A directory before what lies in it.
	slices.SortFunc(sources, func(a, b source) int { return strings.Compare(a.path, b.path) })
	// The scratch directory is a place that certainly exists. Its copy was made
	// before: it must not contain what is mounted here, or the program could
	// write to its root directory.
	root := p.Scratch
	if err := unix.Mount("tmpfs", root, "tmpfs", unix.MS_NOSUID|unix.MS_NODEV, "size=1m,mode=755"); err != nil {
		return fmt.Errorf("mounting a root directory: %w", err)
	}
	for _, s := range sources {
		if err := s.bind(root); err != nil {
			return fmt.Errorf("binding %s: %w", s.path, err)
		}
	}
	proc := filepath.Join(root, "proc")
	if err := os.MkdirAll(proc, 0o755); err != nil {
		return err
	}
	if err := unix.Mount("proc", proc, "proc", unix.MS_NOSUID|unix.MS_NODEV|unix.MS_NOEXEC, "subset=pid"); err != nil {
		return fmt.Errorf("mounting /proc: %w", err)
	}
	if err := unix.MountSetattr(unix.AT_FDCWD, root, 0, &unix.MountAttr{Attr_set: unix.MOUNT_ATTR_RDONLY}); err != nil {
		return err
	}
	// The new root over the old one, and then the old one from under it: see
	// pivot_root(2), "pivot_root(".", ".")".
	if err := unix.Chdir(root); err != nil {
		return err
	}
	if err := unix.PivotRoot(".", "."); err != nil {
		return fmt.Errorf("changing the root directory: %w", err)
	}
	if err := unix.Unmount(".", unix.MNT_DETACH); err != nil {
		return err
	}
	return unix.Chdir("/")
}

func open(a access) (source, error) {
	// What is mounted below a directory comes along: the kernel lets no one
	// look under the mounts of a namespace that has more rights.
	fd, err := unix.OpenTree(unix.AT_FDCWD, a.path, unix.OPEN_TREE_CLONE|unix.OPEN_TREE_CLOEXEC|unix.AT_RECURSIVE)
	if err != nil {
		return source{}, fmt.Errorf("%s: %w", a.path, err)
	}
	var st unix.Stat_t
	if err := unix.Fstat(fd, &st); err != nil {
		return source{}, err
	}
	s := source{path: a.path, fd: fd, dir: st.Mode&unix.S_IFMT == unix.S_IFDIR, attr: unix.MOUNT_ATTR_NOSUID}
	if a.rights&ll.AccessFSMakeReg == 0 {
		s.attr |= unix.MOUNT_ATTR_RDONLY // a device can be written to nevertheless
	}
	if st.Mode&unix.S_IFMT != unix.S_IFCHR {
		s.attr |= unix.MOUNT_ATTR_NODEV
	}
	return s, nil
}

func (s source) bind(root string) error {
	target := filepath.Join(root, s.path)
	if s.dir {
		if err := os.MkdirAll(target, 0o755); err != nil {
			return err
		}
	} else {
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return err
		}
		// It is there already if its directory was bound before.
		f, err := os.OpenFile(target, os.O_CREATE|os.O_RDONLY, 0o644)
		if err != nil {
			return err
		}
		f.Close()
	}
	if err := unix.MoveMount(s.fd, "", unix.AT_FDCWD, target, unix.MOVE_MOUNT_F_EMPTY_PATH); err != nil {
		return err
	}
	return unix.MountSetattr(unix.AT_FDCWD, target, unix.AT_RECURSIVE, &unix.MountAttr{Attr_set: s.attr})
}
