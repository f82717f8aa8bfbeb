package instrument_test

import (
	"context"
	"go/build"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/instrument"
)

// TestRun runs each program of testdata/run as it is, and rewritten and linked
// with an rt that does the ordinary thing: both must print the same.
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
	for _, path := range paths {
		a, err := txtar.ParseFile(path)
		require.NoError(t, err)
		name := strings.TrimSuffix(filepath.Base(path), ".txtar")
		cfg := instrument.Config{Path: "example.com/gokata/after/" + name, Importer: packages, Fresh: true}
		for _, f := range a.Files {
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
	command("go", "build", "-o", "bin/before/", "./before/...")
	command("go", "build", "-o", "bin/after/", "./after/...")
	for _, path := range paths {
		name := strings.TrimSuffix(filepath.Base(path), ".txtar")
		t.Run(name, func(t *testing.T) {
			want := command(filepath.Join(dir, "bin", "before", name))
			assert.Equal(t, want, command(filepath.Join(dir, "bin", "after", name)))
			assert.NotEmpty(t, want)
		})
	}
}

// TestStandardLibrary rewrites packages that nobody wrote for this test.
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
				cfg := instrument.Config{Path: path, Prefix: "/submission/", Importer: packages, Fresh: fresh}
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
