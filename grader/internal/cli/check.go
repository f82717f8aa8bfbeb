package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/catalog"
	"example.com/gokata/grader/internal/engine"
	"example.com/gokata/grader/internal/report"
	"example.com/gokata/grader/internal/sched"
)

// checkFlags are the flags that check and replay share.
type checkFlags struct {
	json, plain, output bool
	seed                uint64
	schedules           int
	trace, sandbox      string
}

// register adds the flags that both commands have to cmd. confined is what
// --sandbox is if it is not given, "" if that depends.
func (f *checkFlags) register(cmd *cobra.Command, confined, help string) {
	cmd.Flags().BoolVar(&f.json, "json", false, "write the report as JSON")
	cmd.Flags().BoolVar(&f.output, "output", false, "show what the code prints")
	cmd.Flags().StringVar(&f.sandbox, "sandbox", confined, "confine the code: `LEVEL` is "+strings.Join(engine.Sandboxes, ", ")+help)
	cmd.Flags().StringVar(&f.trace, "trace", "", "also write the interleavings to `FILE`, to be opened in ui.perfetto.dev")
}

func (a *app) check() *cobra.Command {
	var f checkFlags
	cmd := &cobra.Command{
		Use:   "check SLUG [DIR]",
		Short: "Grade a solution",
		Long:  "check grades the solution in DIR, by default exercises/SLUG.\n\n--sandbox says how much the solution is confined while it runs: none, for code that you\ntrust; L1, no other files, processes and network; L2, in addition namespaces of its own;\nL3, in addition cgroups and another user; auto, the best of these that is possible here.\n\nExit code: 0 full marks, 1 points lost, 2 usage, 3 the grader failed, also because this\nmachine cannot confine code as --sandbox asks for, 4 refused or does not compile.",
		Args:  cobra.MatchAll(arguments(1, 2, "check takes an exercise and perhaps a directory: kata check pool [DIR]")),
		RunE: func(cmd *cobra.Command, args []string) error {
			if f.schedules < 0 {
				return usagef("--schedules takes a positive number")
			}
			job, err := newJob(args[0], optional(args, 1), f)
			if err != nil {
				return err
			}
			return a.grade(cmd, job, optional(args, 1), f)
		},
	}
	f.register(cmd, "auto", "")
	cmd.Flags().Uint64Var(&f.seed, "seed", 1, "choose other schedules")
	cmd.Flags().IntVar(&f.schedules, "schedules", 0, "run this many schedules per case (0: as many as the case says)")
	cmd.Flags().BoolVar(&f.plain, "plain", false, "run every case once on the ordinary runtime, as go test -race would")
	return cmd
}

func (a *app) replay() *cobra.Command {
	var f checkFlags
	cmd := &cobra.Command{
		Use:   "replay TOKEN [DIR]",
		Short: "Run one schedule again and show it step by step",
		Long:  "replay runs the schedule that TOKEN stands for, with the solution in DIR, by default\nexercises/SLUG. A token is copied from a report: pool/idle-workers-wake/083g0…",
		Args:  cobra.MatchAll(arguments(1, 2, "replay takes a token from a report and perhaps a directory")),
		RunE: func(cmd *cobra.Command, args []string) error {
			if ofTest(args[0]) {
				return a.replayTest(cmd, args[0], optional(args, 1), exploreFlags{checkFlags: f})
			}
			slug, name, schedule, tag, err := parseToken(args[0])
			if err != nil {
				return err
			}
			job, err := newJob(slug, optional(args, 1), f)
			if err != nil {
				return err
			}
			if len(job.Unread) == 0 && tag != engine.Tag(job.Submission) {
				fmt.Fprintln(a.stderr, "kata: the code has changed since this schedule was found; it may go another way now")
			}
			job.Case, job.Schedule = name, schedule
			err = a.grade(cmd, job, optional(args, 1), f)
			if errors.Is(err, engine.ErrNoCase) {
				return usagef("%v; the token is from another version of the exercise", err)
			}
			return err
		},
	}
	f.register(cmd, "", " (default auto, and none for a test of your own)")
	return cmd
}

func arguments(least, most int, text string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) < least || len(args) > most {
			return usagef("%s", text)
		}
		return nil
	}
}

func optional(args []string, i int) string {
	if i < len(args) {
		return args[i]
	}
	return ""
}

// parseToken takes a token of a report apart.
func parseToken(token string) (slug, name, schedule string, tag uint16, err error) {
	parts := strings.Split(token, "/")
	if len(parts) != 3 {
		return "", "", "", 0, usagef("%q is not a token; a token looks like pool/idle-workers-wake/083g0… and stands in a report", token)
	}
	_, tag, err = sched.Decode(parts[2])
	if err != nil {
		return "", "", "", 0, usagef("%v", err)
	}
	return parts[0], parts[1], parts[2], tag, nil
}

// validate checks what was typed.
func (f *checkFlags) validate() error {
	if f.sandbox != "" && !slices.Contains(engine.Sandboxes, f.sandbox) {
		return usagef("--sandbox takes one of %s, not %q", strings.Join(engine.Sandboxes, ", "), f.sandbox)
	}
	return nil
}

// newJob finds the exercise and reads the submission.
func newJob(slug, dir string, f checkFlags) (engine.Job, error) {
	if err := f.validate(); err != nil {
		return engine.Job{}, err
	}
	cat, err := openCatalog()
	if err != nil {
		return engine.Job{}, err
	}
	ex, err := cat.Get(slug)
	if err != nil {
		return engine.Job{}, err
	}
	if dir == "" {
		dir = ex.Dir
	}
	job := engine.Job{
		Root: cat.Root(), Exercise: ex,
		Seed: f.seed, Schedules: f.schedules, Plain: f.plain, Output: f.output, Sandbox: f.sandbox,
	}
	job.Submission, err = catalog.ReadSubmission(dir, slug)
	var bad *catalog.SubmissionError
	if errors.As(err, &bad) {
		if d, ok := bad.Diagnostic(); ok {
			job.Unread, err = []grader.Diagnostic{d}, nil
		}
	}
	return job, err
}

// grade grades and writes the report.
func (a *app) grade(cmd *cobra.Command, job engine.Job, dir string, f checkFlags) error {
	remove, err := engine.OwnTemporary()
	if err != nil {
		return err
	}
	defer remove()
	clear := a.progress(&job)
	rep, err := engine.Grade(cmd.Context(), job)
	clear()
	if err != nil {
		return err
	}
	handler := report.Handler(report.JSON)
	if !f.json {
		handler = report.TextOptions{
			Width: width(a.stdout), Color: colored(a.stdout), Source: source(job.Submission),
			Promises: promises(job.Exercise), Dir: dir, Command: os.Args[0], ShowOutput: f.output,
		}.Handler()
	}
	a.code = exitCode(rep)
	if err := handler(a.stdout, rep); err != nil {
		return err
	}
	if !cmd.Flags().Changed("trace") {
		return nil
	}
	return a.writeTrace(f.trace, len(rep.Findings), func(w io.Writer) error { return report.Trace(w, rep) })
}

// writeTrace writes a trace of so many findings to a file.
func (a *app) writeTrace(file string, findings int, trace func(io.Writer) error) error {
	var b bytes.Buffer
	if err := trace(&b); err != nil {
		return err
	}
	if err := os.WriteFile(file, b.Bytes(), 0o666); err != nil {
		return fmt.Errorf("the trace cannot be written: %w", err)
	}
	if findings == 0 {
		fmt.Fprintf(a.stderr, "kata: there is no finding to trace; the trace in %s is empty\n", file)
	}
	return nil
}

// promises returns the contract in the learner's language.
func promises(ex grader.Exercise) []string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := os.Getenv(name); v != "" {
			if strings.HasPrefix(v, "zh") {
				if ps, err := catalog.Promises(ex, "zh"); err == nil {
					return ps
				}
			}
			break
		}
	}
	return ex.Promises
}

func source(sub grader.Submission) func(string) []string {
	return func(file string) []string {
		for _, f := range sub.Files {
			if f.Name == filepath.Base(file) {
				return strings.Split(string(f.Data), "\n")
			}
		}
		return nil
	}
}

func exitCode(rep grader.Report) int {
	switch rep.Status {
	case grader.Passed:
		return grader.ExitPassed
	case grader.Error, grader.Refused:
		return grader.ExitRefused
	default:
		return grader.ExitLost
	}
}

// progress shows on a terminal how far grading is, and returns a function that
// wipes it away.
func (a *app) progress(job *engine.Job) (clear func()) {
	if _, tty := terminal(a.stderr); !tty {
		return func() {}
	}
	fmt.Fprintf(a.stderr, "building %s…", job.Exercise.Slug)
	job.Progress = func(done, all int) {
		fmt.Fprintf(a.stderr, "\r\x1b[Kchecking %s: %d of %d cases", job.Exercise.Slug, done, all)
	}
	return func() { fmt.Fprint(a.stderr, "\r\x1b[K") }
}
