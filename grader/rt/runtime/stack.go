package runtime

import (
	"fmt"
	"runtime"
	"strconv"
	"strings"
	"unsafe"

	"example.com/gokata/grader/internal/sched"
)

// Stack is the twin of runtime.Stack. Within a run it tells of the run's
// goroutines, as they would look without a scheduler: the frames of the
// scheduler are left out, a goroutine that waits in a twin is in the state that
// it would be in with the original, and goroutines have their numbers in the
// run.
//
//go:norace
func Stack(buf []byte, all bool) int {
	r := sched.Active()
	if r == nil {
		return runtime.Stack(buf, all)
	}
	sched.Hide()
	defer sched.Show()
	blocks := byRecord(stacks(all))
	out := []string{}
	add := func(g *sched.G) {
		if s, ok := present(r, g, blocks[uintptr(unsafe.Pointer(g))]); ok {
			out = append(out, s)
		}
	}
	add(r.Current())
	for _, g := range r.Alive() {
		if all && g != r.Current() {
			add(g)
		}
	}
	return copy(buf, strings.Join(out, "\n\n"))
}

// stacks returns what the runtime says.
//
//go:norace
func stacks(all bool) string {
	for size := 64 << 10; ; size *= 2 {
		buf := make([]byte, size)
		if n := runtime.Stack(buf, all); n < size || size > 64<<20 {
			return strings.TrimRight(string(buf[:n]), "\n")
		}
	}
}

const (
	grader = "example.com/gokata/grader/"
	twins  = grader + "rt/"
	bottom = grader + "internal/sched.(*G).main("
	end    = grader + "internal/sched.(*G).exit(" // called at the very end
)

// idle is how the run's first goroutine looks when it only waits for the test
// that it has started: as the main goroutine of a test binary does.
const idle = "goroutine 1 [chan receive]:\n" +
	"testing.(*T).Run(...)\n\ttesting/testing.go:1 +0x0\n" +
	"main.main()\n\t_testmain.go:1 +0x0"

// present rewrites what the runtime says about one goroutine; ok is false if
// it only serves the tests.
//
//go:norace
func present(r *sched.Run, g *sched.G, block string) (s string, ok bool) {
	lines := strings.Split(block, "\n")
	var out []string
	users := false
	for i := 1; i+1 < len(lines); i += 2 {
		if strings.HasPrefix(lines[i], "...") { // frames elided: one line, where a frame has two
			out = append(out, lines[i])
			i--
			continue
		}
		f, where := lines[i], lines[i+1]
		if strings.HasPrefix(f, bottom) {
			break
		}
		if ours(f) || ours(strings.TrimSpace(where)) {
			out, users = nil, false // the scheduler, and what it waits in
			continue
		}
		twin, isTwin := strings.CutPrefix(f, twins)
		if isTwin && (!exported(twin) || strings.HasPrefix(twin, "runtime.")) {
			continue
		}
		users = users || !isTwin
		out = append(out, strings.TrimPrefix(f, twins), where)
	}
	if pc, begun := g.Entry(); !begun && pc != 0 {
		f := runtime.FuncForPC(pc)
		file, line := f.FileLine(pc)
		out, users = []string{f.Name() + "()", fmt.Sprintf("\t%s:%d", file, line)}, true
	}
	if !users {
		return idle, g.ID == 1
	}
	if by := creator(g); by != "" {
		out = append(out, by)
	}
	return fmt.Sprintf("goroutine %d [%s]:\n%s", g.ID, state(r, g), strings.Join(out, "\n")), true
}

// ours tells whether a function, or a file, is part of what runs the program.
//
//go:norace
func ours(f string) bool {
	return strings.HasPrefix(f, grader+"rt.") || strings.HasPrefix(f, grader+"internal/sched.") || strings.HasPrefix(f, grader+"internal/trial/")
}

// byRecord returns what the runtime says about each goroutine of the run that
// has begun, by the address of its record, which is an argument of its
// outermost function. A goroutine of an earlier run may still be on its way out,
// and its record in use again.
//
//go:norace
func byRecord(stacks string) map[uintptr]string {
	blocks := map[uintptr]string{}
	for block := range strings.SplitSeq(stacks, "\n\n") {
		inner, args, _ := strings.Cut(block, "\n"+bottom)
		if strings.Contains(inner, "\n"+end) || !strings.Contains(inner, "\n") {
			continue
		}
		first, _, _ := strings.Cut(args, ")")
		first, _, _ = strings.Cut(first, ",")
		if addr, err := strconv.ParseUint(strings.TrimRight(first, "?"), 0, 64); err == nil {
			blocks[uintptr(addr)] = block
		}
	}
	return blocks
}

// exported tells whether a function of a twin is one that the original has,
// too: sync.(*Mutex).Lock and not testing.(*latch).wait.
//
//go:norace
func exported(f string) bool {
	f, _, _ = strings.Cut(f[strings.LastIndex(f[:max(0, strings.LastIndex(f, "("))], "/")+1:], "(0x")
	f = strings.TrimSuffix(f, "(...)")
	f = strings.TrimSuffix(f, "()")
	for i, part := range strings.Split(f, ".") {
		part = strings.Trim(part, "(*)")
		if i > 0 && (part == "" || part[0] < 'A' || part[0] > 'Z') {
			return false
		}
	}
	return true
}

// creator says where a goroutine was started.
//
//go:norace
func creator(g *sched.G) string {
	frames := runtime.CallersFrames(g.Origin())
	for {
		f, more := frames.Next()
		if twin, ok := strings.CutPrefix(f.Function, twins); ok && exported(twin) || !ok && f.Function != "" && !ours(f.Function) {
			return fmt.Sprintf("created by %s\n\t%s:%d +0x0", twin, f.File, f.Line)
		}
		if !more {
			return ""
		}
	}
}

// states are the words of the runtime for what a goroutine waits for.
var states = map[sched.Op]string{
	sched.OpSend: "chan send", sched.OpRecv: "chan receive", sched.OpSelect: "select", sched.OpForever: "select (no cases)",
	sched.OpLock: "sync.Mutex.Lock", sched.OpRLock: "sync.RWMutex.RLock", sched.OpWait: "sync.WaitGroup.Wait",
	sched.OpCondWait: "sync.Cond.Wait", sched.OpSleep: "sleep",
}

//go:norace
func state(r *sched.Run, g *sched.G) string {
	op, waits := g.Doing()
	switch word, known := states[op]; {
	case g == r.Current():
		return "running"
	case !waits:
		return "runnable"
	case known:
		return word
	}
	return "chan receive"
}
