package engine

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"sync"
	"time"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/build"
	"example.com/gokata/grader/internal/mutate"
)

// Mutate grades the mutants of the job's submission, which must be a solution
// with full marks, and says which of them the suite does not tell from it. It
// reads the list of those that are equivalent from the suite's testdata. With
// run, only mutants whose ID or key matches are graded. As many mutants are
// graded at once as the job has workers, each up to its first lost point; the
// job's Progress counts mutants.
func Mutate(ctx context.Context, job Job, run *regexp.Regexp) (grader.Mutation, error) {
	start := time.Now()
	rep, err := Grade(ctx, Job{Root: job.Root, Exercise: job.Exercise, Submission: job.Submission, Seed: job.Seed})
	if err != nil {
		return grader.Mutation{}, err
	}
	out := grader.Mutation{
		Schema: grader.Schema, Exercise: job.Exercise.Slug, Status: grader.Passed, Engine: rep.Engine,
		Mutants: []grader.Mutant{}, Stale: []grader.Stale{},
	}
	if rep.Status != grader.Passed {
		return out, fmt.Errorf("the solution to be mutated does not get full marks itself, so its mutants would tell nothing; see: kata check %s %s", job.Exercise.Slug, job.Submission.Dir)
	}
	list, name, err := equivalents(job)
	if err != nil {
		return out, err
	}
	mutants, invalid, err := makeMutants(ctx, job)
	if err != nil {
		return out, err
	}
	out.Invalid = invalid
	chosen := mutants[:0]
	for _, m := range mutants {
		if run == nil || run.MatchString(m.ID()) || run.MatchString(m.Key()) {
			chosen = append(chosen, m)
		}
	}
	reports, err := gradeAll(ctx, job, chosen)
	if err != nil {
		return out, err
	}
	if err := gradeAgain(ctx, job, chosen, reports, list); err != nil {
		return out, err
	}
	for i, m := range chosen {
		if reports[i].Score == nil {
			out.Invalid++ // refused, or no program together with the suite
			continue
		}
		out.Mutants = append(out.Mutants, fate(m, reports[i]))
	}
	compare(&out, list, name, run)
	out.DurationMS = time.Since(start).Milliseconds()
	return out, nil
}

// makeMutants makes the mutants of a job's submission.
func makeMutants(ctx context.Context, job Job) ([]mutate.Mutant, int, error) {
	env, err := build.Prepare(ctx, job.Root, job.Exercise)
	if err != nil {
		return nil, 0, err
	}
	return mutate.Mutants(mutate.Package{Path: env.ExercisePath(), Files: job.Submission.Files, Importer: env.Importer()})
}

// equivalents reads the list of equivalent mutants, which need not be there.
func equivalents(job Job) (list []mutate.Equivalent, name string, err error) {
	name = path.Join("grader", "suites", job.Exercise.Slug, "testdata", "equivalent.txt")
	data, err := os.ReadFile(filepath.Join(job.Root, filepath.FromSlash(name)))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, name, err
	}
	list, err = mutate.ParseEquivalents(name, data)
	return list, name, err
}

// gradeAll grades mutants, several at once, and returns their reports in the
// same order.
func gradeAll(ctx context.Context, job Job, mutants []mutate.Mutant) ([]grader.Report, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	reports := make([]grader.Report, len(mutants))
	var mu sync.Mutex // of next and done
	next, done := 0, 0
	take := func() int {
		mu.Lock()
		defer mu.Unlock()
		if next == len(mutants) || ctx.Err() != nil {
			return -1
		}
		next++
		return next - 1
	}
	var wg sync.WaitGroup
	for range cmp.Or(job.Workers, workers) {
		wg.Go(func() {
			for i := take(); i >= 0; i = take() {
				one := Job{Root: job.Root, Exercise: job.Exercise, Seed: job.Seed, Schedules: job.Schedules, UntilLoss: true}
				one.Submission = grader.Submission{Dir: job.Submission.Dir, Files: mutants[i].Files}
				rep, err := Grade(ctx, one)
				if err != nil {
					cancel(fmt.Errorf("%s: %w", mutants[i].ID(), err))
					return
				}
				mu.Lock()
				reports[i] = rep
				done++
				if job.Progress != nil {
					job.Progress(done, len(mutants))
				}
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	return reports, context.Cause(ctx)
}

// further is how often a mutant that survives in real processes is graded again.
const further = 4

// gradeAgain grades mutants of an exercise on real processes a few times more when
// they have survived and are not listed: which goroutine comes first is luck there, so
// that a mistake may pass unnoticed now and then.
func gradeAgain(ctx context.Context, job Job, mutants []mutate.Mutant, reports []grader.Report, list []mutate.Equivalent) error {
	if job.Exercise.Track != grader.TrackProcesses {
		return nil
	}
	listed := map[string]bool{}
	for _, e := range list {
		listed[e.Key] = true
	}
	job.Progress = nil
	for range further {
		job.Seed++
		var which []int
		var survivors []mutate.Mutant
		for i, m := range mutants {
			if reports[i].Status == grader.Passed && !listed[m.Key()] {
				which = append(which, i)
				survivors = append(survivors, m)
			}
		}
		if len(survivors) == 0 {
			return nil
		}
		again, err := gradeAll(ctx, job, survivors)
		if err != nil {
			return err
		}
		for i, rep := range again {
			reports[which[i]] = rep
		}
	}
	return nil
}

// fate says what became of a mutant.
func fate(m mutate.Mutant, rep grader.Report) grader.Mutant {
	out := grader.Mutant{
		ID: m.ID(), Key: m.Key(), Operator: m.Operator, Mistake: m.Mistake, File: m.File, Line: m.Line, Diff: m.Diff(), Outcome: grader.Survived,
	}
	if rep.Status == grader.Passed {
		return out
	}
	out.Outcome = grader.Killed
	if len(rep.Findings) > 0 {
		f := rep.Findings[0]
		out.Case, out.Kind, out.Message = f.Case, f.Kind, f.Message
	}
	for _, c := range rep.Cases {
		if c.Name == out.Case {
			out.Aspect = c.Aspect
		}
	}
	return out
}

// compare enters what the list of equivalent mutants says, and counts.
func compare(out *grader.Mutation, list []mutate.Equivalent, name string, run *regexp.Regexp) {
	byKey := map[string]*grader.Mutant{}
	for i := range out.Mutants {
		byKey[out.Mutants[i].Key] = &out.Mutants[i]
	}
	for _, e := range list {
		m := byKey[e.Key]
		switch {
		case m == nil && run != nil && !run.MatchString(e.Key): // was not asked for
		case m == nil:
			out.Stale = append(out.Stale, grader.Stale{File: name, Line: e.Line, Key: e.Key, Message: "there is no such mutant"})
		case m.Outcome == grader.Killed:
			out.Stale = append(out.Stale, grader.Stale{File: name, Line: e.Line, Key: e.Key, Message: "the case " + m.Case + " kills it"})
		default:
			m.Outcome, m.Reason = grader.Equivalent, e.Reason
		}
	}
	for _, m := range out.Mutants {
		switch m.Outcome {
		case grader.Killed:
			out.Killed++
		case grader.Equivalent:
			out.Equivalent++
		default:
			out.Survived++
		}
	}
	if out.Survived+len(out.Stale) > 0 {
		out.Status = grader.Failed
	}
}
