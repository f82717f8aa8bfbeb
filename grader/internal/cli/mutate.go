package cli

import (
	"fmt"
	"path/filepath"
	"regexp"

	"github.com/spf13/cobra"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/engine"
	"example.com/gokata/grader/internal/report"
)

func (a *app) mutate() *cobra.Command {
	var f struct {
		json bool
		run  string
	}
	cmd := &cobra.Command{
		Use:   "mutate SLUG",
		Short: "Find the holes of a suite",
		Long: "mutate makes mistakes in the reference solution, one at a time, and grades what comes out.\n" +
			"A mutant that gets full marks shows a hole in the suite, or is equivalent: it breaks no\n" +
			"promise. Those are listed, with a reason, in grader/suites/SLUG/testdata/equivalent.txt.\n\n" +
			"Exit code: 0 no mutant survives that is not listed, 1 some do or an entry of the list is\nstale, 2 usage, 3 the grader failed.",
		Args: cobra.MatchAll(arguments(1, 1, "mutate takes an exercise: kata mutate pool")),
		RunE: func(cmd *cobra.Command, args []string) error {
			var run *regexp.Regexp
			if f.run != "" {
				var err error
				if run, err = regexp.Compile(f.run); err != nil {
					return usagef("--run takes a regular expression: %v", err)
				}
			}
			cat, err := openCatalog()
			if err != nil {
				return err
			}
			job, err := newJob(args[0], filepath.Join(cat.Root(), "solutions", args[0]), checkFlags{seed: 1})
			if err != nil {
				return err
			}
			job.Submission.Dir = "solutions/" + args[0]
			return a.mutants(cmd, job, run, f.json)
		},
	}
	cmd.Flags().BoolVar(&f.json, "json", false, "write the outcome as JSON")
	cmd.Flags().StringVar(&f.run, "run", "", "only the mutants whose name matches this regular expression")
	return cmd
}

// mutants grades the mutants of a solution and writes what became of them.
func (a *app) mutants(cmd *cobra.Command, job engine.Job, run *regexp.Regexp, asJSON bool) error {
	remove, err := engine.OwnTemporary()
	if err != nil {
		return err
	}
	defer remove()
	clear := func() {}
	if _, tty := terminal(a.stderr); tty {
		fmt.Fprintf(a.stderr, "mutating %s…", job.Exercise.Slug)
		job.Progress = func(done, all int) {
			fmt.Fprintf(a.stderr, "\r\x1b[Kmutating %s: %d of %d mutants", job.Exercise.Slug, done, all)
		}
		clear = func() { fmt.Fprint(a.stderr, "\r\x1b[K") }
	}
	out, err := engine.Mutate(cmd.Context(), job, run)
	clear()
	if err != nil {
		return err
	}
	if run != nil && len(out.Mutants) == 0 {
		return usagef("no mutant of %s is called anything like %q", job.Exercise.Slug, run)
	}
	a.code = grader.ExitPassed
	if out.Status != grader.Passed {
		a.code = grader.ExitLost
	}
	if asJSON {
		return report.MutationJSON(a.stdout, out)
	}
	return report.MutationText(a.stdout, out, report.TextOptions{Width: width(a.stdout), Color: colored(a.stdout)})
}
