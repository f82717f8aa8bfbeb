package build

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"go/importer"
	"go/token"
	"go/types"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"example.com/gokata/grader"
)

// Workspace is where other people's packages are compiled together with the
// engine. Its methods may be called by several goroutines at once.
type Workspace struct {
	Go string // version of Go, like go1.26.8

	tools   toolchain
	overlay string            // file that tells the go command about the patches
	engine  map[string]string // the engine's packages: import path → object
	key     string            // of the engine
	cache   string            // directory of objects
}

// enginePackages are linked into every program that explores tests. A name
// stands for all packages below it, too.
var enginePackages = []string{"grader/rt", "grader/internal/sched", "grader/internal/wire", "grader/internal/trial"}

const (
	maxObjects  = 512 << 20 // bytes of all objects kept
	objectInUse = time.Hour // for which an object may be needed once it was found
)

// Open compiles the engine, which lies in root, the directory of gokata's
// go.mod. A second call is fast.
func Open(ctx context.Context, root string) (*Workspace, error) {
	tools, err := find(ctx)
	if err != nil {
		return nil, err
	}
	sources := append([]string{"go.mod", "go.sum", "grader/grader.go", "grader/internal/instrument", "grader/internal/build"}, enginePackages...)
	env := &Environment{Go: tools.version, root: root, slug: "explore", tools: tools}
	env.patterns = []string{"./grader/rt/...", "./grader/internal/trial/..."}
	if err := env.open(ctx, sources); err != nil {
		return nil, err
	}
	overlay, _, err := overlay(tools.root, env.cache)
	return &Workspace{
		Go: tools.version, tools: env.tools, overlay: overlay, engine: env.exports,
		key: filepath.Base(env.cache), cache: filepath.Join(env.cache, "objects"),
	}, err
}

// Importer returns an importer for go/types that reads the packages as the go
// command compiled them.
func (w *Workspace) Importer(t *Tests) types.Importer {
	return importer.ForCompiler(token.NewFileSet(), "gc", func(path string) (io.ReadCloser, error) {
		file, ok := t.exports[path]
		if !ok {
			return nil, fmt.Errorf("package %s is not among what the tests need", path)
		}
		return os.Open(file)
	})
}

// Objects says where the compiled packages of a test are, by import path.
type Objects map[string]string

// Objects returns what there is before anything has been rewritten: the
// engine, the standard library, and what is opaque.
func (w *Workspace) Objects(t *Tests) Objects {
	objects := Objects{}
	rewritten := map[string]bool{}
	for _, p := range t.Packages {
		rewritten[p.Path] = p.Opaque == ""
	}
	for path, file := range t.exports {
		if !rewritten[path] {
			objects[path] = file
		}
	}
	for path, file := range w.engine {
		objects[path] = file
	}
	return objects
}

// Find looks for the object of a package in the cache and puts it into
// objects, which must hold those of all packages that it imports. files are
// those of the package before rewriting, recipe is what else decides how it
// comes out.
func (w *Workspace) Find(p *Package, recipe string, files []grader.File, objects Objects) bool {
	path := w.object(p, recipe, files, objects)
	if _, err := os.Stat(path); err != nil {
		return false
	}
	touch(path)
	objects[p.Path] = path
	return true
}

// object returns the name of the object that p is compiled to. It holds a hash
// of all that decides about its content.
func (w *Workspace) object(p *Package, recipe string, files []grader.File, objects Objects) string {
	h := sha256.New()
	fmt.Fprintln(h, w.key, p.Path, recipe)
	for _, f := range files {
		fmt.Fprintln(h, f.Name, len(f.Data))
		h.Write(f.Data)
	}
	imports := []string{}
	for _, imp := range p.imports {
		imports = append(imports, imp.Path+"="+objects[imp.Path])
	}
	slices.Sort(imports)
	fmt.Fprintln(h, imports, p.listed.EmbedPatterns)
	for _, name := range p.listed.EmbedFiles {
		data, err := os.ReadFile(filepath.Join(p.Dir, name))
		fmt.Fprintln(h, name, len(data), err)
		h.Write(data)
	}
	return filepath.Join(w.cache, hex.EncodeToString(h.Sum(nil))[:32]+".a")
}

// Unit is a package that has been rewritten.
type Unit struct {
	*Package
	Lang                string // the language version to compile with
	Recipe              string // as for Find
	Original, Rewritten []grader.File
}

// Compile compiles a package, in dir, and puts the object into objects and
// into the cache.
func (w *Workspace) Compile(ctx context.Context, u Unit, dir string, objects Objects) error {
	embeds, err := u.embeds()
	if err != nil {
		return err
	}
	made, err := w.tools.compile(ctx, dir, unit{path: u.Path, lang: u.Lang, files: u.Rewritten, embeds: embeds}, objects)
	if err != nil {
		return err
	}
	object := w.object(u.Package, u.Recipe, u.Original, objects)
	data, err := os.ReadFile(made)
	if err != nil {
		return err
	}
	if err := WriteFile(object, data); err != nil {
		return err
	}
	objects[u.Path] = object
	return nil
}

// Link compiles the main package and links the program that runs the tests, in
// dir, and returns its path.
func (w *Workspace) Link(ctx context.Context, t *Tests, dir string, main grader.File, objects Objects) (string, error) {
	object, err := w.tools.compile(ctx, dir, unit{path: "main", files: []grader.File{main}}, objects)
	if err != nil {
		return "", err
	}
	objects["main"] = object
	if err := trim(w.cache, maxObjects, objectInUse); err != nil {
		return "", err
	}
	return w.tools.link(ctx, dir, objects, "-X=runtime.godebugDefault="+t.godebug)
}

// Bare tells whether dir lies in no module.
func (w *Workspace) Bare(ctx context.Context, dir string) (bool, error) {
	out, err := run(ctx, dir, w.tools.goCmd, "env", "GOMOD")
	mod := strings.TrimSpace(string(out))
	return mod == "" || mod == os.DevNull, err
}

// engineItself tells whether a package is part of every program, so that it
// cannot be rewritten.
func engineItself(path string) bool {
	own, ok := strings.CutPrefix(path, Module+"/")
	return ok && (own == "grader" || slices.ContainsFunc(enginePackages, func(p string) bool {
		return own == p || strings.HasPrefix(own, p+"/")
	}))
}
