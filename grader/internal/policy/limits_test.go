package policy_test

import (
	"fmt"
	"go/importer"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/policy"
)

// doubling returns n constants, each of which is twice the one before it.
func doubling(n int) string {
	var b strings.Builder
	b.WriteString("const s0 = \"0123456789\"\n")
	for i := range n {
		fmt.Fprintf(&b, "const s%d = s%d + s%d\n", i+1, i, i)
	}
	return b.String()
}

func TestLimits(t *testing.T) {
	tests := []struct {
		name, give, want, why string
	}{
		{"long line", "var x = 1 //" + strings.Repeat("x", 4000), "bytes long", "reports show lines"},
		{"line within bounds", "var x = 1 //" + strings.Repeat("x", 3900), "", "comments may be long"},
		{"brackets", "var x = " + strings.Repeat("(\n", 600) + "1" + strings.Repeat("\n)", 600), "nested more than 500", "seen before the parser is asked"},
		{"unary signs", "var y = 1\nvar x = " + strings.Repeat("-\n", 600) + "y", "nested more than 500", "nested without brackets"},
		{"sum", "var y = 1\nvar x = y" + strings.Repeat(" +\ny", 600), "nested more than 500", "a sum is a tree with one long side"},
		{"else if", "func f(n int) {\n" + strings.Repeat("if n == 1 {\n} else ", 1200) + "{\n}\n}", "nested more than 500", "go/parser gives up on so many scopes and forgets the whole file"},
		{"words", strings.Repeat("var _ = 1\n", 30_000), "100000 words", "what people write is short"},
		{"control character", "// \x1b[2J", "U+001B", "a report would show it"},
		{"direction", "// \u202E", "U+202E", "the text would read differently from what it does"},
		{"doubled constants", doubling(40), "constant strings", "a terabyte that go/types would build"},
		{"a few doubled constants", doubling(10), "", "10 KiB are nothing"},
		{"doubled in blocks", "const s = \"0123456789\"\nfunc f() {\n" + strings.Repeat("{\nconst s = s + s\n", 40) + strings.Repeat("}\n", 40) + "}", "constant strings", "each s is another one"},
		{"repeated value", "const (\n\ta = \"x\" + \"y\"\n\tb\n)", "", "b repeats the value of a"},
		{"structs", "type t0 struct{ a int }\n" + chain("type t%d struct{ a, b t%d }\n", 30), "consists of", "go/types looks at every one"},
		{"pointers", "type t0 struct{ a int }\n" + chain("type t%d struct{ a, b *t%d }\n", 30), "", "nothing is nested"},
		{"generic structs", "type two[T any] struct{ a, b T }\nvar x " + strings.Repeat("two[", 30) + "int" + strings.Repeat("]", 30), "consists of", "the same with type arguments"},
		{"list", "type node struct {\n\tnext *node\n\tall []node\n}", "", "an ordinary type"},
		{"array", "var x [1 << 30]byte", "takes more than 16 MiB", "every schedule would clear it"},
		{"array of arrays", "type a [1 << 10]b\ntype b [1 << 10]c\ntype c [1 << 10]byte", "takes more than 16 MiB", "each of them is small"},
		{"array literal", "var x = [...]int{1 << 22: 1}", "takes more than 16 MiB", "the length comes from the index"},
		{"array within bounds", "var x [1 << 20]int64", "", "8 MiB"},
		{"index", "var x = []int{1 << 40: 1}", "index above", "the compiler writes down all of it"},
		{"map literal", "var x = map[int]int{1 << 40: 1}", "", "a key is no index"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := check(pool, "pool.go", "package pool\n"+tt.give+"\n")
			if tt.want == "" {
				assert.Empty(t, got, tt.why)
				return
			}
			require.NotEmpty(t, got, tt.why)
			assert.Contains(t, got[0], tt.want, tt.why)
		})
	}
	assert.Empty(t, check(pool, "pool.go", "\uFEFFpackage pool\r\n"), "editors write a byte order mark and carriage returns")
}

// chain returns n declarations, each of which refers to the one before it.
func chain(format string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i+1, i)
	}
	return b.String()
}

// everything is an exercise that allows what is restricted.
var everything = grader.Exercise{Slug: "x", Imports: []string{"log", "os", "runtime", "syscall", "time"}}

func TestSymbols(t *testing.T) {
	tests := []struct {
		name, imports, give, want, why string
	}{
		{"call", `import "os"`, "func f() { os.Exit(0) }", "os.Exit is not allowed", "ends the process"},
		{"value", `import "os"`, "var f = map[int]func(int){0: os.Exit}", "os.Exit is not allowed", "it need not be called where it is named"},
		{"other name", `import sys "os"`, "var f = sys.Exit", "os.Exit is not allowed", "the path counts, not the name"},
		{"parentheses", `import "os"`, "var f = ((os)).Exit", "os.Exit is not allowed", "parentheses mean nothing"},
		{"dot import", `import . "os"`, "var f = Exit", "hides which of its names", "no name of it stands with a package"},
		{"arguments", `import "os"`, "var a = os.Args", "os.Args is not allowed", "they are the grader's"},
		{"descriptor", `import "os"`, "var f = os.NewFile(3, \"\")", "os.NewFile is not allowed", "3 and 4 are the protocol's"},
		{"files", `import "os"`, "var f, err = os.Open(os.DevNull)", "", "what else is in os is for the sandbox"},
		{"method expression", `import "log"`, "var f = (*log.Logger).Fatal", "method Fatal is not allowed", "it is named all the same"},
		{"method of a value", `import "log"`, "func f(l *log.Logger) { l.Fatalf(\"\") }", "method Fatalf is not allowed", "it calls os.Exit"},
		{"interface", `import "log"`, "func f(l interface{ Fatal(...any) }) { l.Fatal() }\nvar _ = log.Default", "method Fatal is not allowed", "a logger may stand behind it"},
		{"embedded", `import "log"`, "type t struct{ *log.Logger }\nfunc (x t) f() { x.Fatalln() }", "method Fatalln is not allowed", "promoted"},
		{"log", `import "log"`, "func f() { log.Print(1) }", "", "printing is fine"},
		{"finalizer", `import "runtime"`, "var f = runtime.SetFinalizer", "garbage collector", "runs where no schedule controls it"},
		{"cleanup", `import "runtime"`, "var f = runtime.AddCleanup[int, int]", "garbage collector", "the same, instantiated"},
		{"thread", `import "runtime"`, "func f() { runtime.LockOSThread() }", "threads belong to the grader", "thread bombs"},
		{"embedded type", `import "runtime"`, "type t struct{ *runtime.Frames }", "runtime.Frames is not allowed", "its methods would be promoted"},
		{"processors", `import "runtime"`, "var n = runtime.GOMAXPROCS(1) + runtime.NumCPU()", "", "twins"},
		{"time zone", `import "time"`, "var l, err = time.LoadLocation(\"x\")", "time.LoadLocation is not allowed", "reads files"},
		{"clock", `import "time"`, "var t = time.Now()", "", "a twin"},
		{"system call", `import "syscall"`, "func f() { syscall.RawSyscall(425, 0, 0, 0) }", "syscall.RawSyscall is not allowed", "io_uring"},
		{"signal", `import "syscall"`, "var s syscall.Signal = syscall.SIGTERM", "", "process exercises send signals"},
		{"type switch", `import "runtime"`, "func f(x any) { switch runtime := x.(type) { case *runtime.Frames: _ = runtime } }", "runtime.Frames is not allowed", "the variable begins only behind the case; go/parser thinks otherwise"},
		{"shadowed", `import "os"`, "type t struct{ Exit int }\nfunc f(os t) int { return os.Exit }\nvar _ = os.Pipe", "", "a parameter, not the package"},
		{"field", `import "os"`, "type t struct{ os struct{ Exit int } }\nfunc f(x t) int { return x.os.Exit }\nvar _ = os.Pipe", "", "a field, not the package"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			source := "package x\n" + tt.imports + "\n" + tt.give + "\n"
			for _, imp := range []bool{false, true} {
				var got []grader.Diagnostic
				sub := grader.Submission{Files: []grader.File{{Name: "x.go", Data: []byte(source)}}}
				if imp {
					got = policy.CheckTypes(everything, sub, importer.Default())
				} else {
					got = policy.Check(everything, sub)
				}
				if tt.want == "" {
					assert.Empty(t, got, tt.why)
				} else if assert.NotEmpty(t, got, tt.why) {
					assert.Contains(t, got[0].Message, tt.want, tt.why)
				}
			}
		})
	}
}

// TestImporter is what an importer adds: the values of imported constants.
func TestImporter(t *testing.T) {
	sub := grader.Submission{Files: []grader.File{{Name: "x.go", Data: []byte("package x\nimport \"time\"\nvar x [time.Second]byte\n")}}}
	assert.Empty(t, policy.Check(everything, sub))
	assert.Len(t, policy.CheckTypes(everything, sub, importer.Default()), 1)
}

func TestCommentsBehindErrors(t *testing.T) {
	got := check(pool, "pool.go", "package pool\nfunc {\n)))\n//go:norace\n")
	assert.Len(t, got, 1, "a directive is found where the parser has given up")
}

func TestManyViolations(t *testing.T) {
	got := check(pool, "pool.go", "package pool\n"+strings.Repeat("//go:norace\n", 1000))
	assert.Len(t, got, 50)
}
