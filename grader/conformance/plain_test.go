package conformance_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader"
	"example.com/gokata/grader/conformance"
	"example.com/gokata/grader/internal/catalog"
	"example.com/gokata/grader/internal/engine"
)

// TestPlain runs the faults that declare to pass an ordinary run, and all that
// is correct, on the ordinary runtime. Without at least two such faults an
// exercise would not need this grader.
func TestPlain(t *testing.T) {
	passing := map[string]int{}
	all := []conformance.Kind{conformance.Reference, conformance.Correct, conformance.Faulty}
	each(t, all, func(t *testing.T, cat *catalog.Catalog, ex grader.Exercise, s conformance.Specimen) {
		if ex.Track == grader.TrackProcesses && !*full {
			t.Skip("real cases are run once in any mode; a flag asks for more")
		}
		if s.Kind == conformance.Faulty {
			if !s.Plain {
				t.Skip("is not said to pass")
			}
			passing[ex.Slug]++
		}
		t.Parallel()
		sub, err := catalog.ReadSubmission(s.Dir, ex.Slug)
		require.NoError(t, err)
		job := engine.Job{Root: cat.Root(), Exercise: ex, Submission: sub, Plain: true}
		p, _, err := engine.Build(t.Context(), job)
		require.NoError(t, err)
		defer p.Close()
		// An ordinary run goes one way or another; once in a few has to pass.
		const tries = 5
		for range tries {
			rep, err := p.Run(t.Context(), job)
			require.NoError(t, err)
			if *rep.Score == grader.MaxScore {
				return
			}
		}
		t.Errorf("none of %d ordinary runs passed", tries)
	})
	for slug, n := range passing {
		assert.GreaterOrEqual(t, n, 2, "faults of %s that an ordinary run does not notice", slug)
	}
}
