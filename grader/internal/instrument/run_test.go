package instrument_test

import (
	"context"
	"flag"
	"go/build"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/instrument"
)

var (
	functions = flag.Int("functions", 30, "how many random functions TestRun writes")
	seed      = flag.Uint64("seed", 1, "of the random functions")
)

// TestRun runs each program of testdata/run, and a random one, as it is, and
// rewritten and linked with an rt that does the ordinary thing: both must
// print the same. Where rewriting is meant to make a difference, a file named
// want says which.
func TestRun(t *testing.T) {
	if testing.Short() {
		t.Skip("builds programs")
	}
	paths, err := filepath.Glob("testdata/run/*.txtar")
	require.NoError(t, err)
	dir := t.TempDir()
	write := func(name string, data []byte) {
		name = filepath.Join(dir, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
		require.NoError(t, os.WriteFile(name, data, 0o644))
	}
	write("go.mod", []byte("module example.com/gokata\n\ngo 1.26\n"))
	require.NoError(t, os.CopyFS(filepath.Join(dir, "grader", "rt"), os.DirFS("testdata/rt")))
	wanted := map[string]string{}
	before, after := []string{"build", "-o", "bin/before/"}, []string{"build", "-o", "bin/after/"}
	programs := map[string]*txtar.Archive{"generated": generate(*seed, *functions)}
	for _, path := range paths {
		programs[strings.TrimSuffix(filepath.Base(path), ".txtar")], err = txtar.ParseFile(path)
		require.NoError(t, err)
	}
	names := slices.Sorted(maps.Keys(programs))
	for _, name := range names {
		a := programs[name]
		cfg := settings(a)
		cfg.Path, cfg.Fresh = "example.com/gokata/after/"+name, true
		if cfg.Lang != "" {
			before = append(before, "-gcflags=example.com/gokata/before/"+name+"=-lang="+cfg.Lang)
			after = append(after, "-gcflags=example.com/gokata/after/"+name+"=-lang="+atLeast(cfg.Lang))
		}
		for _, f := range a.Files {
			if f.Name == "want" {
				wanted[name] = string(f.Data)
				continue
			}
			cfg.Files = append(cfg.Files, grader.File{Name: f.Name, Data: f.Data})
			write(filepath.Join("before", name, f.Name), f.Data)
		}
		got, err := instrument.Package(cfg)
		require.NoError(t, err)
		for _, f := range got {
			write(filepath.Join("after", name, f.Name), f.Data)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	command := func(name string, args ...string) string {
		cmd := exec.CommandContext(ctx, name, args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod")
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, "%s", out)
		return string(out)
	}
	command("go", append(before, "./before/...")...)
	command("go", append(after, "./after/...")...)
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			want, ok := wanted[name]
			if !ok {
				want = command(filepath.Join(dir, "bin", "before", name))
			}
			assert.Equal(t, want, command(filepath.Join(dir, "bin", "after", name)))
			assert.NotEmpty(t, want)
		})
	}
}

// TestStandardLibrary rewrites packages that nobody wrote for this test, with
// those of their tests that belong to the package.
func TestStandardLibrary(t *testing.T) {
	if testing.Short() {
		t.Skip("type-checks large packages")
	}
	for _, path := range []string{
		"bytes", "context", "database/sql", "encoding/json", "go/types", "io", "log/slog",
		"net/rpc", "os/exec", "sync", "testing", "text/template", "time",
	} {
		pkg, err := build.Import(path, "", 0)
		require.NoError(t, err)
		for _, fresh := range []bool{false, true} {
			t.Run(path, func(t *testing.T) {
				cfg := instrument.Config{Path: path, Prefix: "/submission/", Importer: packages, Fresh: fresh, Tests: fresh}
				if cfg.Tests {
					pkg.GoFiles = append(pkg.GoFiles, pkg.TestGoFiles...)
				}
				for _, name := range pkg.GoFiles {
					data, err := os.ReadFile(filepath.Join(pkg.Dir, name))
					require.NoError(t, err)
					cfg.Files = append(cfg.Files, grader.File{Name: name, Data: data})
				}
				got, err := instrument.Package(cfg)
				require.NoError(t, err)
				samePlaces(t, cfg, got)
			})
		}
	}
}
