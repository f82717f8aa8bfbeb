package engine

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/types"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/build"
	"example.com/gokata/grader/internal/instrument"
	"example.com/gokata/grader/internal/phase"
	"example.com/gokata/grader/internal/sandbox"
	"example.com/gokata/grader/internal/wire"
)

// Job is one submission to be graded.
type Job struct {
	Root       string // directory of go.mod
	Exercise   grader.Exercise
	Submission grader.Submission
	// Unread says why the submission could not be read, and is then refused.
	Unread []grader.Diagnostic

	Seed      uint64
	Schedules int    // per case; 0: as many as the case says
	Plain     bool   // every case once, not rewritten, on the ordinary runtime
	Case      string // only this one
	Schedule  string // only this schedule of Case
	Output    bool   // keep what the submission prints; one process, so that it is always the same
	Sandbox   string // one of Sandboxes; "": auto
	Workers   int    // processes at once; 0: 2
	ByGo      bool   // let go build make the program, which takes long; see build.Parts
	UntilLoss bool   // end at the first case that fails; one process, so that it is always the same case

	// Progress, if set, is called with the number of cases that are done and
	// the number of all; not from several goroutines at once.
	Progress func(done, all int)
}

// Grade grades a submission. An error means that the grader failed; whatever
// is wrong with the submission is in the report.
func Grade(ctx context.Context, job Job) (grader.Report, error) {
	start := time.Now()
	p, rep, err := Build(ctx, job)
	if p != nil {
		defer p.Close()
		rep, err = p.Run(ctx, job)
	}
	rep.DurationMS = time.Since(start).Milliseconds()
	return rep, err
}

// Program is a submission, built together with its suite.
type Program struct {
	path, dir string
	helper    string // which the suite starts; "": it starts none
	goVersion string
	advice    []grader.Diagnostic
	keeping   sync.WaitGroup // it is being kept for the next time
}

// Close removes the program.
func (p *Program) Close() error {
	p.keeping.Wait()
	return os.RemoveAll(p.dir)
}

// Build makes the program that checks a submission. It is nil if the
// submission was refused or does not compile; then the report says why.
func Build(ctx context.Context, job Job) (*Program, grader.Report, error) {
	// To try a level takes three processes one after the other, and what is
	// found out is kept. If it is not possible, there is nothing to build.
	building, stop := context.WithCancel(ctx)
	defer stop()
	go func() {
		if _, err := confinement(job.Sandbox, sandbox.Auto); err != nil {
			stop()
		}
	}()
	p, rep, err := buildProgram(building, job)
	if _, impossible := confine(&rep, job); impossible != nil {
		if p != nil {
			p.Close()
		}
		return nil, rep, impossible
	}
	return p, rep, err
}

func buildProgram(ctx context.Context, job Job) (*Program, grader.Report, error) {
	rep := newReport(job)
	end := phase.Start(ctx, "read the submission")
	ds := unfit(job)
	end()
	if len(ds) > 0 {
		rep.Status, rep.Diagnostics = grader.Refused, ds
		return nil, rep, nil
	}
	end = phase.Start(ctx, "find what is prepared")
	env, err := build.Prepare(ctx, job.Root, job.Exercise)
	end()
	if err != nil {
		return nil, rep, err
	}
	rep.Engine.Go = env.Go
	dir, err := os.MkdirTemp("", "kata-")
	if err != nil {
		return nil, rep, err
	}
	p := &Program{dir: dir, goVersion: env.Go}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	importer := env.Importer() // which reads a package once, for one after the other
	parts, err := rewrite(ctx, job, env, importer)
	reading := make(chan inspection, 1)
	go func() {
		defer phase.Start(ctx, "types and advice, beside the next ones")()
		reading <- inspect(job, env, importer, cancel)
	}()
	if err == nil {
		ds, err = p.compile(ctx, job, env, parts)
	} else {
		ds, err = diagnose(ctx, job, env, err, dir)
	}
	read := <-reading
	switch {
	case len(read.refused) > 0:
		rep.Status, rep.Diagnostics, err = grader.Refused, read.refused, nil
	case err != nil || len(ds) > 0:
		rep.Status, rep.Diagnostics = grader.Error, ds
	default:
		p.advice = read.advice
		if job.Exercise.Track == grader.TrackProcesses {
			p.helper = filepath.Join(dir, build.HelperFile)
		}
		return p, rep, nil
	}
	p.Close()
	return nil, rep, err
}

// Run runs the cases of a program as the job says and scores them. The job's
// submission and mode are those the program was built from.
func (p *Program) Run(ctx context.Context, job Job) (grader.Report, error) {
	rep := newReport(job)
	level, err := confine(&rep, job)
	if err != nil {
		return rep, err
	}
	rep.Engine.Go, rep.Advice = p.goVersion, p.advice
	if job.UntilLoss || job.Output {
		job.Workers = 1 // which of several prints first is chance
	}
	end := phase.Start(ctx, "run")
	cases := errand{
		program: sandbox.Program{Path: p.path, Scratch: p.dir, Level: level, Print: maxPrint, Helper: p.helper},
		request: wire.Request{Seed: job.Seed, Schedules: job.Schedules, Schedule: job.Schedule, Tag: Tag(job.Submission)},
		only:    job.Case, plain: job.Plain, untrusted: true, workers: job.Workers, progress: job.Progress, untilLoss: job.UntilLoss,
	}
	out, err := cases.run(ctx)
	end()
	if errors.Is(err, ErrNoCase) {
		err = fmt.Errorf("%w: %s has no case %q", err, job.Exercise.Slug, job.Case)
	}
	if err != nil {
		return rep, err
	}
	score(&rep, out)
	if job.Output {
		rep.Output = out.output
	}
	return rep, nil
}

// confine returns the level of confinement for a job, and puts it into the
// report.
func confine(rep *grader.Report, job Job) (sandbox.Confinement, error) {
	level, err := confinement(job.Sandbox, sandbox.Auto)
	rep.Engine.Sandbox = level.String()
	return level, err
}

// newReport returns a report without results.
func newReport(job Job) grader.Report {
	rep := grader.Report{
		Schema: grader.Schema, Exercise: job.Exercise.Slug, Max: grader.MaxScore,
		Engine:     grader.Engine{Version: grader.Version, Mode: grader.ModeScheduled, Seed: job.Seed},
		Submission: grader.Digest{Digest: job.Submission.Digest, Files: []string{}},
		Aspects:    []grader.AspectScore{}, Cases: []grader.CaseResult{},
		Findings: []grader.Finding{}, Diagnostics: []grader.Diagnostic{},
	}
	switch {
	case job.Schedule != "":
		rep.Engine.Mode = grader.ModeReplay
	case job.Plain:
		rep.Engine.Mode = grader.ModePlain
	}
	for _, f := range job.Submission.Files {
		rep.Submission.Files = append(rep.Submission.Files, f.Name)
	}
	return rep
}

// rewrite puts submission and suite under the scheduler's control.
func rewrite(ctx context.Context, job Job, env *build.Environment, importer types.Importer) (parts build.Parts, err error) {
	defer phase.Start(ctx, "rewrite")()
	parts = build.Parts{Plain: job.Plain, ByGo: job.ByGo}
	if parts.Submission, err = rewriteSubmission(job, env, importer); err == nil {
		parts.Suite, err = rewriteSuite(job, env, importer)
	}
	return parts, err
}

// diagnose returns what the compiler says of a submission that could not be
// rewritten for the given reason.
func diagnose(ctx context.Context, job Job, env *build.Environment, reason error, dir string) ([]grader.Diagnostic, error) {
	var bad *instrument.Error
	if !errors.As(reason, &bad) {
		return nil, reason
	}
	ds, err := env.Diagnose(ctx, job.Submission.Files, dir)
	if err == nil && len(ds) == 0 {
		ds = bad.Diagnostics
	}
	return ds, err
}

// compile makes the program. Diagnostics mean that the submission does not
// compile.
func (p *Program) compile(ctx context.Context, job Job, env *build.Environment, parts build.Parts) ([]grader.Diagnostic, error) {
	path, keep, err := env.Program(ctx, parts, p.dir)
	if err == nil {
		p.path = path
		p.keeping.Go(func() { keep() }) // if that fails, it is built again some day
		return nil, nil
	}
	if missing := env.SuiteDiagnostics(err); len(missing) > 0 {
		return lacking(job, missing), nil
	}
	var limit *build.LimitError
	if errors.As(err, &limit) {
		return []grader.Diagnostic{{File: job.Exercise.Slug + ".go", Line: 1, Message: limit.Error() +
			" on this package, a thousand times what the exercise needs; look for huge arrays and constants, and for types and functions that multiply"}}, nil
	}
	return nil, err
}

// lacking says that a submission compiles, but not together with the suite.
func lacking(job Job, messages []string) []grader.Diagnostic {
	var ds []grader.Diagnostic
	for _, m := range messages {
		// The compiler speaks of the package as the suite does.
		m = strings.NewReplacer(strconv.Quote(build.Module+"/exercises/"+job.Exercise.Slug)+".", "", job.Exercise.Slug+".", "").Replace(m)
		ds = append(ds, grader.Diagnostic{
			File: job.Exercise.Slug + ".go", Line: 1,
			Message: "the package is not what the exercise asks for: " + m +
				"; compare the exported functions and types with those of the stub",
		})
	}
	return ds
}

// rewriteSubmission puts the submission under the scheduler's control.
func rewriteSubmission(job Job, env *build.Environment, importer types.Importer) ([]grader.File, error) {
	if job.Plain {
		return withLines(job.Submission.Files, wire.SubmissionPrefix), nil
	}
	return instrument.Package(instrument.Config{
		Path: env.ExercisePath(), Files: job.Submission.Files, Importer: importer,
		Prefix: wire.SubmissionPrefix, Fresh: true,
	})
}

// rewriteSuite does the same for the suite, once for all submissions.
func rewriteSuite(job Job, env *build.Environment, importer types.Importer) ([]grader.File, error) {
	cached := filepath.Join(env.Dir(), "suite.json")
	if !job.Plain {
		var files []grader.File
		if data, err := os.ReadFile(cached); err == nil && json.Unmarshal(data, &files) == nil && len(files) > 0 {
			return files, nil
		}
	}
	files, err := goFiles(filepath.Join(job.Root, "grader", "suites", job.Exercise.Slug))
	if err != nil {
		return nil, err
	}
	if job.Plain {
		return withLines(files, wire.SuitePrefix), nil
	}
	files, err = instrument.Package(instrument.Config{
		Path: env.SuitePath(), Files: files, Importer: importer, Prefix: wire.SuitePrefix,
	})
	if err != nil {
		return nil, errors.New("the suite of " + job.Exercise.Slug + " does not compile: " + err.Error())
	}
	data, err := json.Marshal(files)
	if err != nil {
		return nil, err
	}
	return files, build.WriteFile(cached, data)
}

// withLines gives files the names that reports know them by.
func withLines(files []grader.File, prefix string) []grader.File {
	out := make([]grader.File, len(files))
	for i, f := range files {
		out[i] = grader.File{Name: f.Name, Data: append([]byte("//line "+prefix+f.Name+":1\n"), f.Data...)}
	}
	return out
}

// goFiles reads the files of a package, without tests.
func goFiles(dir string) ([]grader.File, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return nil, err
	}
	var files []grader.File
	for _, name := range names {
		if len(name) > 8 && name[len(name)-8:] == "_test.go" {
			continue
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		files = append(files, grader.File{Name: filepath.Base(name), Data: data})
	}
	if len(files) == 0 {
		return nil, errors.New("no suite in " + dir)
	}
	return files, nil
}

// Tag returns the part of a submission's digest that its schedules carry.
func Tag(sub grader.Submission) uint16 {
	const prefix = "sha256:"
	if len(sub.Digest) < len(prefix)+4 {
		return 0
	}
	v, _ := strconv.ParseUint(sub.Digest[len(prefix):len(prefix)+4], 16, 16)
	return uint16(v)
}
