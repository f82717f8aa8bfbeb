package engine

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"sync"
	"time"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/build"
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
	module module
	level  sandbox.Confinement
	tmp    string
	mu     sync.Mutex // held while progress is told
	result grader.Exploration
}

func newExplorer(ctx context.Context, job Exploration) (*explorer, error) {
	e := &explorer{job: job, result: grader.Exploration{
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
	if e.module, err = findModule(ctx, e.ws, job.Dir, e.tmp, job.Lang); err != nil {
		e.close()
	}
	return e, err
}

func (e *explorer) close() { os.RemoveAll(e.tmp) }

func (e *explorer) explore(ctx context.Context) error {
	all, err := e.ws.Load(ctx, e.module.dir, e.job.Pattern)
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
			work = append(work, &explored{explorer: e, tests: t, list: names})
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
