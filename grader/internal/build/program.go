package build

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/phase"
)

// Parts are the packages that make up a program.
type Parts struct {
	Submission []grader.File
	Suite      []grader.File
	Plain      bool // neither is rewritten
	// ByGo leaves it to go build to make the program. Otherwise that is what
	// happens only if the compiler or the linker do not work as expected.
	ByGo bool
}

// programFile is the name of a program in the directory where it is made.
const programFile = "program"

const mainFile = `package main

import (
	kata %q
	suite %q
)

func main() { kata.Serve(suite.Suite, kata.%s) }
`

// Program compiles and links the parts in dir, which must be empty, and
// returns the path of the executable. What was built before is not built again,
// if keep was called, which may happen while the program runs. Until it returns
// the program must not be removed.
// If the suite starts processes, their program lies beside it: [HelperFile].
func (e *Environment) Program(ctx context.Context, parts Parts, dir string) (path string, keep func() error, err error) {
	mode := "Scheduled"
	if parts.Plain {
		mode = "Plain"
	}
	path = filepath.Join(dir, programFile)
	if err := e.placeHelper(ctx, dir); err != nil {
		return "", nil, err
	}
	key := e.programs.key(fmt.Sprint(filepath.Base(e.cache), mode, parts.ByGo), parts.Submission)
	if e.programs.get(key, path) {
		return path, func() error { return nil }, nil
	}
	if !parts.ByGo {
		err = repaired(func() error {
			err := e.build(ctx, parts, mode, dir)
			if err != nil && ctx.Err() == nil && e.damaged() {
				return &damagedError{e.store.dir}
			}
			return err
		}, func(*damagedError) error { return e.prepare(ctx) })
	}
	if parts.ByGo || otherTools(err) {
		err = e.byGo(ctx, parts, mode, dir)
	}
	if err != nil {
		return "", nil, err
	}
	made, err := os.Open(path) // now, for nobody can change what is being run
	return path, func() error {
		defer made.Close()
		return e.programs.put(key, made)
	}, err
}

func (e *Environment) build(ctx context.Context, parts Parts, mode, dir string) error {
	exports := maps.Clone(e.exports)
	submission, err := e.tools.compile(ctx, dir, unit{path: e.ExercisePath(), files: parts.Submission}, exports)
	if err != nil {
		return err
	}
	exports[e.ExercisePath()] = submission
	if exports[e.SuitePath()], err = e.compileSuite(ctx, parts.Suite, dir, exports); err != nil {
		return err
	}
	// What the main function needs to know of the suite is the same for all
	// submissions. If not, the linker notices.
	kept := filepath.Join(e.cache, "main-"+mode+".a")
	if _, err := os.Stat(kept); err == nil {
		exports["main"] = kept
		if _, err := e.tools.link(ctx, dir, exports); err == nil || ctx.Err() != nil {
			return err
		}
	}
	object, err := e.tools.compile(ctx, dir, unit{path: "main", files: []grader.File{e.main(mode)}}, exports)
	if err != nil {
		return err
	}
	exports["main"] = object
	if _, err := e.tools.link(ctx, dir, exports); err != nil {
		return err
	}
	if _, err := os.Stat(kept); err == nil {
		return nil // this submission is the odd one, and changes nothing for the others
	}
	data, err := os.ReadFile(object)
	if err != nil {
		return err
	}
	return WriteFile(kept, data)
}

// unit is one package as the compiler gets it.
type unit struct {
	path   string
	lang   string // language version; "" means the newest
	files  []grader.File
	embeds []byte // configuration of what it embeds, or nil
	flags  []string
}

// base returns where in dir the files of the package lie.
func (u unit) base(dir string) string {
	return filepath.Join(dir, strings.ReplaceAll(strings.TrimPrefix(u.path, Module+"/"), "/", "_"))
}

// object returns the name of the object file that is made in dir.
func (u unit) object(dir string) string { return u.base(dir) + ".a" }

// compile compiles one package in dir and returns the object file.
func (t toolchain) compile(ctx context.Context, dir string, u unit, exports map[string]string) (string, error) {
	base := u.base(dir)
	if err := os.MkdirAll(base, 0o777); err != nil {
		return "", err
	}
	config, err := writeConfig(base+".compile", exports)
	if err != nil {
		return "", err
	}
	defer phase.Start(ctx, "compile "+u.path)()
	object := u.object(dir)
	lang := u.lang
	if lang == "" {
		lang = newest
	}
	args := []string{"-race", "-p", u.path, "-complete", "-pack", "-lang=" + lang, "-c=2", "-dwarf=false", "-trimpath", dir + "=>", "-importcfg", config, "-o", object}
	if u.embeds != nil {
		if err := os.WriteFile(base+".embed", u.embeds, 0o666); err != nil {
			return "", err
		}
		args = append(args, "-embedcfg", base+".embed")
	}
	args = append(args, u.flags...)
	for _, f := range u.files {
		name := filepath.Join(base, f.Name)
		if err := os.WriteFile(name, f.Data, 0o666); err != nil {
			return "", err
		}
		args = append(args, name)
	}
	return object, runBounded(ctx, dir, t.tool("compile"), args...)
}

// newest is the language version that the project itself is written in.
const newest = "go1.26"

func (t toolchain) link(ctx context.Context, dir string, exports map[string]string, flags ...string) (string, error) {
	defer phase.Start(ctx, "link")()
	config, err := writeConfig(filepath.Join(dir, "link"), exports)
	if err != nil {
		return "", err
	}
	out := filepath.Join(dir, programFile)
	flags = append(flags, "-race", "-s", "-w", "-buildmode=exe", "-importcfg", config, "-o", out)
	if withoutLibgcc {
		err := runBounded(ctx, dir, t.tool("link"), append(flags, "-libgcc", "none", exports["main"])...)
		var te *toolError
		if !errors.As(err, &te) || !strings.Contains(te.text, "not defined") {
			return out, err
		}
	}
	if t.libgcc != "" {
		flags = append(flags, "-libgcc", t.libgcc)
	}
	return out, runBounded(ctx, dir, t.tool("link"), append(flags, exports["main"])...)
}

// withoutLibgcc tells that package sched has what the race detector's runtime
// needs of the C compiler's library. The runtime of another version of Go may
// need more.
const withoutLibgcc = runtime.GOOS == "linux" && runtime.GOARCH == "amd64"

func writeConfig(path string, exports map[string]string) (string, error) {
	var b strings.Builder
	paths := make([]string, 0, len(exports))
	for p := range exports {
		paths = append(paths, p)
	}
	slices.Sort(paths)
	for _, p := range paths {
		fmt.Fprintf(&b, "packagefile %s=%s\n", p, exports[p])
	}
	path += ".cfg"
	return path, os.WriteFile(path, []byte(b.String()), 0o666)
}

var diagnosticLine = regexp.MustCompile(`^(?:.*[/\\])?([^/\\:]+\.go):(\d+)(?::(\d+))?: (.*)$`)

// Diagnose compiles the submission alone, as its author wrote it, and returns
// what the compiler says, with the learner's file names and lines.
func (e *Environment) Diagnose(ctx context.Context, files []grader.File, dir string) ([]grader.Diagnostic, error) {
	_, err := e.tools.compile(ctx, dir, unit{path: e.ExercisePath(), files: files}, e.exports)
	var te *toolError
	if !errors.As(err, &te) {
		return nil, err
	}
	return parseDiagnostics(te.text), nil
}

// SuiteDiagnostics returns what the compiler said when a submission itself
// compiles but lacks what its exercise asks for, such as a function; nil if
// err is something else.
func (e *Environment) SuiteDiagnostics(err error) []string {
	var te *toolError
	if !errors.As(err, &te) || te.tool != "compile" {
		return nil
	}
	var out []string
	for _, d := range parseDiagnostics(te.text) {
		if !slices.Contains(out, d.Message) {
			out = append(out, d.Message)
		}
	}
	return out
}

func parseDiagnostics(text string) []grader.Diagnostic {
	var out []grader.Diagnostic
	for line := range strings.SplitSeq(text, "\n") {
		if m := diagnosticLine.FindStringSubmatch(line); m != nil {
			d := grader.Diagnostic{File: m[1], Message: m[4]}
			d.Line, _ = strconv.Atoi(m[2])
			d.Column, _ = strconv.Atoi(m[3])
			out = append(out, d)
		} else if n := len(out); n > 0 && strings.HasPrefix(line, "\t") {
			out[n-1].Message += "\n" + line
		}
	}
	return out
}
