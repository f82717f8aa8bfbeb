package policy_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/policy"
)

var pool = grader.Exercise{Slug: "pool", Imports: []string{"context", "runtime", "sync"}}

// check returns the violations of one file as lines of text.
func check(ex grader.Exercise, name, source string) []string {
	var got []string
	for _, d := range policy.Check(ex, grader.Submission{Files: []grader.File{{Name: name, Data: []byte(source)}}}) {
		got = append(got, fmt.Sprintf("%s:%d:%d: %s", d.File, d.Line, d.Column, d.Message))
	}
	return got
}

func TestCheck(t *testing.T) {
	const may = "pool may import context, runtime and sync"
	const names = "it would show code of the grader, and a solution that depends on who calls it is none; of this package you may use " +
		"GOMAXPROCS, NumCPU, Gosched, Goexit, NumGoroutine, GC, KeepAlive, GOOS, GOARCH, Version and Error"
	tests := []struct {
		name, give string
		want       []string
	}{
		{"nothing", "package pool\n", nil},
		{"allowed imports, renamed and dotted", "package pool\nimport c \"context\"\nimport . \"sync\"\n", nil},
		{"package not on the list", "package pool\n\nimport (\n\t\"sync\"\n\t\"os\"\n)\n", []string{
			`pool.go:5:2: import "os" is not allowed: files, the environment and the exit of the process belong to the grader here; ` + may,
		}},
		{"blank and renamed", "package pool\nimport _ \"unsafe\"\nimport x \"reflect\"\n", []string{
			`pool.go:2:8: import "unsafe" is not allowed: it goes round the rules of the language that a proof about your program rests on; ` + may,
			`pool.go:3:8: import "reflect" is not allowed: it can send, receive and select behind the scheduler's back; ` + may,
		}},
		{"cgo", "package pool\n// int x;\nimport \"C\"\n", []string{
			`pool.go:3:8: import "C" is not allowed: cgo leaves Go, where neither the scheduler nor the race detector can see; ` + may,
		}},
		{"the grader itself", "package pool\nimport \"example.com/gokata/solutions/pool\"\n", []string{
			`pool.go:2:8: import "example.com/gokata/solutions/pool" is not allowed: an answer stands on its own, without the grader or the other exercises; ` + may,
		}},
		{"a library", "package pool\nimport \"github.com/a/b\"\n", []string{
			`pool.go:2:8: import "github.com/a/b" is not allowed: the exercise is to build it from the standard library; ` + may,
		}},
		{"a directory", "package pool\nimport \"./sub\"\n", []string{
			`pool.go:2:8: import "./sub" is not allowed: an answer is one package; ` + may,
		}},
		{"a package without a reason of its own", "package pool\nimport \"archive/tar\"\n", []string{
			`pool.go:2:8: import "archive/tar" is not allowed: the exercise does not need it, and the scheduler may not control it; ` + may,
		}},
		{"compiler directive", "package pool\n\n//go:linkname f runtime.f\nfunc f()\n", []string{
			`pool.go:3:1: the directive "//go:linkname f runtime.f" is not allowed: it speaks to the compiler past the language; remove it`,
		}},
		{"build constraints", "//go:build linux\n// +build linux\n\npackage pool\n", []string{
			`pool.go:1:1: build constraints are not allowed: every file of an answer is graded on every system; remove the line "//go:build linux"`,
			`pool.go:2:1: build constraints are not allowed: every file of an answer is graded on every system; remove the line "// +build linux"`,
		}},
		{"line directives", "package pool\n//line other.go:100\nvar x = /*line a.go:1:1*/ 1\nimport \"os\"\n", []string{
			`pool.go:2:1: the line directive "//line other.go:100" is not allowed: findings must name the lines that you wrote; remove it, or put a space after the slashes if it is a comment`,
			`pool.go:3:9: the line directive "/*line a.go:1:1*/" is not allowed: findings must name the lines that you wrote; remove it, or put a space after the slashes if it is a comment`,
			`pool.go:4:8: import "os" is not allowed: files, the environment and the exit of the process belong to the grader here; ` + may,
		}},
		{"comments that look alike", "package pool\n\n//line up here\n// go: on\n// line x:1\nvar x = 1 //line y:2\n/* go:embed x */\n", nil},
		{"runtime within bounds", "package pool\nimport \"runtime\"\nvar n = runtime.GOMAXPROCS(0) + runtime.NumCPU()\nvar _ runtime.Error\nfunc f() { runtime.Gosched() }\n", nil},
		{"runtime beyond them", "package pool\nimport \"runtime\"\nvar f = runtime.Stack\n", []string{
			"pool.go:3:9: runtime.Stack is not allowed: " + names,
		}},
		{"runtime renamed", "package pool\nimport rt \"runtime\"\nvar f, g = (rt).Callers, rt.GC\n", []string{
			"pool.go:3:12: runtime.Callers is not allowed: " + names,
		}},
		{"runtime dotted", "package pool\nimport . \"runtime\"\nvar f = Stack\n", []string{
			`pool.go:2:8: import . "runtime" hides which of its names are used; import it under its own name`,
		}},
		{"a variable named runtime", "package pool\nimport \"runtime\"\nfunc f(d interface{ Seconds() float64 }) {\n\truntime.GC()\n\truntime := d\n\truntime.Seconds()\n}\n", nil},
		{"a field named runtime", "package pool\nimport \"runtime\"\ntype t struct{ runtime struct{ Stack int } }\nfunc (x t) f() int { runtime.GC(); return x.runtime.Stack }\n", nil},
		{"does not parse", "package pool\nfunc {\n", nil},
		{"no package clause", "func f() {}\n", nil},
		{"does not parse, and imports what it must not", "package pool\nimport \"plugin\"\nfunc {\n", []string{
			`pool.go:2:8: import "plugin" is not allowed: it would load code that nobody has looked at; ` + may,
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			assert.Equal(t, tt.want, check(pool, "pool.go", tt.give))
		})
	}
}

func TestManifestMayAllow(t *testing.T) {
	process := grader.Exercise{Slug: "process", Imports: []string{"C", "os", "reflect"}}
	assert.Equal(t, []string{
		`process.go:4:8: import "C" is not allowed: cgo leaves Go, where neither the scheduler nor the race detector can see; process may import C, os and reflect`,
	}, check(process, "process.go", "package process\nimport \"os\"\nimport \"reflect\"\nimport \"C\"\n"))
}

func TestManifestMayAllowSymbols(t *testing.T) {
	fork := grader.Exercise{Slug: "fork", Imports: []string{"os", "syscall"}, Symbols: []string{"os.Executable", "syscall.Flock"}}
	found := check(fork, "fork.go", `package fork
import "os"
import "syscall"
var executable = os.Executable
var lock = syscall.Flock
var end = os.Exit
var mount = syscall.Mount
`)
	require.Len(t, found, 2)
	assert.Contains(t, found[0], "fork.go:6:11: os.Exit is not allowed")
	assert.Contains(t, found[1], "fork.go:7:13: syscall.Mount is not allowed")
	assert.Contains(t, found[1], "ENOENT, Kill and Flock")
}

// TestNetWithoutNetwork: an exercise may be about connections, but the grader
// brings them.
func TestNetWithoutNetwork(t *testing.T) {
	manager := grader.Exercise{Slug: "manager", Imports: []string{"net"}}
	found := check(manager, "manager.go", `package manager
import "net"
func serve(ln net.Listener) (net.Conn, error) { return ln.Accept() }
var dial = net.Dial
var dialer net.Dialer
var listen = net.Listen
`)
	require.Len(t, found, 3)
	assert.Contains(t, found[0], "manager.go:4:12: net.Dial is not allowed")
	assert.Contains(t, found[1], "manager.go:5:12: net.Dialer is not allowed")
	assert.Contains(t, found[2], "manager.go:6:14: net.Listen is not allowed")
	assert.Contains(t, found[2], "you may use Addr, Conn, ErrClosed, Error and Listener")
}

// TestNoGoexitFromRealCases: an exercise about processes has cases under no
// scheduler, where nobody would notice that they have been cut short.
func TestNoGoexitFromRealCases(t *testing.T) {
	const give = "package x\nimport \"runtime\"\nfunc f() { runtime.Gosched(); runtime.Goexit() }\n"
	for track, want := range map[string]int{"threads": 0, grader.TrackProcesses: 1} {
		found := check(grader.Exercise{Slug: "x", Track: track, Imports: []string{"runtime"}}, "x.go", give)
		require.Len(t, found, want, track)
		if want > 0 {
			assert.Contains(t, found[0], "x.go:3:31: runtime.Goexit is not allowed: no scheduler watches over")
		}
	}
}

func TestFileNames(t *testing.T) {
	tests := []struct {
		give string
		want int
	}{
		{"pool.go", 0},
		{"work_queue.go", 0},
		{"linux.go", 0},
		{"pool_linux.go", 1},
		{"pool_windows_amd64.go", 1},
		{"pool_arm64.go", 1},
		{"pool_test.go", 1},
		{"two words.go", 1},
		{"@pool.go", 1},
		{"-pool.go", 1},
		{"pool\n.go", 1},
		{"pool.go:7.go", 1},
		{"p\u043Eol.go", 1},
	}
	for _, tt := range tests {
		assert.Len(t, check(pool, tt.give, "package pool\n"), tt.want, tt.give)
	}
}

func TestSorted(t *testing.T) {
	sub := grader.Submission{Files: []grader.File{
		{Name: "b.go", Data: []byte("package pool\nimport \"os\"\n")},
		{Name: "a.go", Data: []byte("package pool\nimport (\"net\"; \"os\")\n//go:noinline\nfunc f() {}\n")},
	}}
	var got []string
	for _, d := range policy.Check(pool, sub) {
		got = append(got, fmt.Sprintf("%s:%d:%d", d.File, d.Line, d.Column))
	}
	assert.Equal(t, []string{"a.go:2:9", "a.go:2:16", "a.go:3:1", "b.go:2:8"}, got)
}

func FuzzCheck(f *testing.F) {
	f.Add("package pool\nimport \"os\"\n//line x:1\n")
	f.Add("package pool\nimport rt \"runtime\"\nvar f = rt.Stack\n")
	f.Add("package pool\nfunc {")
	f.Fuzz(func(t *testing.T, source string) {
		for _, line := range check(pool, "pool.go", source) {
			assert.NotEmpty(t, line)
		}
	})
}
