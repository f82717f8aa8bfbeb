package rt

import (
	"os"
	"runtime"

	"example.com/gokata/grader/internal/sched"
)

var onExit func(code int)

// OnExit sets what Exit calls in a run; nil stands for nothing. It is called
// by the goroutine that exits, whatever others do, and should carry go:norace.
//
//go:norace
func OnExit(hook func(code int)) { onExit = hook }

// Exit stands for os.Exit. The process lives on for the other schedules, so in
// a run Exit tells the code to whoever asked for it with OnExit, and ends the
// calling goroutine alone: its deferred calls run, and the other goroutines go
// on, neither of which they do in the original. The standard library's own
// calls of os.Exit, as in log.Fatal, still end the process.
//
//go:norace
func Exit(code int) {
	if sched.Active() == nil {
		os.Exit(code)
	}
	if onExit != nil {
		onExit(code)
	}
	runtime.Goexit()
}
