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
	tools      toolchain
	exports    map[string]string // import path → compiled package
	cache      string            // directory for what belongs to this environment; removed when stale
}

// Prepare compiles whatever does not depend on a submission and returns where
// it is, for submissions to ex. root is the directory of go.mod. A second call is fast. It may be
// called by several processes at once.
func Prepare(ctx context.Context, root string, ex grader.Exercise) (*Environment, error) {
	tools, err := find(ctx)
	if err != nil {
		return nil, err
	}
	env := &Environment{Go: tools.version, root: root, slug: ex.Slug, imports: ex.Imports, tools: tools}
	if env.cache, err = env.directory(env.sources()); err != nil {
		return nil, err
	}
	if env.load() {
		return env, nil
	}
	patterns := []string{"./grader/suites/" + ex.Slug, "./grader/rt/...", "./grader/suite"}
	if err := env.list(ctx, append(patterns, ex.Imports...)); err != nil {
		return nil, explainMissing(err)
	}
	return env, env.save()
}

// directory returns where to keep what depends on the given sources.
func (e *Environment) directory(sources []string) (string, error) {
	key, err := e.key(sources)
	if err != nil {
		return "", err
	}
	base, err := os.UserCacheDir()
	if err != nil {
		base = os.TempDir()
	}
	return filepath.Join(base, "gokata", e.slug+"-"+key), nil
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
func (e *Environment) Importer() types.Importer {
	return importer.ForCompiler(token.NewFileSet(), "gc", func(path string) (io.ReadCloser, error) {
		file, ok := e.exports[path]
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
		"grader/internal/sched", "grader/internal/wire", "grader/internal/trial", "grader/internal/instrument",
		"grader/internal/build", "grader/suites/" + e.slug, "exercises/" + e.slug,
	}
}

// key hashes everything that the prepared objects depend on.
func (e *Environment) key(sources []string) (string, error) {
	h := sha256.New()
	fmt.Fprintln(h, e.tools.version, e.tools.tools, os.Getenv("GOCACHE"), e.imports)
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
			if ext := filepath.Ext(path); ext != ".go" && ext != ".mod" && ext != ".sum" || strings.HasSuffix(path, "_test.go") {
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

const exportsFile = "exports.json"

// load reads what an earlier Prepare has saved, if all of it is still there.
func (e *Environment) load() bool {
	data, err := os.ReadFile(filepath.Join(e.cache, exportsFile))
	if err != nil || json.Unmarshal(data, &e.exports) != nil {
		return false
	}
	for _, file := range e.exports {
		if _, err := os.Stat(file); err != nil {
			return false
		}
	}
	return len(e.exports) > 0
}

func (e *Environment) save() error {
	data, err := json.Marshal(e.exports)
	if err != nil {
		return err
	}
	if err := WriteFile(filepath.Join(e.cache, exportsFile), data); err != nil {
		return err
	}
	return e.dropStale()
}

// dropStale removes what was prepared for earlier versions of the exercise.
func (e *Environment) dropStale() error {
	old, err := filepath.Glob(filepath.Join(filepath.Dir(e.cache), e.slug+"-*"))
	if err != nil {
		return err
	}
	type entry struct {
		path string
		age  int64
	}
	var entries []entry
	for _, path := range old {
		if info, err := os.Stat(path); err == nil && path != e.cache {
			entries = append(entries, entry{path, info.ModTime().UnixNano()})
		}
	}
	slices.SortFunc(entries, func(a, b entry) int { return int(min(1, max(-1, b.age-a.age))) })
	const keep = 3 // other checkouts of the project may be in use
	for i, en := range entries {
		if i >= keep {
			os.RemoveAll(en.path)
		}
	}
	return nil
}

// list lets the go command compile packages and all that they need, and tell
// where they are.
func (e *Environment) list(ctx context.Context, patterns []string) error {
	args := []string{"list", "-race", "-trimpath", "-export", "-deps", "-json=ImportPath,Export"}
	overlay, _, err := e.overlay()
	if err != nil {
		return err
	}
	// The last two are what the linker adds to every program by itself.
	args = append(args, "-overlay", overlay)
	args = append(args, patterns...)
	args = append(args, "runtime/race", "runtime/cgo")
	out, err := run(ctx, e.root, e.tools.goCmd, args...)
	if err != nil {
		return err
	}
	e.exports = map[string]string{}
	dec := json.NewDecoder(bytes.NewReader(out))
	for {
		var p struct{ ImportPath, Export string }
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return fmt.Errorf("go list: %w", err)
		}
		if p.Export != "" {
			e.exports[p.ImportPath] = p.Export
		}
	}
}

// WriteFile writes a file so that nobody ever sees a part of it.
func WriteFile(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return err
	}
	tmp, err := pending(path)
	if err != nil {
		return err
	}
	if _, err = tmp.Write(data); err != nil {
		os.Remove(tmp.Name())
		tmp.Close()
		return err
	}
	return finish(tmp, path)
}
