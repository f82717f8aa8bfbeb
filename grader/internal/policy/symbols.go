package policy

import (
	"cmp"
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"example.com/gokata/grader"
)

// restriction is what may be used of a package that is allowed only in part.
type restriction struct {
	allowed []string          // nothing but these names; nil: all but those refused
	refused map[string]string // these names not, and why
	real    map[string]string // nor these in exercises about processes, and why
	methods map[string]string // methods of these names not, of whatever type, and why
	why     string            // for names that are neither allowed nor listed in refused
}

const (
	endsProcess  = "it would end the program that checks you, with all cases that are still to come; return an error instead"
	collectorRun = "it is run by the garbage collector, at a moment and on a goroutine that no schedule controls"
	showsGrader  = "it would show code of the grader, and a solution that depends on who calls it is none"
	observes     = "it observes the whole program, most of which is the grader"
	bindsThread  = "threads belong to the grader, which runs one goroutine at a time"
)

// restricted packages may be used for some of their names only, if an exercise
// allows them at all.
var restricted = map[string]restriction{
	"runtime": {
		allowed: []string{"GOMAXPROCS", "NumCPU", "Gosched", "Goexit", "NumGoroutine", "GC", "KeepAlive", "GOOS", "GOARCH", "Version", "Error"},
		refused: map[string]string{
			"SetFinalizer": collectorRun, "AddCleanup": collectorRun, "Cleanup": collectorRun,
			"Caller": showsGrader, "Callers": showsGrader, "CallersFrames": showsGrader, "FuncForPC": showsGrader,
			"Stack": showsGrader, "Frame": showsGrader, "Frames": showsGrader, "Func": showsGrader, "GOROOT": showsGrader,
			"LockOSThread": bindsThread, "UnlockOSThread": bindsThread,
			"Breakpoint":   "there is no debugger to stop for, so it would end the program that checks you",
			"ReadMemStats": observes, "MemProfile": observes, "BlockProfile": observes, "MutexProfile": observes,
			"GoroutineProfile": observes, "ThreadCreateProfile": observes, "CPUProfile": observes,
		},
		real: map[string]string{
			"Goexit": "no scheduler watches over the goroutines here, and it would end the one of the grader that called you, with all that it was about to check",
		},
		why: "it reaches into the runtime that the grader itself runs on",
	},
	"os": {
		refused: map[string]string{
			"Exit":         endsProcess,
			"Args":         "these are the arguments of the grader's program; give your functions parameters",
			"NewFile":      "it could open the pipe over which the grader gets its results; use files that you opened or were given",
			"FindProcess":  "signals are for processes that you started; keep the *os.Process that the start returned",
			"StartProcess": "start processes with os/exec, which waits for them properly",
			"Executable":   "it is the grader's program, which must not be started again",
			"Getppid":      "the parent is the grader",
			"Clearenv":     "the race detector and your children read the environment of the grader's program; set Env of the exec.Cmd",
			"Setenv":       "the race detector and your children read the environment of the grader's program; set Env of the exec.Cmd",
			"Unsetenv":     "the race detector and your children read the environment of the grader's program; set Env of the exec.Cmd",
			"Chdir":        "the working directory belongs to all goroutines, also to those of the grader; set Dir of the exec.Cmd",
			"Chroot":       "the root directory belongs to the grader's program",
		},
	},
	"syscall": {
		allowed: []string{
			"Signal", "SIGCHLD", "SIGHUP", "SIGINT", "SIGKILL", "SIGPIPE", "SIGQUIT", "SIGTERM", "SIGUSR1", "SIGUSR2",
			"SysProcAttr", "WaitStatus", "Errno", "EAGAIN", "ECHILD", "EINTR", "EPERM", "EPIPE", "ESRCH", "ENOENT", "Kill",
		},
		refused: map[string]string{"Exit": endsProcess},
		why:     "it talks to the operating system directly, past everything that could check it",
	},
	"log": {
		refused: map[string]string{"Fatal": endsProcess, "Fatalf": endsProcess, "Fatalln": endsProcess},
		methods: map[string]string{"Fatal": endsProcess, "Fatalf": endsProcess, "Fatalln": endsProcess},
	},
	"net": {
		allowed: []string{"Addr", "Conn", "ErrClosed", "Error", "Listener"},
		why:     "what comes over a network cannot be repeated, and the grader has none; use the connections and listeners that you are given",
	},
	"time": {
		refused: map[string]string{
			"LoadLocation": "it reads the time zones of the machine, and no two machines have the same; use time.UTC or time.FixedZone",
		},
	},
}

// symbols looks for uses of what some packages must not be used for. With
// info, names mean what the type checker says; without, what the parser knows.
func (c *checker) symbols(files []*ast.File, info *types.Info) {
	methods := map[string]string{} // their names, to why
	for _, file := range files {
		for _, path := range c.allowed(file) {
			for name, why := range restricted[path].methods {
				methods[name] = why
			}
		}
	}
	for _, file := range files {
		local := c.names(file)
		ast.Inspect(file, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if path := c.meant(sel.X, local, info); path != "" {
				c.symbol(sel, path)
			} else if why := methods[sel.Sel.Name]; why != "" {
				c.add(sel.Sel.Pos(), "the method %s is not allowed: %s", sel.Sel.Name, why)
			}
			return true
		})
	}
}

// allowed returns the packages that a file imports and may import.
func (c *checker) allowed(file *ast.File) []string {
	var paths []string
	for _, spec := range file.Imports {
		if path := importPath(spec); slices.Contains(c.ex.Imports, path) {
			paths = append(paths, path)
		}
	}
	return paths
}

// names returns what the restricted packages are called in a file: the name to
// the import path.
func (c *checker) names(file *ast.File) map[string]string {
	local := map[string]string{}
	for _, spec := range file.Imports {
		path := importPath(spec)
		if _, ok := restricted[path]; !ok || !slices.Contains(c.ex.Imports, path) {
			continue
		}
		switch {
		case spec.Name == nil:
			local[path[strings.LastIndexByte(path, '/')+1:]] = path
		case spec.Name.Name == ".":
			c.add(spec.Pos(), "import . %q hides which of its names are used; import it under its own name", path)
		default:
			local[spec.Name.Name] = path
		}
	}
	return local
}

// meant returns the import path of the restricted package that x stands for,
// or "".
func (c *checker) meant(x ast.Expr, local map[string]string, info *types.Info) string {
	id, ok := ast.Unparen(x).(*ast.Ident)
	if !ok {
		return ""
	}
	path := local[id.Name]
	if path == "" {
		return ""
	}
	if info != nil && info.Uses[id] != nil {
		if _, ok := info.Uses[id].(*types.PkgName); !ok {
			return ""
		}
		return path
	}
	// An identifier that the parser could resolve is a variable or a type of
	// this file, not an import.
	if id.Obj != nil {
		return ""
	}
	return path
}

// symbol checks the use of one name of a restricted package.
func (c *checker) symbol(sel *ast.SelectorExpr, path string) {
	r, name := restricted[path], sel.Sel.Name
	why, refused := r.refused[name]
	if c.ex.Track == grader.TrackProcesses && !refused {
		why, refused = r.real[name]
	}
	var own []string // what the exercise allows besides
	for _, s := range c.ex.Symbols {
		if of, ok := strings.CutPrefix(s, path+"."); ok {
			own = append(own, of)
		}
	}
	if slices.Contains(own, name) || !refused && (r.allowed == nil || slices.Contains(r.allowed, name)) {
		return
	}
	why = cmp.Or(why, r.why)
	if r.allowed != nil {
		why += "; of this package you may use " + list(slices.Concat(r.allowed, own))
	}
	c.add(sel.Pos(), "%s.%s is not allowed: %s", path, name, why)
}
