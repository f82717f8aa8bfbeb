package phase_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader/internal/phase"
)

func TestLog(t *testing.T) {
	phase.Start(t.Context(), "unheard")()
	var log phase.Log
	ctx := log.With(t.Context())
	outer := phase.Start(ctx, "outer")
	phase.Start(ctx, "inner")()
	phase.Start(context.WithoutCancel(ctx), "inner")()
	outer()
	assert.Equal(t, []string{"inner", "outer"}, log.Names())
	require.Len(t, log.Times("inner"), 2)
	require.Len(t, log.Times("outer"), 1)
	assert.GreaterOrEqual(t, log.Times("outer")[0].Wall, log.Times("inner")[0].Wall+log.Times("inner")[1].Wall)
	assert.Empty(t, log.Times("unheard"))
}
