package engine

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"go/version"
	"os"
	"slices"
	"strings"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/build"
	"example.com/gokata/grader/internal/instrument"
	"example.com/gokata/grader/internal/sandbox"
	"example.com/gokata/grader/internal/wire"
)

// explored is one package on its way through the explorer.
type explored struct {
	*explorer
	tests *build.Tests
	list  *testNames

	records []wire.Record
	output  string
	notes   []string
}

// run builds and runs the tests of the package. dir is for what is made.
func (x *explored) run(ctx context.Context, dir string, workers int) error {
	progress := func(done, all int) {
		if x.job.Progress != nil {
			x.mu.Lock()
			defer x.mu.Unlock()
			x.job.Progress(x.tests.Path, done, all)
		}
	}
	progress(0, 0)
	if err := os.Mkdir(dir, 0o777); err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	program, tag, err := x.build(ctx, dir)
	if err != nil {
		return err
	}
	home := x.module.original(x.tests.Dir)
	out, err := errand{
		program:  sandbox.Program{Path: program, Scratch: dir, Dir: home, Env: environ(home), Level: x.level},
		names:    x.module.names(x.tests.Packages),
		request:  wire.Request{Seed: x.job.Seed, Schedules: x.job.Schedules, Schedule: x.job.Schedule, Adversary: x.job.Adversary, Strategy: x.job.Strategy, Tag: tag},
		progress: progress, workers: workers,
	}.run(ctx)
	x.records, x.output = out.records, out.output
	return err
}

// environ is what tests that run in dir see of the environment: all but what
// would change how the program itself runs.
func environ(dir string) []string {
	env := slices.DeleteFunc(os.Environ(), func(v string) bool {
		name, _, _ := strings.Cut(v, "=")
		return slices.Contains([]string{"GORACE", "GODEBUG", "GOTRACEBACK", "GOMAXPROCS", "GOGC", "GOMEMLIMIT", "TMPDIR"}, name)
	})
	return append(env, "PWD="+dir) // or os.Getwd may know the directory by another name than its files do
}

// build makes the program that runs the tests of t, and returns a tag that
// identifies the code.
func (x *explored) build(ctx context.Context, dir string) (program string, tag uint16, err error) {
	objects := x.ws.Objects(x.tests)
	importer := x.ws.Importer(x.tests)
	digest := sha256.New()
	var suspects []string
	for _, p := range x.tests.Packages {
		if p.Opaque != "" {
			x.note(p)
			continue
		}
		files, err := p.Read()
		if err != nil {
			return "", 0, err
		}
		if p.Own {
			for _, f := range files {
				fmt.Fprintln(digest, f.Name, len(f.Data))
				digest.Write(f.Data)
			}
			x.noteImports(p, files)
			suspects = append(suspects, suspicious(files)...)
		}
		lang := p.Lang
		if p.Own && x.job.Lang != "" {
			lang = version.Lang(x.job.Lang)
		}
		prefix := x.module.prefix(p)
		recipe := lang + " " + prefix
		if x.ws.Find(p, recipe, files, objects) {
			continue
		}
		rewritten, err := instrument.Package(instrument.Config{
			Path: p.Path, Files: files, Importer: importer, Lang: lang,
			Prefix: prefix, Fresh: true, Tests: true,
		})
		if err != nil {
			return "", 0, fmt.Errorf("package %s cannot be put under the scheduler: %w", p.Path, err)
		}
		if version.Compare(lang, instrument.MinLang) < 0 {
			lang = instrument.MinLang // nothing that is legal in an older one means something else in it
		}
		if err := x.ws.Compile(ctx, build.Unit{Package: p, Lang: lang, Recipe: recipe, Original: files, Rewritten: rewritten}, dir, objects); err != nil {
			return "", 0, fmt.Errorf("package %s, rewritten: %w", p.Path, err)
		}
	}
	program, err = x.ws.Link(ctx, x.tests, dir, x.list.main(x.tests, trialProgram{place: x.module.place(x.tests.Dir), names: x.module.names(x.tests.Packages), suspects: unique(suspects)}), objects)
	return program, binary.LittleEndian.Uint16(digest.Sum(nil)), err
}

// note says of a package that it is not under control.
func (x *explored) note(p *build.Package) {
	x.addNote(fmt.Sprintf("package %s runs as it is, outside of the scheduler's control: %s", p.Path, p.Opaque))
}

// noteImports says which packages of the standard library leave what the
// scheduler controls.
func (x *explored) noteImports(p *build.Package, files []grader.File) {
	if out := uncontrolled(files); len(out) > 0 {
		x.addNote(fmt.Sprintf("package %s imports %s: what these do happens in real time, outside of the scheduler's control", p.Path, strings.Join(out, ", ")))
	}
}

func (x *explored) addNote(s string) { x.notes = append(x.notes, s) }
