package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/build"
	"example.com/gokata/grader/internal/engine"
	"example.com/gokata/grader/internal/report"
	"example.com/gokata/grader/internal/sched"
)

// exploreFlags are the flags of explore, and those of a replay of one of its
// schedules.
type exploreFlags struct {
	checkFlags
	run, lang, clock, strategy string
}

func (a *app) explore() *cobra.Command {
	var f exploreFlags
	cmd := &cobra.Command{
		Use:   "explore [DIR]",
		Short: "Put the tests of any Go package under the scheduler",
		Long: "explore runs the tests of the package in DIR, by default the current directory, in many\n" +
			"different orders of their goroutines and in virtual time, with the race detector on.\n" +
			"DIR/... means all packages below DIR. A folder of Go files needs no go.mod.\n\n" +
			"The tests are not confined unless --sandbox asks for it: they are your own, and many need\n" +
			"processes, files or the network, which every level but none denies them.\n\n" +
			"Exit code: 0 nothing found, 1 something found, 2 usage, 3 the grader failed,\n4 does not compile.",
		Args: cobra.MatchAll(arguments(0, 1, "explore takes one directory: kata explore [DIR]")),
		RunE: func(cmd *cobra.Command, args []string) error {
			if f.schedules < 0 {
				return usagef("--schedules takes a positive number")
			}
			job, err := newExploration(optional(args, 0), f)
			if err != nil {
				return err
			}
			return a.exploreTests(cmd, job, f)
		},
	}
	f.register(cmd, "none", "")
	cmd.Flags().StringVar(&f.run, "run", "", "only the tests whose names match this regular expression")
	cmd.Flags().StringVar(&f.lang, "lang", "", "the language version to take, such as go1.21, instead of the one in go.mod")
	cmd.Flags().StringVar(&f.clock, "clock", fairClock, "fair: time passes only when nobody can run; adversarial: it may pass at any moment,\nwhich finds timers that fire too early and sleeps that stand in for synchronisation,\nbut also makes time-outs of the tests themselves strike")
	cmd.Flags().StringVar(&f.strategy, "strategy", "", "choose all schedules in the same way: "+strings.Join(engine.Strategies, ", ")+"; without it, a mix of these")
	cmd.Flags().Uint64Var(&f.seed, "seed", 1, "choose other schedules")
	cmd.Flags().IntVar(&f.schedules, "schedules", 0, "run this many schedules per test (0: 1,000)")
	return cmd
}

// The values of --clock.
const (
	fairClock        = "fair"
	adversarialClock = "adversarial"
)

var langVersion = regexp.MustCompile(`^go1\.\d+(\.\d+)?$`)

// newExploration checks what was typed.
func newExploration(arg string, f exploreFlags) (engine.Exploration, error) {
	job := engine.Exploration{Dir: arg, Pattern: ".", Lang: f.lang, Seed: f.seed, Schedules: f.schedules, Output: f.output, Sandbox: f.sandbox}
	if err := f.validate(); err != nil {
		return job, err
	}
	if dir, all := strings.CutSuffix(filepath.ToSlash(arg), "/..."); all || arg == "..." {
		job.Dir, job.Pattern = dir, "./..."
		if arg == "..." {
			job.Dir = ""
		}
	}
	var err error
	if job.Dir, err = filepath.Abs(job.Dir); err != nil {
		return job, err
	}
	switch info, err := os.Stat(job.Dir); {
	case errors.Is(err, os.ErrNotExist):
		return job, usagef("there is no directory %s", job.Dir)
	case err != nil:
		return job, usagef("%v", err)
	case !info.IsDir():
		return job, usagef("%s is a file; explore takes the directory of a package", job.Dir)
	}
	if f.lang != "" && !langVersion.MatchString(f.lang) {
		return job, usagef("--lang takes a version of Go such as go1.21, not %q", f.lang)
	}
	if f.clock != fairClock && f.clock != adversarialClock && f.clock != "" {
		return job, usagef("--clock takes %s or %s, not %q", fairClock, adversarialClock, f.clock)
	}
	job.Adversary = f.clock == adversarialClock
	if f.strategy != "" && !slices.Contains(engine.Strategies, f.strategy) {
		return job, usagef("--strategy takes one of %s, not %q", strings.Join(engine.Strategies, ", "), f.strategy)
	}
	job.Strategy = f.strategy
	if f.run != "" {
		if job.Run, err = regexp.Compile(f.run); err != nil {
			return job, usagef("--run takes a regular expression: %v", err)
		}
	}
	cat, err := openCatalog()
	if err != nil {
		return job, err
	}
	job.Root = cat.Root()
	return job, nil
}

// exploreTests explores and writes the report.
func (a *app) exploreTests(cmd *cobra.Command, job engine.Exploration, f exploreFlags) error {
	remove, err := engine.OwnTemporary()
	if err != nil {
		return err
	}
	defer remove()
	clear := a.exploring(&job)
	e, err := engine.Explore(cmd.Context(), job)
	clear()
	var source *build.SourceError
	switch {
	case errors.Is(err, engine.ErrNoTests):
		return usagef("%v in %s that could be run", err, job.Dir)
	case errors.As(err, &source):
		return usagef("%v", err)
	case err != nil:
		return err
	}
	switch e.Status {
	case grader.Passed:
		a.code = grader.ExitPassed
	case grader.Error:
		a.code = grader.ExitRefused
	default:
		a.code = grader.ExitLost
	}
	if f.json {
		err = report.ExplorationJSON(a.stdout, e)
	} else {
		err = report.ExplorationText(a.stdout, e, report.TextOptions{
			Width: width(a.stdout), Color: colored(a.stdout), Source: linesBelow(job.Dir),
			Dir: shortPath(job.Dir), Command: os.Args[0], ShowOutput: f.output,
		})
	}
	if err != nil || !cmd.Flags().Changed("trace") {
		return err
	}
	findings := 0
	for _, test := range e.Tests {
		findings += len(test.Findings)
	}
	return a.writeTrace(f.trace, findings, func(w io.Writer) error { return report.ExplorationTrace(w, e) })
}

// replayTest runs one schedule of a test again. token is the one from the
// report, and names the package, seen from dir, and the test.
func (a *app) replayTest(cmd *cobra.Command, token, dir string, f exploreFlags) error {
	parts := strings.Split(token, "/")
	word, test := parts[len(parts)-1], parts[len(parts)-2]
	if _, _, err := sched.Decode(word); err != nil {
		return usagef("%v", err)
	}
	if dir == "" {
		dir = "."
	}
	f.run = "^" + regexp.QuoteMeta(test) + "$"
	job, err := newExploration(filepath.Join(dir, filepath.Join(parts[:len(parts)-2]...)), f)
	if err != nil {
		return err
	}
	job.Schedule = word
	return a.exploreTests(cmd, job, f)
}

// ofTest tells whether a token is that of a test: it begins with the package's
// place, which is "." or "./sub".
func ofTest(token string) bool {
	return strings.HasPrefix(token, ".") && strings.Count(token, "/") >= 2
}

// linesBelow returns the lines of a file by its name below dir.
func linesBelow(dir string) func(string) []string {
	cache := map[string][]string{}
	return func(file string) []string {
		if _, ok := cache[file]; !ok {
			data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(file)))
			if err != nil {
				data = nil
			}
			cache[file] = strings.Split(string(data), "\n")
		}
		return cache[file]
	}
}

// shortPath returns how a directory is typed from here; "" for here.
func shortPath(dir string) string {
	here, err := os.Getwd()
	if err != nil {
		return dir
	}
	rel, err := filepath.Rel(here, dir)
	switch {
	case err != nil || strings.HasPrefix(rel, ".."+string(filepath.Separator)+".."):
		return dir
	case rel == ".":
		return ""
	}
	return rel
}

// exploring shows on a terminal how far exploring is, and returns a function
// that wipes it away.
func (a *app) exploring(job *engine.Exploration) (clear func()) {
	if _, tty := terminal(a.stderr); !tty {
		return func() {}
	}
	fmt.Fprint(a.stderr, "loading…")
	job.Progress = func(pkg string, done, all int) {
		if all == 0 {
			fmt.Fprintf(a.stderr, "\r\x1b[Kbuilding %s…", pkg)
			return
		}
		fmt.Fprintf(a.stderr, "\r\x1b[Kexploring %s: %d of %d tests", pkg, done, all)
	}
	return func() { fmt.Fprint(a.stderr, "\r\x1b[K") }
}
