package build

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/version"
	"io"
	"os"
	"path/filepath"
	"strings"

	"example.com/gokata/grader"
)

// Package is a package that has to be compiled for somebody's tests.
type Package struct {
	Path  string // import path, as the compiler knows it
	Dir   string
	Files []string // names in Dir
	Lang  string   // language version, like "go1.21"; "" means the newest
	Own   bool     // belongs to the module that is explored
	// The module that it belongs to; "" for the standard library.
	ModulePath, ModuleDir string
	// Opaque says why the package has to be taken as the go command compiled
	// it; "" if it can be rewritten.
	Opaque string

	id      string
	imports []*Package
	listed  listed
}

// Tests is a package together with its own tests, and all that they need.
type Tests struct {
	Path string // import path of the package under test
	Dir  string
	// Packages are those that do not belong to the standard library, in an
	// order in which they can be compiled.
	Packages []*Package
	// Inside is the package with its tests, Outside the package of its
	// external tests; nil if there is none.
	Inside, Outside *Package

	exports map[string]string // import path → what the go command compiled
	godebug string            // settings of the runtime that go with the module's version of Go
}

// listed is what the go command tells of a package.
type listed struct {
	ImportPath, Name, Dir, Export, ForTest, DefaultGODEBUG string

	GoFiles, CgoFiles, SFiles, SwigFiles, SwigCXXFiles, SysoFiles []string
	EmbedPatterns, EmbedFiles                                     []string

	Imports  []string // with the test variant they stand for
	Standard bool
	Module   *struct {
		Path, Dir string
		Main      bool
		GoVersion string
	}
}

const listFields = "ImportPath,Name,Dir,Export,ForTest,DefaultGODEBUG,GoFiles,CgoFiles,SFiles,SwigFiles,SwigCXXFiles,SysoFiles,EmbedPatterns,EmbedFiles,Imports,Standard,Module"

// SourceError is what the go command says of code that it cannot load or
// compile.
type SourceError struct {
	Diagnostics []grader.Diagnostic // may be empty
	Text        string
}

// Error returns the go command's own words.
func (e *SourceError) Error() string { return e.Text }

// Load compiles the packages that pattern names in dir, as go test would
// before it runs them, and returns those that have tests.
func (w *Workspace) Load(ctx context.Context, dir, pattern string) ([]*Tests, error) {
	args := []string{"list", "-race", "-trimpath", leanFlag, "-export", "-test", "-deps", "-json=" + listFields, "-overlay", w.overlay, pattern}
	out, err := run(ctx, dir, w.tools.goCmd, args...)
	var te *toolError
	if errors.As(err, &te) {
		if missing := explainMissing(err); missing != err {
			return nil, missing
		}
		return nil, &SourceError{Diagnostics: parseDiagnostics(te.stderr), Text: te.stderr}
	}
	if err != nil {
		return nil, err
	}
	byID := map[string]*Package{}
	var mains []*Package
	dec := json.NewDecoder(bytes.NewReader(out))
	for {
		var l listed
		if err := dec.Decode(&l); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, fmt.Errorf("go list: %w", err)
		}
		p := newPackage(l)
		byID[p.id] = p
		if l.Name == "main" && strings.HasSuffix(l.ImportPath, ".test") && l.ForTest == "" && l.Dir != "" && madeUp(l) {
			mains = append(mains, p)
		}
	}
	for _, p := range byID {
		for _, id := range p.listed.Imports {
			if imp := byID[id]; imp != nil {
				p.imports = append(p.imports, imp)
			}
		}
	}
	var all []*Tests
	for _, m := range mains {
		all = append(all, newTests(m))
	}
	return all, nil
}

// madeUp tells whether a package is the main package that the go command
// writes for tests: its file lies in the cache.
func madeUp(l listed) bool {
	return len(l.GoFiles) == 1 && filepath.IsAbs(l.GoFiles[0])
}

func newPackage(l listed) *Package {
	path, _, _ := strings.Cut(l.ImportPath, " [")
	p := &Package{Path: path, Dir: l.Dir, Files: l.GoFiles, id: l.ImportPath, listed: l}
	if m := l.Module; m != nil {
		p.Own, p.ModulePath, p.ModuleDir = m.Main, m.Path, m.Dir
		p.Lang = "go1.16" // what a go.mod without a version means
		if m.GoVersion != "" {
			p.Lang = version.Lang("go" + m.GoVersion)
		}
	}
	switch {
	case engineItself(path):
		p.Opaque = "it is part of the grader"
	case len(l.CgoFiles) > 0:
		p.Opaque = "it uses cgo"
	case len(l.SFiles) > 0:
		p.Opaque = "it is partly written in assembly"
	case len(l.SwigFiles)+len(l.SwigCXXFiles)+len(l.SysoFiles) > 0:
		p.Opaque = "it is partly not written in Go"
	}
	return p
}

// newTests collects what the main package of a test needs.
func newTests(main *Package) *Tests {
	t := &Tests{Path: strings.TrimSuffix(main.id, ".test"), Dir: main.Dir, exports: map[string]string{}, godebug: main.listed.DefaultGODEBUG}
	seen := map[*Package]bool{}
	var visit func(p *Package)
	visit = func(p *Package) {
		if seen[p] {
			return
		}
		seen[p] = true
		for _, imp := range p.imports {
			visit(imp)
		}
		if p == main {
			return
		}
		if p.listed.Export != "" { // unsafe has none
			t.exports[p.Path] = p.listed.Export
		}
		if p.listed.Standard {
			return
		}
		t.Packages = append(t.Packages, p)
		switch p.Path {
		case t.Path:
			t.Inside = p
		case t.Path + "_test":
			t.Outside = p
		}
	}
	visit(main)
	t.blacken()
	return t
}

// blacken makes all opaque that an opaque package imports: it was compiled
// against them as they were.
func (t *Tests) blacken() {
	for i := len(t.Packages) - 1; i >= 0; i-- {
		p := t.Packages[i]
		if p.Opaque == "" {
			continue
		}
		for _, imp := range p.imports {
			if !imp.listed.Standard && imp.Opaque == "" {
				imp.Opaque = "the package " + p.Path + " imports it, and " + p.Opaque
			}
		}
	}
}

// Read returns the files of the package.
func (p *Package) Read() ([]grader.File, error) {
	var files []grader.File
	for _, name := range p.Files {
		if !filepath.IsAbs(name) {
			name = filepath.Join(p.Dir, name)
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		files = append(files, grader.File{Name: filepath.Base(name), Data: data})
	}
	return files, nil
}

// embeds returns the files that the package embeds as the compiler wants to be
// told; nil if there are none.
func (p *Package) embeds() ([]byte, error) {
	if len(p.listed.EmbedPatterns) == 0 {
		return nil, nil
	}
	config := struct {
		Patterns map[string][]string
		Files    map[string]string
	}{map[string][]string{}, map[string]string{}}
	for _, file := range p.listed.EmbedFiles {
		config.Files[file] = filepath.Join(p.Dir, file)
	}
	for _, pattern := range p.listed.EmbedPatterns {
		config.Patterns[pattern] = []string{}
		glob := strings.TrimPrefix(pattern, "all:")
		for _, file := range p.listed.EmbedFiles {
			if embedded(glob, file) {
				config.Patterns[pattern] = append(config.Patterns[pattern], file)
			}
		}
	}
	return json.Marshal(config)
}

// embedded tells whether a file matches a pattern, or lies in a directory that
// does.
func embedded(glob, file string) bool {
	for name := file; name != "."; name = filepath.ToSlash(filepath.Dir(name)) {
		if ok, err := filepath.Match(glob, name); err == nil && ok {
			return true
		}
	}
	return false
}
