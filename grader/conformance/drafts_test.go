package conformance_test

import (
	"flag"
	"testing"

	"github.com/stretchr/testify/require"

	"example.com/gokata/grader"
	"example.com/gokata/grader/conformance"
	"example.com/gokata/grader/internal/catalog"
	"example.com/gokata/grader/internal/scaffold"
)

var merged = flag.Bool("merged", false, "also ask for what an exercise needs before it can be merged: no marks of kata new, no mutants that survive")

// TestDrafts tells which exercises still hold marks of kata new. Nothing is
// wrong with that as long as they are being written.
func TestDrafts(t *testing.T) {
	cat, err := conformance.Open()
	require.NoError(t, err)
	exercises, err := cat.List()
	require.NoError(t, err)
	for _, ex := range exercises {
		t.Run(ex.Slug, func(t *testing.T) {
			found := marks(t, cat, ex)
			for _, m := range found {
				t.Logf("%s:%d: %s", m.File, m.Line, m.Text)
			}
			switch {
			case len(found) > 0 && *merged:
				t.Errorf("the exercise has %d marks left; do what they say, and remove them", len(found))
			case len(found) > 0:
				t.Skipf("%d marks left", len(found))
			}
		})
	}
}

// marks returns the places of an exercise that its author has yet to write.
func marks(t *testing.T, cat *catalog.Catalog, ex grader.Exercise) []scaffold.Place {
	t.Helper()
	found, err := scaffold.Marks(cat.Root(), ex.Slug)
	require.NoError(t, err)
	return found
}
