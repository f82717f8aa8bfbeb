package trial

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"syscall"
)

// runsItself tells whether the program was started by one of its own tests, as
// a test does that looks at how a process ends: it runs os.Args[0] with
// -test.run. The tests that are asked for are run as the ordinary test binary
// would, and the process ends.
func runsItself(p Program, args []string) bool {
	run, asked := testFlag(args, "run")
	list, listed := testFlag(args, "list")
	if !p.Tests || !asked && !listed {
		return false
	}
	hurry()
	if listed {
		run = list
	}
	run, _, _ = strings.Cut(run, "/")
	p.Cases = slices.DeleteFunc(p.Cases, func(c Case) bool {
		matches, err := p.Match(run, c.Result.Name)
		if err != nil {
			fmt.Fprintln(os.Stderr, "testing: invalid regexp:", err)
			os.Exit(2)
		}
		return !matches
	})
	if listed {
		for _, c := range p.Cases {
			fmt.Println(c.Result.Name)
		}
		os.Exit(0)
	}
	p.runPlainly()
	return true
}

// quick keeps the race detector from sleeping a second at the end of a process.
const quick = "atexit_sleep_ms=0"

// hideOptions takes the options that the grader has given to this process, which
// has read them by now, out of the environment: a test sees, and hands down to
// the processes that it starts, what it would without the grader, but for one
// option that makes these end quickly.
func hideOptions() {
	os.Setenv("GORACE", quick)
	os.Unsetenv("GOTRACEBACK")
}

// hurry gives that option to a process whose environment the test has made up.
// The detector reads its options before anybody else runs, so the process
// begins once more.
func hurry() {
	options := os.Getenv("GORACE")
	if strings.Contains(options, "atexit_sleep_ms") {
		return
	}
	os.Setenv("GORACE", strings.TrimSpace(options+" "+quick))
	if exe, err := os.Executable(); err == nil {
		syscall.Exec(exe, os.Args, os.Environ()) // if it returns, the process is merely slow to end
	}
}

// testFlag returns the value of a flag of the ordinary test binary.
func testFlag(args []string, name string) (value string, ok bool) {
	for i, arg := range args {
		arg = strings.TrimLeft(arg, "-")
		if value, ok := strings.CutPrefix(arg, "test."+name+"="); ok {
			return value, true
		}
		if arg == "test."+name && i+1 < len(args) {
			return args[i+1], true
		}
	}
	return "", false
}

// runPlainly runs all cases on the ordinary runtime and ends the process.
func (p *Program) runPlainly() {
	code := 0
	for _, c := range p.Cases {
		if log := p.outside(&c); log.Failed() {
			code = 1
			fmt.Println("--- FAIL:", c.Result.Name)
			for _, f := range log.Failures() {
				fmt.Println("    " + f.Message)
			}
		}
	}
	if code == 0 {
		fmt.Println("PASS")
	}
	os.Exit(code)
}
