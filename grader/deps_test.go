package grader_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const module = "example.com/gokata/"

// layers says who may import whom within the module: a package may import what
// its line lists and nothing else. A name ending in "/..." stands for a
// directory and all below it. The lower layers come first.
var layers = []struct {
	pkg, why string
	imports  []string
}{
	{"grader", "the words; plain data", nil},
	{"grader/internal/sched", "the scheduler; linked into every program", nil},
	{"grader/rt", "what rewritten code calls", []string{"grader/internal/sched"}},
	{"grader/internal/gentwin", "writes the part of the twins that is a copy", nil},
	{"grader/rt/...", "the twins", []string{"grader/internal/sched", "grader/rt", "grader/rt/..."}},
	{"grader/internal/wire", "the protocol between grader and program", []string{"grader"}},
	{"grader/internal/procs", "what processes do; a leaf", nil},
	{"grader/internal/order", "how children are told what to do; a leaf", nil},
	{"grader/internal/trial", "runs cases, judges and explains", []string{"grader", "grader/internal/procs", "grader/internal/sched", "grader/internal/wire", "grader/rt", "grader/rt/..."}},
	{"grader/internal/trial/gotest", "makes cases of tests", []string{"grader", "grader/internal/trial", "grader/rt/..."}},
	{"grader/suite", "the kit", []string{"grader", "grader/internal/sched", "grader/internal/wire", "grader/internal/trial", "grader/rt", "grader/rt/..."}},
	{"grader/suite/child", "the kit for processes", []string{"grader", "grader/suite", "grader/internal/order", "grader/internal/procs", "grader/internal/sched", "grader/internal/trial"}},
	{"grader/suite/child/helper", "the process that suites start", []string{"grader/internal/order"}},
	{"grader/suites/...", "the hidden suites", []string{"grader", "grader/suite", "grader/suite/child", "exercises/..."}},

	{"grader/internal/catalog", "a leaf: leaves do not know each other", []string{"grader"}},
	{"grader/internal/policy", "a leaf", []string{"grader"}},
	{"grader/internal/advice", "a leaf", []string{"grader"}},
	{"grader/internal/instrument", "a leaf", []string{"grader"}},
	{"grader/internal/phase", "a leaf", nil},
	{"grader/internal/build", "a leaf", []string{"grader", "grader/internal/phase"}},
	{"grader/internal/sandbox", "a leaf", []string{"grader", "grader/internal/procs"}},
	{"grader/internal/report", "a leaf", []string{"grader"}},
	{"grader/internal/mutate", "a leaf", []string{"grader"}},
	{"grader/internal/scaffold", "a leaf", []string{"grader"}},
	{"grader/internal/engine", "joins the leaves", []string{
		"grader", "grader/internal/wire", "grader/internal/policy", "grader/internal/advice", "grader/internal/instrument",
		"grader/internal/build", "grader/internal/sandbox", "grader/internal/mutate", "grader/internal/phase",
	}},
	{"grader/internal/cli", "commands", []string{
		"grader", "grader/internal/sched", "grader/internal/catalog", "grader/internal/build",
		"grader/internal/report", "grader/internal/engine", "grader/internal/scaffold",
	}},
	{"grader/cmd/kata", "main", []string{"grader/internal/cli"}},
	{"grader/conformance", "grades everything there is", []string{"grader", "grader/internal/catalog", "grader/internal/engine", "grader/internal/procs", "grader/internal/scaffold"}},
	{"grader/internal/bench", "measures", []string{"grader/..."}},

	{"exercises/internal/kata", "for visible tests", nil},
	{"exercises/given/...", "what submissions may be allowed to import", nil},
	{"exercises/...", "what learners see never mentions the grader", []string{"exercises/internal/kata", "exercises/given/..."}},
	{"solutions/...", "nothing imports solutions", []string{"exercises/given/..."}},
}

// standardAlone are the packages that every submission links, which therefore
// import nothing but the standard library and each other.
var standardAlone = []string{"grader", "grader/internal/sched", "grader/internal/procs", "grader/internal/order", "grader/internal/wire", "grader/internal/trial", "grader/internal/trial/gotest", "grader/rt", "grader/rt/...", "grader/suite", given}

// heavy are packages without which a program is built and started noticeably
// faster: that was measured. Every check of an exercise waits for both.
var heavy = []string{"regexp", "github.com/google/go-cmp/cmp"}

// given packages are linked to submissions and not rewritten, so they must not
// import what the scheduler has twins of.
const given = "exercises/given/..."

var scheduled = []string{"context", "runtime", "sync", "sync/atomic", "time"}

func TestImports(t *testing.T) {
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "../...").Output()
	require.NoError(t, err)
	dec := json.NewDecoder(bytes.NewReader(out))
	for {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return
		} else {
			require.NoError(t, err)
		}
		pkg := strings.TrimPrefix(p.ImportPath, module)
		allowed, known := allowedFor(pkg)
		if !known {
			t.Errorf("%s is in no layer; say in grader/deps_test.go what it may import", pkg)
			continue
		}
		for _, imp := range p.Imports {
			own, inModule := strings.CutPrefix(imp, module)
			switch {
			case inModule && !matchAny(allowed, own):
				t.Errorf("%s must not import %s", pkg, own)
			case !inModule && strings.Contains(strings.Split(imp, "/")[0], ".") && matchAny(standardAlone, pkg):
				t.Errorf("%s must not import %s: it may use the standard library alone", pkg, imp)
			case match(given, pkg) && slices.Contains(scheduled, imp):
				t.Errorf("%s must not import %s: it is not rewritten, so the scheduler could not see what it does", pkg, imp)
			}
		}
	}
}

// TestLean looks at what the program of an exercise consists of, apart from its
// submission and its suite.
func TestLean(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "./suite", "./suite/child").Output()
	require.NoError(t, err)
	for pkg := range strings.FieldsSeq(string(out)) {
		if slices.Contains(heavy, pkg) {
			t.Errorf("the kit must not need package %s, which every program would be slower with", pkg)
		}
	}
}

func allowedFor(pkg string) ([]string, bool) {
	for _, l := range layers {
		if match(l.pkg, pkg) {
			return l.imports, true
		}
	}
	return nil, false
}

func matchAny(patterns []string, pkg string) bool {
	for _, p := range patterns {
		if match(p, pkg) {
			return true
		}
	}
	return false
}

func match(pattern, pkg string) bool {
	if dir, ok := strings.CutSuffix(pattern, "/..."); ok {
		return pkg == dir || strings.HasPrefix(pkg, dir+"/")
	}
	return path.Clean(pattern) == pkg
}
