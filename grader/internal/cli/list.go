package cli

import (
	"errors"
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"
)

func (a *app) list() *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "Show what exercises there are",
		Args:  cobra.MatchAll(arguments(0, 0, "list takes no arguments")),
		RunE: func(*cobra.Command, []string) error {
			cat, err := openCatalog()
			if err != nil {
				return err
			}
			exercises, broken := cat.List()
			w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
			fmt.Fprintln(w, "EXERCISE\tTRACK\tLEVEL\tMINUTES\tTITLE")
			for _, ex := range exercises {
				fmt.Fprintf(w, "%s\t%s\t%d\t%d\t%s\n", ex.Slug, ex.Track, ex.Difficulty, ex.Budget, ex.Title["en"])
			}
			return errors.Join(w.Flush(), broken)
		},
	}
}
