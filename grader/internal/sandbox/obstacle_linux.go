package sandbox

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
)

var obstacles = func() (known [L3 + 1]func() error) {
	for c := L1; c <= L3; c++ {
		known[c] = sync.OnceValue(func() error { return try(c) })
	}
	return known
}()

// obstacle returns why programs cannot run at a level from L1 on here, or nil.
func obstacle(level Confinement) error { return obstacles[level]() }

// try runs the current binary at a level, as a program that ends at once.
func try(level Confinement) error {
	if level == L3 {
		if os.Geteuid() != 0 {
			return errors.New("only root can run programs as another user; use sudo, or L2")
		}
		// Before anything is started, as this is the most common reason.
		for _, l := range limits {
			if _, _, err := home(cgroupRoots(), l); err != nil {
				return fmt.Errorf("cgroup for %s: %w", l.controller, err)
			}
		}
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "kata-probe-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	p, err := Start(context.Background(), Program{Path: self, Scratch: dir, Level: level, args: []string{probeName}})
	if err != nil {
		return advise(level, err)
	}
	// Wait closes In, which the launcher takes for the end of the grader. So
	// first the end of the process, by which Out is closed.
	io.Copy(io.Discard, p.Out)
	end := p.Wait()
	if end.Err == nil {
		return nil
	}
	text := strings.TrimPrefix(strings.TrimSpace(end.Stderr), "sandbox: ")
	if text == "" {
		text = end.Err.Error()
	}
	return advise(level, errors.New(text))
}

// advise adds to an error what usually causes it.
func advise(level Confinement, err error) error {
	if level < L2 {
		return err
	}
	for _, s := range []struct{ file, bad, good, why string }{
		{"kernel/apparmor_restrict_unprivileged_userns", "1", "0", "AppArmor restricts user namespaces of ordinary users"},
		{"kernel/unprivileged_userns_clone", "0", "1", "user namespaces are for root only"},
		{"user/max_user_namespaces", "0", "10000", "user namespaces are switched off"},
	} {
		value, e := os.ReadFile("/proc/sys/" + s.file)
		if e == nil && strings.TrimSpace(string(value)) == s.bad {
			return fmt.Errorf("%w: %s; lift that with: sudo sysctl -w %s=%s", err, s.why, strings.ReplaceAll(s.file, "/", "."), s.good)
		}
	}
	return fmt.Errorf("%w; in a container, this needs one that may make user namespaces and mount /proc (docker run --security-opt seccomp=unconfined --security-opt apparmor=unconfined --security-opt systempaths=unconfined)", err)
}
