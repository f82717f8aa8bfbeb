package policy

import (
	"go/ast"
	"strconv"
	"strings"
)

// reasons says why a package is on no list, or on few. What is not here gets
// the general reason.
var reasons = map[string]string{
	"C":              "cgo leaves Go, where neither the scheduler nor the race detector can see",
	"unsafe":         "it goes round the rules of the language that a proof about your program rests on",
	"reflect":        "it can send, receive and select behind the scheduler's back",
	"plugin":         "it would load code that nobody has looked at",
	"embed":          "a submission is its Go files and nothing else",
	"testing":        "the tests are the grader's part, yours is the package under test",
	"syscall":        "it talks to the operating system directly, past the scheduler and the virtual clock",
	"os":             "files, the environment and the exit of the process belong to the grader here",
	"os/exec":        "the exercise is about goroutines of one process",
	"os/signal":      "signals come from outside, so no schedule could be repeated",
	"net":            "what comes over a network cannot be repeated, and the grader has none",
	"net/http":       "what comes over a network cannot be repeated, and the grader has none",
	"log":            "it writes from a lock of its own that the scheduler does not know; return an error, or print with fmt",
	"math/rand":      "the same schedule must go the same way each time",
	"math/rand/v2":   "the same schedule must go the same way each time",
	"crypto/rand":    "the same schedule must go the same way each time",
	"unique":         "it keeps state outside your program that lives on from one schedule to the next",
	"weak":           "it depends on the garbage collector, which no schedule controls",
	"runtime":        "the exercise can be solved without asking the runtime",
	"runtime/debug":  "it changes the runtime that the grader itself runs on",
	"runtime/pprof":  "it observes the runtime that the grader itself runs on",
	"runtime/trace":  "it observes the runtime that the grader itself runs on",
	"runtime/race":   "it would speak to the race detector",
	"testing/fstest": "the tests are the grader's part, yours is the package under test",
}

// importSpec checks one import. The exercise's list wins, save for cgo.
func (c *checker) importSpec(spec *ast.ImportSpec) {
	path := importPath(spec)
	if path == "" {
		return // not a string: a matter for the compiler
	}
	for _, allowed := range c.ex.Imports {
		if path == allowed && path != "C" {
			return
		}
	}
	c.add(spec.Pos(), "import %q is not allowed: %s; %s may import %s", path, why(path), c.ex.Slug, list(c.ex.Imports))
}

func why(path string) string {
	if reason, ok := reasons[path]; ok {
		return reason
	}
	first, _, _ := strings.Cut(path, "/")
	switch {
	case strings.HasPrefix(path, "testing/"):
		return reasons["testing"]
	case strings.HasPrefix(path, "net/"):
		return reasons["net"]
	case strings.HasPrefix(path, "example.com/gokata"):
		return "an answer stands on its own, without the grader or the other exercises"
	case first == "internal" || strings.Contains(path, "/internal"):
		return "internal packages belong to those who wrote them"
	case first == "." || first == ".." || strings.HasPrefix(path, "/"):
		return "an answer is one package"
	case strings.Contains(first, "."):
		return "the exercise is to build it from the standard library"
	default:
		return "the exercise does not need it, and the scheduler may not control it"
	}
}

func importPath(spec *ast.ImportSpec) string {
	path, err := strconv.Unquote(spec.Path.Value)
	if err != nil {
		return ""
	}
	return path
}
