package sandbox

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	ll "github.com/landlock-lsm/go-landlock/landlock/syscall"
	"golang.org/x/sys/unix"
)

// minABI is the first version of Landlock that can keep a program from
// truncating files that it may not write to. It came with Linux 6.2. In a root
// directory of its own a program has no such files, so from L2 on any version
// will do, which Linux has had since 5.13.
const minABI = 3

const (
	readFile = ll.AccessFSReadFile
	readTree = ll.AccessFSReadFile | ll.AccessFSReadDir
	// No devices, sockets and pipes, and nothing to execute.
	writeTree = readTree | ll.AccessFSWriteFile | ll.AccessFSTruncate | ll.AccessFSRefer |
		ll.AccessFSRemoveDir | ll.AccessFSRemoveFile | ll.AccessFSMakeDir | ll.AccessFSMakeReg | ll.AccessFSMakeSym
	allBefore5 = 1<<15 - 1 // every right there was up to version 4
)

// access is a file or directory and what may be done with it.
type access struct {
	path   string
	rights uint64
}

// accesses returns what a program may do with which files.
func accesses(p plan) []access {
	as := []access{
		{p.Path, ll.AccessFSExecute | readFile},
		{p.Scratch, writeTree},
		{"/dev/null", readFile | ll.AccessFSWriteFile | ll.AccessFSTruncate},
		{"/dev/zero", readFile},
		{"/dev/urandom", readFile},
	}
	if p.Helper != "" {
		as = append(as, access{p.Helper, ll.AccessFSExecute | readFile})
		as[1].rights |= ll.AccessFSMakeFifo
	}
	if p.Interpreter != "" {
		as = append(as, access{p.Interpreter, ll.AccessFSExecute | readFile})
	}
	for _, lib := range p.Libraries {
		as = append(as, access{lib, readFile})
	}
	if p.Dir != p.Scratch {
		as = append(as, access{p.Dir, readTree})
	}
	return as
}

// landlock restricts the current thread to the files that the program needs,
// and keeps it from reaching processes outside where the kernel can do so. It
// uses the library's system calls and not its rules, because those restrict
// every thread, which needs signals between threads and rules of its own, and
// all threads but this one end at once.
func landlock(p plan) error {
	abi, err := ll.LandlockGetABIVersion()
	if err != nil {
		return fmt.Errorf("%w; the kernel has none or does not use it: add landlock to the lsm= parameter of its command line", err)
	}
	if abi < minABI && p.Level < L2 {
		return fmt.Errorf("the kernel has version %d and %d is needed: use Linux 6.2 or later, or user namespaces", abi, minABI)
	}
	attr := ll.RulesetAttr{HandledAccessFS: allBefore5}
	if abi < 3 {
		attr.HandledAccessFS &^= ll.AccessFSTruncate
	}
	if abi < 2 {
		attr.HandledAccessFS &^= ll.AccessFSRefer // which is then denied everywhere
	}
	if abi >= 4 {
		attr.HandledAccessNet = ll.AccessNetBindTCP | ll.AccessNetConnectTCP
	}
	if abi >= 5 {
		attr.HandledAccessFS |= ll.AccessFSIoctlDev
	}
	if abi >= 6 {
		attr.Scoped = ll.ScopeAbstractUnixSocket | ll.ScopeSignal
	}
	rules, err := ll.LandlockCreateRuleset(&attr, 0)
	if err != nil {
		return err
	}
	defer unix.Close(rules)
	// In a process namespace of its own all of /proc is the program's.
	proc := "/proc"
	if p.Helper != "" && p.Level < L2 {
		// Below that the kernel must keep its signals from processes outside,
		// and it reads what /proc says of its children.
		if abi < 6 {
			return fmt.Errorf("the kernel has version %d, and for exercises about processes 6 is needed: use Linux 6.12 or later, or user namespaces", abi)
		}
	} else if p.Level < L2 {
		proc = fmt.Sprintf("/proc/%d", os.Getpid())
	}
	for _, a := range append(accesses(p), access{proc, readTree}) {
		a.rights &= attr.HandledAccessFS
		if err := allow(rules, a); err != nil {
			return fmt.Errorf("%s: %w", a.path, err)
		}
	}
	return ll.LandlockRestrictSelf(rules, 0)
}

func allow(rules int, a access) error {
	fd, err := unix.Open(a.path, unix.O_PATH|unix.O_CLOEXEC, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer unix.Close(fd)
	return ll.LandlockAddPathBeneathRule(rules, &ll.PathBeneathAttr{AllowedAccess: a.rights, ParentFd: fd}, 0)
}
