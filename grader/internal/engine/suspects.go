package engine

import (
	"bytes"
	"go/parser"
	"go/token"
	"slices"
	"strconv"

	"example.com/gokata/grader"
)

// varying says what the packages of the standard library have to do with that
// give something else in every run, whatever the schedule.
var varying = map[string]string{
	"crypto/rand":     "random numbers of crypto/rand",
	"hash/maphash":    "seeds of hash/maphash",
	"io/ioutil":       "files (io/ioutil)",
	"net":             "the network (net)",
	"net/http":        "the network (net/http)",
	"os":              "files, their times and the environment (os)",
	"os/exec":         "other processes (os/exec)",
	"runtime/debug":   "the garbage collector (runtime/debug)",
	"runtime/metrics": "the state of the runtime (runtime/metrics)",
	"syscall":         "the operating system (syscall)",
	"unsafe":          "addresses of variables (unsafe)",
	"weak":            "what the garbage collector has freed (weak)",
}

// pointerVerb is how the address of a variable gets into a text.
var pointerVerb = []byte("%p")

// suspicious returns, in words, what the files use that makes code behave
// differently under the same schedule.
func suspicious(files []grader.File) []string {
	var out []string
	for _, f := range files {
		if bytes.Contains(f.Data, pointerVerb) {
			out = append(out, "addresses of variables (%p)")
		}
		file, err := parser.ParseFile(token.NewFileSet(), f.Name, f.Data, parser.ImportsOnly)
		if err != nil {
			continue // whoever compiles it says so
		}
		for _, spec := range file.Imports {
			path, _ := strconv.Unquote(spec.Path.Value)
			if what := varying[path]; what != "" {
				out = append(out, what)
			}
		}
	}
	return out
}

// unique returns each of the words once, in alphabetical order.
func unique(words []string) []string {
	slices.Sort(words)
	return slices.Compact(words)
}
