package conformance_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"example.com/gokata/grader"
	"example.com/gokata/grader/conformance"
	"example.com/gokata/grader/internal/engine"
)

// TestBothWays grades programs that were compiled and linked by hand, and the
// same ones made by go build. The reports are the same to the byte.
func TestBothWays(t *testing.T) {
	cat, err := conformance.Open()
	require.NoError(t, err)
	ex, err := cat.Get("counter")
	require.NoError(t, err)
	list, err := conformance.Specimens(cat.Root(), ex)
	require.NoError(t, err)
	some := sample{most: 1}
	for _, s := range list {
		t.Run(s.Title(), func(t *testing.T) {
			some.skip(t, string(s.Kind)+string(s.Want))
			t.Parallel()
			direct, job := program(t, cat, ex, s)
			job.ByGo = true
			byGo, refusal, err := engine.Build(t.Context(), job)
			require.NoError(t, err)
			require.NotNil(t, byGo, refusal.Diagnostics)
			t.Cleanup(func() { byGo.Close() })
			run := func(p *engine.Program) grader.Report {
				rep, err := p.Run(t.Context(), job)
				require.NoError(t, err)
				require.Equal(t, grader.ModeScheduled, rep.Engine.Mode)
				return rep
			}
			sameReport(t, run(direct), run(byGo))
		})
	}
}
