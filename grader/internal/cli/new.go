package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"example.com/gokata/grader/internal/scaffold"
)

func (a *app) newExercise() *cobra.Command {
	return &cobra.Command{
		Use:   "new SLUG",
		Short: "Begin a new exercise",
		Long: "new writes all parts of a new exercise: statement, stub, visible tests, manifest, reference\n" +
			"solution, suite, a correct variant and a fault. It is a small exercise that works; what its\n" +
			"author has to replace is marked with " + scaffold.Mark + ".",
		Args: cobra.MatchAll(arguments(1, 1, "new takes the name of an exercise that is to be: kata new barrier")),
		RunE: func(_ *cobra.Command, args []string) error {
			cat, err := openCatalog()
			if err != nil {
				return err
			}
			slug := args[0]
			names, err := scaffold.New(cat.Root(), slug)
			var bad *scaffold.SlugError
			if errors.As(err, &bad) {
				return usagef("%v", err)
			}
			if err != nil {
				return fmt.Errorf("the exercise could not be written: %w", err)
			}
			_, err = fmt.Fprintf(a.stdout, next, strings.Join(names, "\n"), scaffold.Mark, strings.Join(scaffold.Dirs(slug), " "), slug)
			return err
		},
	}
}

// next says what there is, and how to go on.
const next = `%[1]s

This is a small exercise that works. Make it yours: replace what is marked, and
remove the marks. This shows those that are left:

  grep -rn '%[2]s' %[3]s

As long as there are any, make drafts and make conformance refuse the exercise.
What the reference solution gets, and what the suite does not see:

  make check EX=%[4]s DIR=solutions/%[4]s
  bin/kata mutate %[4]s
`
