package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite the golden parts of the scripts")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"kata": main})
}

// TestScripts runs the scripts in testdata/script, each a story of one user.
func TestScripts(t *testing.T) {
	root, err := filepath.Abs("../../..")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("ROOT", root)
			for _, name := range []string{"HOME", "GOPATH", "GOCACHE", "GOMODCACHE", "GOPROXY", "XDG_CACHE_HOME"} {
				if v, ok := os.LookupEnv(name); ok {
					env.Setenv(name, v)
				}
			}
			return nil
		},
		Condition: func(name string) (bool, error) {
			if name != "userns" {
				return false, fmt.Errorf("unknown condition %q", name)
			}
			return exec.Command("unshare", "-Ur", "true").Run() == nil, nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"edit": edit,
			"same": same,
			"copy": copyProject,
		},
	})
}

// edit FILE OLD NEW copies the reference solution of pool to FILE, with the one
// place where OLD stands replaced by NEW.
func edit(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: edit FILE OLD NEW")
	}
	text, err := os.ReadFile(filepath.Join(ts.Getenv("ROOT"), "solutions", "pool", "pool.go"))
	ts.Check(err)
	if bytes.Count(text, []byte(args[1])) != 1 {
		ts.Fatalf("%q does not stand in the solution exactly once", args[1])
	}
	file := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(filepath.Dir(file), 0o777))
	ts.Check(os.WriteFile(file, bytes.Replace(text, []byte(args[1]), []byte(args[2]), 1), 0o666))
}

// same FILE FILE compares two files.
func same(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: same FILE FILE")
	}
	if (ts.ReadFile(args[0]) == ts.ReadFile(args[1])) == neg {
		ts.Fatalf("%s and %s: same is %v", args[0], args[1], neg)
	}
}

// copy DIR copies the project to DIR.
func copyProject(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: copy DIR")
	}
	for _, name := range []string{"go.mod", "go.sum", "exercises", "solutions", "grader"} {
		from, to := filepath.Join(ts.Getenv("ROOT"), name), filepath.Join(ts.MkAbs(args[0]), name)
		if info, err := os.Stat(from); err == nil && info.IsDir() {
			ts.Check(os.CopyFS(to, os.DirFS(from)))
			continue
		}
		text, err := os.ReadFile(from)
		ts.Check(err)
		ts.Check(os.WriteFile(to, text, 0o666))
	}
}
