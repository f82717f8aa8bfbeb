package sandbox

import (
	"fmt"
	"strings"
)

// Confinement says how much a program is confined. A level contains those
// below it.
type Confinement int

const (
	// Auto asks for the best level that is possible here. It is an argument
	// for Choose, and no program runs at it.
	Auto Confinement = iota - 1
	// L0 is a process group, a fixed environment, and bounds on memory,
	// processor time and output: for trusted code only.
	L0
	// L1 adds no_new_privs, Landlock, a filter of system calls, and limits on
	// files and descriptors.
	L1
	// L2 adds namespaces for users, processes, the network, mounts, IPC and
	// the host name, with a root directory that holds nothing but what the
	// program needs.
	L2
	// L3 adds cgroup limits on memory, processes and processor time, and a
	// user other than the grader's.
	L3
)

// Parse reads a level as a user writes it: auto, none, L1, L2 or L3.
func Parse(s string) (Confinement, error) {
	switch strings.ToLower(s) {
	case "auto":
		return Auto, nil
	case "none":
		return L0, nil
	case "l1":
		return L1, nil
	case "l2":
		return L2, nil
	case "l3":
		return L3, nil
	}
	return L0, fmt.Errorf("sandbox: unknown level %q; use auto, none, L1, L2 or L3", s)
}

// String returns the level as it stands in reports.
func (c Confinement) String() string {
	switch c {
	case Auto:
		return "auto"
	case L0:
		return Level
	}
	return fmt.Sprintf("L%d", int(c))
}

// Choose returns the level that a program can run at when level is asked for.
// For Auto that is the best one possible on this machine, in the worst case
// L0. For any other it is the level itself, or L0 and an error that says what
// stands in the way and how to lift it. Whether a level is possible is found
// out by running something at it, once per process. Choose may be called
// concurrently.
func Choose(level Confinement) (Confinement, error) {
	switch {
	case level == L0:
		return L0, nil
	case level == Auto:
		for c := L3; c > L0; c-- {
			if obstacle(c) == nil {
				return c, nil
			}
		}
		return L0, nil
	case level < Auto || level > L3:
		return L0, fmt.Errorf("sandbox: there is no level %d", int(level))
	}
	if err := obstacle(level); err != nil {
		return L0, fmt.Errorf("sandbox: level %v is not possible here: %w", level, err)
	}
	return level, nil
}
