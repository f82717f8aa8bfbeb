package engine

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"go/version"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/build"
	"example.com/gokata/grader/internal/instrument"
	"example.com/gokata/grader/internal/sandbox"
	"example.com/gokata/grader/internal/wire"
)

// Exploration is a request to put somebody's own tests under the scheduler.
type Exploration struct {
	Root    string // directory of gokata's go.mod
	Dir     string // where the packages are, in a module or not
	Pattern string // which packages, as for the go command: "." or "./..."
	Lang    string // language version, like "go1.21"; "" means what go.mod says

	Run       *regexp.Regexp // which tests; nil: all
	Seed      uint64
	Schedules int    // per test; 0: as many as is usual
	Schedule  string // only this schedule
	Adversary bool   // time may pass at any moment, not only when nobody can run
	Strategy  string // one of Strategies, alone; "": a mix of all
	Output    bool   // keep what the tests print
	Sandbox   string // one of Sandboxes; "": none

	// Progress, if set, is called with the package at hand, the number of its
	// tests that are done, and of all its tests; not from several goroutines
	// at once.
	Progress func(pkg string, done, all int)
}

// Strategies are the ways to choose schedules that an exploration can keep to.
var Strategies = wire.Strategies

// ErrNoTests means that no package with tests was found, or no test by the
// name that was asked for.
var ErrNoTests = errors.New("no tests")

// Explore runs the tests. An error means that the grader failed, or that there
// is nothing to run; code that does not compile is in the result.
func Explore(ctx context.Context, job Exploration) (grader.Exploration, error) {
	start := time.Now()
	e, err := newExplorer(ctx, job)
	if err != nil {
		return e.result, err
	}
	defer e.close()
	err = e.explore(ctx)
	var source *build.SourceError
	if errors.As(err, &source) && len(source.Diagnostics) > 0 {
		e.result.Status, e.result.Diagnostics = grader.Error, source.Diagnostics
		err = nil
	}
	e.result.DurationMS = time.Since(start).Milliseconds()
	return e.result, err
}

type explorer struct {
	job    Exploration
	ws     *build.Workspace
	level  sandbox.Confinement
	tmp    string
	dir    string     // where the packages are read from
	mu     sync.Mutex // held while progress is told
	result grader.Exploration
}

func newExplorer(ctx context.Context, job Exploration) (*explorer, error) {
	e := &explorer{job: job, dir: job.Dir, result: grader.Exploration{
		Schema: grader.Schema, Status: grader.Passed,
		Engine: grader.Engine{Version: grader.Version, Mode: grader.ModeScheduled, Seed: job.Seed},
		Tests:  []grader.TestResult{}, Notes: []string{}, Diagnostics: []grader.Diagnostic{},
	}}
	if job.Schedule != "" {
		e.result.Engine.Mode = grader.ModeReplay
	}
	var err error
	// Tests of one's own are trusted, and may need processes and the network.
	if e.level, err = confinement(job.Sandbox, sandbox.L0); err != nil {
		return e, err
	}
	e.result.Engine.Sandbox = e.level.String()
	if e.ws, err = build.Open(ctx, job.Root); err != nil {
		return e, err
	}
	e.result.Engine.Go = e.ws.Go
	if e.tmp, err = os.MkdirTemp("", "kata-"); err != nil {
		return e, err
	}
	bare, err := e.ws.Bare(ctx, job.Dir)
	if err == nil && bare {
		e.dir, err = e.adopt()
	}
	if err != nil {
		e.close()
	}
	return e, err
}

func (e *explorer) close() { os.RemoveAll(e.tmp) }

// adopt makes a module of a folder that is none.
func (e *explorer) adopt() (string, error) {
	dir := filepath.Join(e.tmp, "module")
	if err := os.Mkdir(dir, 0o777); err != nil {
		return "", err
	}
	lang := version.Lang(cmp.Or(e.job.Lang, e.ws.Go))
	mod := fmt.Sprintf("module explored\n\ngo %s\n", strings.TrimPrefix(lang, "go"))
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte(mod), 0o666); err != nil {
		return "", err
	}
	names, err := filepath.Glob(filepath.Join(e.job.Dir, "*"))
	if err != nil {
		return "", err
	}
	for _, name := range names {
		if info, err := os.Stat(name); err != nil || !info.Mode().IsRegular() {
			continue
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return "", err
		}
		if err := os.WriteFile(filepath.Join(dir, filepath.Base(name)), data, 0o666); err != nil {
			return "", err
		}
	}
	return dir, nil
}

func (e *explorer) explore(ctx context.Context) error {
	all, err := e.ws.Load(ctx, e.dir, e.job.Pattern)
	if err != nil {
		return err
	}
	var work []*explored
	for _, t := range all {
		names, err := findTests(t)
		if err != nil {
			return err
		}
		if e.job.Run != nil {
			names.keep(e.job.Run)
		}
		if len(names.list) > 0 {
			work = append(work, &explored{explorer: e, tests: t, names: names})
		}
	}
	if len(work) == 0 {
		return ErrNoTests
	}
	if err := e.each(ctx, work); err != nil {
		return err
	}
	for _, x := range work {
		e.add(x)
	}
	return nil
}

// workers is how many programs run at once.
const workers = 2

// each explores several packages at once, or several tests at once if there is
// only one package.
func (e *explorer) each(ctx context.Context, work []*explored) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	share := max(1, workers/len(work))
	slots := make(chan struct{}, workers)
	var wg sync.WaitGroup
	for i, x := range work {
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { <-slots }()
			if ctx.Err() != nil {
				return
			}
			if err := x.run(ctx, filepath.Join(e.tmp, strconv.Itoa(i)), share); err != nil {
				cancel(err)
			}
		})
	}
	wg.Wait()
	return context.Cause(ctx)
}

// explored is one package on its way through the explorer.
type explored struct {
	*explorer
	tests *build.Tests
	names *testNames

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
	out, err := errand{
		program:  sandbox.Program{Path: program, Scratch: dir, Dir: x.original(x.tests.Dir), Env: environ(), Level: x.level},
		request:  wire.Request{Seed: x.job.Seed, Schedules: x.job.Schedules, Schedule: x.job.Schedule, Adversary: x.job.Adversary, Strategy: x.job.Strategy, Tag: tag},
		progress: progress, workers: workers,
	}.run(ctx)
	x.records, x.output = out.records, out.output
	return err
}

// add adds what came of a package to the result.
func (e *explorer) add(x *explored) {
	for _, rec := range x.records {
		r := rec.Result
		test := grader.TestResult{
			Package: x.tests.Path, Name: r.Name, Status: r.Status, Schedules: r.Schedules, Steps: r.Steps,
			Exhaustive: r.Exhaustive, Preemptions: r.Preemptions, Message: r.Message, Findings: []grader.Finding{},
		}
		if rec.Finding != nil {
			test.Findings = append(test.Findings, *rec.Finding)
		}
		if r.Status == grader.Failed {
			e.result.Status = grader.Failed
		}
		e.result.Tests = append(e.result.Tests, test)
	}
	for _, note := range x.notes {
		if !slices.Contains(e.result.Notes, note) {
			e.result.Notes = append(e.result.Notes, note)
		}
	}
	if e.job.Output {
		e.result.Output += x.output
	}
}

// original returns where a directory was before the module was adopted.
func (e *explorer) original(dir string) string {
	if e.dir != e.job.Dir {
		return e.job.Dir
	}
	return dir
}

// environ is what tests see of the environment: all but what would change how
// the program itself runs.
func environ() []string {
	return slices.DeleteFunc(os.Environ(), func(v string) bool {
		name, _, _ := strings.Cut(v, "=")
		return slices.Contains([]string{"GORACE", "GODEBUG", "GOTRACEBACK", "GOMAXPROCS", "GOGC", "GOMEMLIMIT", "TMPDIR"}, name)
	})
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
		prefix := x.prefix(p)
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
	program, err = x.ws.Link(ctx, x.tests, dir, x.names.main(x.place(x.tests.Dir), x.tests, unique(suspects)), objects)
	return program, binary.LittleEndian.Uint16(digest.Sum(nil)), err
}

// prefix returns what stands before the names of a package's files in the
// program's line table.
func (e *explorer) prefix(p *build.Package) string {
	if !p.Own {
		return "/module/" + p.Path + "/"
	}
	place := e.place(p.Dir)
	if strings.HasPrefix(place, "..") {
		place = p.Path
	}
	return wire.SubmissionPrefix + strings.TrimPrefix(path.Clean(place)+"/", "./")
}

// place returns the way from where the exploration began to a directory: "."
// or "./sub".
func (e *explorer) place(dir string) string {
	from, err := filepath.EvalSymlinks(e.dir)
	if err != nil {
		from = e.dir
	}
	if from, err = filepath.Abs(from); err != nil {
		return "."
	}
	rel, err := filepath.Rel(from, dir)
	if err != nil || rel == "." {
		return "."
	}
	if strings.HasPrefix(rel, "..") {
		return filepath.ToSlash(rel)
	}
	return "./" + filepath.ToSlash(rel)
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
