// Package cli is the kata command: its subcommands, flags and exit codes.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/build"
	"example.com/gokata/grader/internal/catalog"
)

// Main runs the kata command with the given arguments, without the command's
// own name, and returns its exit code. It stops when ctx is done.
func Main(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	app := &app{stdout: stdout, stderr: stderr}
	root := app.command()
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	if err := root.ExecuteContext(ctx); err != nil {
		return app.failed(ctx, err)
	}
	return app.code
}

// app is one invocation of the command.
type app struct {
	stdout, stderr io.Writer
	code           int
}

func (a *app) command() *cobra.Command {
	root := &cobra.Command{
		Use:           "kata",
		Short:         "Grade solutions to concurrency exercises",
		Long:          "kata runs your solution under a scheduler of its own, in many different orders and in virtual time,\nand shows for every lost point the order that proves it.",
		Version:       grader.Version,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usagef("%v; %q shows the flags", err, cmd.CommandPath()+" --help")
	})
	root.CompletionOptions.HiddenDefaultCmd = true
	root.AddCommand(a.check(), a.explore(), a.list(), a.mutate(), a.newExercise(), a.replay())
	return root
}

// usageError is a mistake on the command line.
type usageError struct{ text string }

func (e *usageError) Error() string { return e.text }

func usagef(format string, args ...any) error {
	return &usageError{fmt.Sprintf(format, args...)}
}

// failed prints an error and returns the exit code that goes with it.
func (a *app) failed(ctx context.Context, err error) int {
	if ctx.Err() != nil {
		fmt.Fprintln(a.stderr, "kata: interrupted")
		return grader.ExitGrader
	}
	fmt.Fprintf(a.stderr, "kata: %s\n", strings.TrimSpace(err.Error()))
	var (
		usage   *usageError
		unknown *catalog.UnknownError
		sub     *catalog.SubmissionError
		missing *build.MissingError
	)
	switch {
	case errors.As(err, &usage), errors.As(err, &unknown), errors.As(err, &sub):
		return grader.ExitUsage
	case errors.As(err, &missing):
		return grader.ExitGrader
	case strings.HasPrefix(err.Error(), "unknown command"):
		return grader.ExitUsage
	}
	return grader.ExitGrader
}

// openCatalog finds the exercises: above the current directory, or else above
// the command itself.
func openCatalog() (*catalog.Catalog, error) {
	dir, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	root, err := catalog.FindRoot(dir)
	if err != nil {
		if exe, exeErr := os.Executable(); exeErr == nil {
			if r, exeErr := catalog.FindRoot(exe); exeErr == nil {
				root, err = r, nil
			}
		}
	}
	if err != nil {
		return nil, usagef("%v", err)
	}
	return catalog.Open(root)
}

// terminal returns the file behind w if it is a terminal.
func terminal(w io.Writer) (*os.File, bool) {
	f, ok := w.(*os.File)
	return f, ok && term.IsTerminal(int(f.Fd()))
}

// colored tells whether to write to w in colour.
func colored(w io.Writer) bool {
	_, tty := terminal(w)
	return tty && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}

// width returns how wide a report on w should be.
func width(w io.Writer) int {
	const normal, most = 80, 120
	f, tty := terminal(w)
	if !tty {
		return normal
	}
	n, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		return normal
	}
	return min(n, most)
}
