package conformance_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader"
	"example.com/gokata/grader/conformance"
	"example.com/gokata/grader/internal/sandbox"
)

// TestLevels grades a correct solution and a faulty one at several levels of
// confinement. But for the level's own line, the reports are the same.
func TestLevels(t *testing.T) {
	cat, err := conformance.Open()
	require.NoError(t, err)
	ex, err := cat.Get("pool")
	require.NoError(t, err)
	for _, s := range []conformance.Specimen{
		{Kind: conformance.Reference, Dir: filepath.Join(cat.Root(), "solutions", "pool")},
		// It races: its report needs the log of the race detector.
		{Kind: conformance.Faulty, Name: "unlocked_flag", Dir: filepath.Join(cat.Root(), "grader", "suites", "pool", "testdata", "faulty", "unlocked_flag")},
	} {
		t.Run(s.Title(), func(t *testing.T) {
			p, job := program(t, cat, ex, s)
			// grade returns the report, without the level, and the level.
			grade := func(t *testing.T, level string) (grader.Report, string) {
				job.Sandbox, job.Output = level, true
				rep, err := p.Run(t.Context(), job)
				require.NoError(t, err)
				level, rep.Engine.Sandbox = rep.Engine.Sandbox, ""
				return rep, level
			}
			free, level := grade(t, "none")
			assert.Equal(t, "L0 (trusted code only)", level)
			for c := sandbox.L1; c <= sandbox.L3; c++ {
				t.Run(c.String(), func(t *testing.T) {
					if _, err := sandbox.Choose(c); err != nil {
						t.Skip(err)
					}
					confined, level := grade(t, c.String())
					assert.Equal(t, c.String(), level)
					sameReport(t, free, confined)
				})
			}
		})
	}
}
