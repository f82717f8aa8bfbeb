package conformance_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader"
	"example.com/gokata/grader/conformance"
	"example.com/gokata/grader/internal/catalog"
	"example.com/gokata/grader/internal/engine"
)

// TestMutants makes every mistake in every reference solution that the mutation
// operators know. The suite notices, or the mutant is listed as one that breaks
// no promise.
func TestMutants(t *testing.T) {
	if !*merged {
		t.Skip("takes some ten seconds for each exercise; it is part of make conformance")
	}
	cat, err := conformance.Open()
	require.NoError(t, err)
	exercises, err := cat.List()
	require.NoError(t, err)
	rows := []string{"EXERCISE\tMUTANTS\tKILLED\tEQUIVALENT\tSURVIVING\t"}
	for _, ex := range exercises {
		t.Run(ex.Slug, func(t *testing.T) {
			sub, err := catalog.ReadSubmission(filepath.Join(cat.Root(), "solutions", ex.Slug), ex.Slug)
			require.NoError(t, err)
			out, err := engine.Mutate(t.Context(), engine.Job{Root: cat.Root(), Exercise: ex, Submission: sub, Seed: 1}, nil)
			require.NoError(t, err)
			rows = append(rows, fmt.Sprintf("%s\t%d\t%d\t%d\t%d\t", ex.Slug, len(out.Mutants), out.Killed, out.Equivalent, out.Survived))
			for _, m := range out.Mutants {
				assert.NotEqual(t, grader.Survived, m.Outcome, "no case notices %q\n%s", m.Key, m.Diff)
			}
			for _, s := range out.Stale {
				t.Errorf("%s:%d: %s; remove the entry %q", s.File, s.Line, s.Message, s.Key)
			}
		})
	}
	tabulate(t, rows, "")
}
