package build

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"go/importer"
	"go/token"
	"go/types"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"example.com/gokata/grader"
)

// Module is the module that everything lives in.
const Module = "example.com/gokata"

// Environment is all that grading submissions to one exercise has in common.
type Environment struct {
	Go string // version of Go, like go1.26.8

	root, slug string
	imports    []string // what submissions may import
	helped     bool     // the suite starts processes, for which it has a helper program
	tools      toolchain
	patterns   []string          // what does not depend on a submission
	exports    map[string]string // import path → compiled package
	cache      string            // directory for what belongs to this environment; removed when stale
	store      store
	programs   programs
	prepared   prepared
}

// Prepare compiles whatever does not depend on a submission and returns where
// it is, for submissions to ex. root is the directory of go.mod. A second call is fast. It may be
// called by several processes at once.
func Prepare(ctx context.Context, root string, ex grader.Exercise) (*Environment, error) {
	tools, err := find(ctx)
	if err != nil {
		return nil, err
	}
	env := &Environment{Go: tools.version, root: root, slug: ex.Slug, imports: ex.Imports, helped: ex.Track == grader.TrackProcesses, tools: tools}
	env.patterns = append([]string{"./grader/suites/" + ex.Slug, "./grader/rt/...", "./grader/suite"}, ex.Imports...)
	return env, env.open(ctx, env.sources())
}

// open finds what was prepared from the given sources, or prepares it.
func (e *Environment) open(ctx context.Context, sources []string) error {
	key, err := e.key(sources)
	if err != nil {
		return err
	}
	base, err := os.UserCacheDir()
	if err != nil {
		base = os.TempDir()
	}
	base = filepath.Join(base, "gokata")
	e.cache = filepath.Join(base, e.slug+"-"+key)
	e.store.dir = filepath.Join(base, "objects")
	e.programs.dir = filepath.Join(base, "programs")
	if e.load() {
		return nil
	}
	return e.prepare(ctx)
}

// prepare lets the go command compile what does not depend on a submission,
// and keeps it.
func (e *Environment) prepare(ctx context.Context) error {
	return repaired(func() error {
		exports, err := e.list(ctx)
		if err != nil {
			return explainMissing(err)
		}
		libgcc, err := e.tools.findLibgcc(ctx)
		if err != nil {
			return err
		}
		helper, err := e.buildHelper(ctx)
		if err != nil {
			return err
		}
		defer os.Remove(helper)
		return e.save(exports, libgcc, helper)
	}, func(damage *damagedError) error {
		return os.Remove(damage.path) // the go command compiles it anew
	})
}

// SuitePath returns the import path of the suite.
func (e *Environment) SuitePath() string { return Module + "/grader/suites/" + e.slug }

// ExercisePath returns the import path of the exercise, and of submissions.
func (e *Environment) ExercisePath() string { return Module + "/exercises/" + e.slug }

// Dir returns a directory for what can be computed from the environment alone.
// Whatever is written there must be written under another name first and
// renamed.
func (e *Environment) Dir() string { return e.cache }

// Importer returns an importer for go/types that reads the compiled packages.
// It may be used while a program is built.
func (e *Environment) Importer() types.Importer {
	exports := e.exports
	return importer.ForCompiler(token.NewFileSet(), "gc", func(path string) (io.ReadCloser, error) {
		file, ok := exports[path]
		if !ok {
			return nil, fmt.Errorf("package %s is not available here", path)
		}
		return os.Open(file)
	})
}

// sources are the directories whose content decides what is prepared.
func (e *Environment) sources() []string {
	return []string{
		"go.mod", "go.sum", "grader/grader.go", "grader/rt", "grader/suite",
		"grader/internal/sched", "grader/internal/procs", "grader/internal/order", "grader/internal/wire", "grader/internal/trial", "grader/internal/instrument",
		"grader/internal/build", "grader/suites/" + e.slug, "exercises/" + e.slug, "exercises/given",
	}
}

// key hashes everything that the prepared objects depend on.
func (e *Environment) key(sources []string) (string, error) {
	h := sha256.New()
	// The patches are those of this program, which may be older than the sources.
	fmt.Fprintf(h, "%s %s %s %q %s", e.tools.version, e.tools.tools, e.imports, patches, baton)
	for _, src := range sources {
		err := filepath.WalkDir(filepath.Join(e.root, src), func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if d.IsDir() {
				if d.Name() == "testdata" {
					return filepath.SkipDir
				}
				return nil
			}
			if !slices.Contains([]string{".go", ".s", ".mod", ".sum", ".txt"}, filepath.Ext(path)) || strings.HasSuffix(path, "_test.go") {
				return nil
			}
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			fmt.Fprintln(h, path, len(data))
			h.Write(data)
			return nil
		})
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
	}
	return hex.EncodeToString(h.Sum(nil))[:16], nil
}

// leanFlag leaves out debugging information, which the linker would drop.
const leanFlag = "-gcflags=all=-dwarf=false"

// list lets the go command compile the packages and all that they need, and
// returns where they are.
func (e *Environment) list(ctx context.Context) (map[string]string, error) {
	overlay, _, err := overlay(e.tools.root, e.cache)
	if err != nil {
		return nil, err
	}
	args := []string{"list", "-race", "-trimpath", leanFlag, "-export", "-deps", "-json=ImportPath,Export", "-overlay", overlay}
	args = append(args, e.patterns...)
	// The last two are what the linker adds to every program by itself.
	args = append(args, "runtime/race", "runtime/cgo")
	out, err := run(ctx, e.root, e.tools.goCmd, args...)
	if err != nil {
		return nil, err
	}
	exports := map[string]string{}
	dec := json.NewDecoder(bytes.NewReader(out))
	for {
		var p struct{ ImportPath, Export string }
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return exports, nil
		} else if err != nil {
			return nil, fmt.Errorf("go list: %w", err)
		}
		if p.Export != "" {
			exports[p.ImportPath] = p.Export
		}
	}
}
