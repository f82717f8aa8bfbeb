// Package runtime is the twin of the standard package runtime: the same API,
// with Gosched under the scheduler's control. Within a run the machine has
// four processors, whatever it really has, so that verdicts are the same
// everywhere.
package runtime

import (
	"runtime"
	"strings"

	"example.com/gokata/grader/internal/sched"
)

//go:generate go run ../../internal/gentwin runtime

// Gosched is the twin of runtime.Gosched.
//
//go:norace
func Gosched() {
	if r := sched.Active(); r != nil {
		r.Point(sched.OpYield)
		return
	}
	runtime.Gosched()
}

// NumGoroutine is the twin of runtime.NumGoroutine.
//
//go:norace
func NumGoroutine() int {
	if r := sched.Active(); r != nil {
		return r.Live()
	}
	return runtime.NumGoroutine()
}

// GOMAXPROCS is the twin of runtime.GOMAXPROCS.
//
//go:norace
func GOMAXPROCS(n int) int {
	if r := sched.Active(); r != nil {
		return r.Procs(n)
	}
	return runtime.GOMAXPROCS(n)
}

// NumCPU is the twin of runtime.NumCPU.
//
//go:norace
func NumCPU() int {
	if sched.Active() != nil {
		return 4
	}
	return runtime.NumCPU()
}

// Caller is the twin of runtime.Caller. Within a run a stack ends where the
// scheduler has started the goroutine.
//
//go:norace
func Caller(skip int) (pc uintptr, file string, line int, ok bool) {
	if pc, file, line, ok = runtime.Caller(skip + 1); ok && sched.Active() != nil && below(pc) {
		return 0, "", 0, false
	}
	return pc, file, line, ok
}

// Callers is the twin of runtime.Callers. Within a run a stack ends where the
// scheduler has started the goroutine.
//
//go:norace
func Callers(skip int, pc []uintptr) int {
	if skip > 0 {
		skip++ // 0 stands for Callers itself
	}
	n := runtime.Callers(skip, pc)
	if sched.Active() == nil {
		return n
	}
	for i := range n {
		if below(pc[i]) {
			return i
		}
	}
	return n
}

// below tells whether a program counter lies in what runs the program, rather
// than in the program.
//
//go:norace
func below(pc uintptr) bool {
	f := runtime.FuncForPC(pc - 1)
	if f == nil {
		return false
	}
	twin, isTwin := strings.CutPrefix(f.Name(), twins)
	return ours(f.Name()) || isTwin && strings.HasPrefix(twin, "testing.") && !exported(twin)
}
