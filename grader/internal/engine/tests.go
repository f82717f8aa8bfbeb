package engine

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/build"
	"example.com/gokata/grader/internal/wire"
)

// testNames are the tests of a package and of its external test package.
type testNames struct {
	list        []testName
	mainInside  bool // there is a TestMain
	mainOutside bool
}

type testName struct {
	name    string
	fuzz    bool
	outside bool
}

// findTests reads the test files for the functions that go test would run,
// except examples.
func findTests(t *build.Tests) (*testNames, error) {
	names := &testNames{}
	for _, p := range []*build.Package{t.Inside, t.Outside} {
		if p == nil || p.Opaque != "" {
			continue
		}
		files, err := p.Read()
		if err != nil {
			return nil, err
		}
		for _, f := range files {
			if strings.HasSuffix(f.Name, "_test.go") {
				names.read(f, p == t.Outside)
			}
		}
	}
	return names, nil
}

func (n *testNames) read(f grader.File, outside bool) {
	file, err := parser.ParseFile(token.NewFileSet(), f.Name, f.Data, parser.SkipObjectResolution)
	if err != nil {
		return // whoever compiles it says so
	}
	for _, d := range file.Decls {
		fn, ok := d.(*ast.FuncDecl)
		if !ok || fn.Recv != nil || fn.Type.TypeParams != nil {
			continue
		}
		name := fn.Name.Name
		switch param := testParam(fn); {
		case name == "TestMain" && param == "M":
			if outside {
				n.mainOutside = true
			} else {
				n.mainInside = true
			}
		case param == "T" && isTest(name, "Test"), param == "F" && isTest(name, "Fuzz"):
			n.list = append(n.list, testName{name: name, fuzz: param == "F", outside: outside})
		}
	}
}

// testParam returns the X of func(x *testing.X), however the package is called
// in the file.
func testParam(fn *ast.FuncDecl) string {
	ps := fn.Type.Params.List
	if len(ps) != 1 || len(ps[0].Names) > 1 || fn.Type.Results != nil {
		return ""
	}
	star, ok := ps[0].Type.(*ast.StarExpr)
	if !ok {
		return ""
	}
	switch x := star.X.(type) {
	case *ast.SelectorExpr:
		return x.Sel.Name
	case *ast.Ident:
		return x.Name
	}
	return ""
}

// isTest tells whether a name is that of a test: TestX, and not Testify.
func isTest(name, prefix string) bool {
	rest, ok := strings.CutPrefix(name, prefix)
	if !ok || rest == "" {
		return ok
	}
	r, _ := utf8.DecodeRuneInString(rest)
	return !unicode.IsLower(r)
}

// keep drops all tests but those that match.
func (n *testNames) keep(re *regexp.Regexp) {
	n.list = slices.DeleteFunc(n.list, func(t testName) bool { return !re.MatchString(t.name) })
}

// trialProgram is what the program that runs tests knows of them, as in
// trial.Program.
type trialProgram struct {
	place    string // stands before the names of tests in schedules
	names    wire.Names
	suspects []string
}

// main writes the main package of the program that runs the tests.
func (n *testNames) main(t *build.Tests, p trialProgram) grader.File {
	var b bytes.Buffer
	const internal = build.Module + "/grader/internal/"
	fmt.Fprintf(&b, "package main\n\nimport (\n\ttrial %q\n\tgotest %q\n\twire %q\n", internal+"trial", internal+"trial/gotest", internal+"wire")
	uses := func(outside bool) bool {
		return (outside && n.mainOutside || !outside && n.mainInside) ||
			slices.ContainsFunc(n.list, func(t testName) bool { return t.outside == outside })
	}
	if uses(false) {
		fmt.Fprintf(&b, "\tinside %q\n", t.Path)
	}
	if uses(true) {
		fmt.Fprintf(&b, "\toutside %q\n", t.Path+"_test")
	}
	testMain := "nil"
	switch {
	case n.mainInside:
		testMain = "inside.TestMain"
	case n.mainOutside:
		testMain = "outside.TestMain"
	}
	fmt.Fprintf(&b, ")\n\nfunc main() {\n\ttrial.Serve(trial.Program{Name: %q, Tests: true, Match: gotest.Match, Names: %#v, Suspects: %#v, Cases: []trial.Case{\n", p.place, p.names, p.suspects)
	for _, test := range n.list {
		from, kind := "inside", "Test"
		if test.outside {
			from = "outside"
		}
		if test.fuzz {
			kind = "Fuzz"
		}
		fmt.Fprintf(&b, "\t\tgotest.%s(%q, %s, %s.%s),\n", kind, test.name, testMain, from, test.name)
	}
	b.WriteString("\t}}, trial.Scheduled)\n}\n")
	return grader.File{Name: "main.go", Data: b.Bytes()}
}

// leaving are the packages of the standard library whose work is not under
// the scheduler's control.
var leaving = []string{"net", "net/http", "net/http/httptest", "net/rpc", "os/exec", "os/signal", "syscall", "plugin", "testing/synctest"}

// uncontrolled returns which of them the files import.
func uncontrolled(files []grader.File) []string {
	var out []string
	for _, f := range files {
		file, err := parser.ParseFile(token.NewFileSet(), f.Name, f.Data, parser.ImportsOnly)
		if err != nil {
			continue
		}
		for _, spec := range file.Imports {
			p, _ := strconv.Unquote(spec.Path.Value)
			if slices.Contains(leaving, p) && !slices.Contains(out, p) {
				out = append(out, p)
			}
		}
	}
	slices.Sort(out)
	return out
}
