package instrument_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/instrument"
)

func TestZZ(t *testing.T) {
	root := filepath.Join(runtime.GOROOT(), "test")
	var files []string
	filepath.WalkDir(root, func(p string, d os.DirEntry, err error) error {
		if strings.HasSuffix(p, ".go") {
			files = append(files, p)
		}
		return nil
	})
	re := regexp.MustCompile(`<-|\bgo [a-z]|select \{|\bgoto |^var |\nfunc init`)
	dir := "/tmp/zzrun"
	os.RemoveAll(dir)
	os.MkdirAll(dir, 0o755)
	os.WriteFile(dir+"/go.mod", []byte("module example.com/gokata\n\ngo 1.26\n"), 0o644)
	os.CopyFS(filepath.Join(dir, "grader", "rt"), os.DirFS("testdata/rt"))
	twin := regexp.MustCompile(`"example.com/gokata/grader/rt/(\w+)"`)
	n := 0
	type res struct{ msg string }
	sem := make(chan bool, 3)
	for _, f := range files {
		src, _ := os.ReadFile(f)
		if !regexp.MustCompile(`(?m)^// run\s*$`).Match(src) || !re.Match(src) || len(src) > 60000 {
			continue
		}
		cfg := instrument.Config{Path: "main", Importer: packages, Prefix: "/submission/", Fresh: true, Files: []grader.File{{Name: "main.go", Data: src}}}
		got, err := instrument.Package(cfg)
		rel, _ := filepath.Rel(root, f)
		if err != nil {
			var e *instrument.Error
			errors.As(err, &e)
			t.Log("SKIP", rel, err)
			continue
		}
		n++
		d := filepath.Join(dir, fmt.Sprint("p", n))
		os.MkdirAll(d+"/a", 0o755)
		os.MkdirAll(d+"/b", 0o755)
		os.WriteFile(d+"/a/main.go", src, 0o644)
		for _, g := range got {
			os.WriteFile(d+"/b/"+g.Name, twin.ReplaceAllFunc(g.Data, func(b []byte) []byte {
				name := string(twin.FindSubmatch(b)[1])
				if name == "atomic" {
					name = "sync/atomic"
				}
				return []byte(`"` + name + `"`)
			}), 0o644)
		}
		t.Run(rel, func(t *testing.T) {
			t.Parallel()
			sem <- true; defer func() { <-sem }()
			run := func(sub string) (string, string) {
				ctx, c := context.WithTimeout(context.Background(), 60*time.Second)
				defer c()
				cmd := exec.CommandContext(ctx, "go", "build", "-o", d+"/"+sub+".exe", "./"+sub)
				cmd.Dir = d
				if out, err := cmd.CombinedOutput(); err != nil {
					return "build", string(out)
				}
				cmd = exec.CommandContext(ctx, d+"/"+sub+".exe")
				cmd.Dir = d
				out, err := cmd.CombinedOutput()
				return fmt.Sprint(err), string(out)
			}
			a, ao := run("a")
			b, bo := run("b")
			os.Remove(d+"/a.exe"); os.Remove(d+"/b.exe")
			if a != b || (a == "<nil>" && !bytes.Equal([]byte(ao), []byte(bo))) {
				t.Errorf("DIFF %s %s\n%.300s\n----- %s\n%.600s", d, a, ao, b, bo)
			}
		})
		if len(sem) > 100 { break }
	}
	t.Log(n)
}
