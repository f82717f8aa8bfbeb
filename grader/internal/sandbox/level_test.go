package sandbox_test

import (
	"testing"

	"example.com/gokata/grader/internal/sandbox"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestParse(t *testing.T) {
	tests := []struct {
		give string
		want sandbox.Confinement
		text string
	}{
		{"auto", sandbox.Auto, "auto"},
		{"none", sandbox.L0, sandbox.Level},
		{"L1", sandbox.L1, "L1"},
		{"l2", sandbox.L2, "L2"},
		{"L3", sandbox.L3, "L3"},
	}
	for _, tt := range tests {
		got, err := sandbox.Parse(tt.give)
		require.NoError(t, err)
		assert.Equal(t, tt.want, got, tt.give)
		assert.Equal(t, tt.text, got.String())
	}
	_, err := sandbox.Parse("L4")
	assert.EqualError(t, err, `sandbox: unknown level "L4"; use auto, none, L1, L2 or L3`)
}

// TestChoose compares auto with what is possible when asked for by name.
func TestChoose(t *testing.T) {
	got, err := sandbox.Choose(sandbox.L0)
	require.NoError(t, err)
	assert.Equal(t, sandbox.L0, got)

	best := sandbox.L0
	for c := sandbox.L1; c <= sandbox.L3; c++ {
		got, err := sandbox.Choose(c)
		if err != nil {
			assert.Equal(t, sandbox.L0, got)
			assert.ErrorContains(t, err, "level "+c.String()+" is not possible here: ")
			continue
		}
		assert.Equal(t, c, got)
		best = c
	}
	got, err = sandbox.Choose(sandbox.Auto)
	require.NoError(t, err)
	assert.Equal(t, best, got)

	_, err = sandbox.Choose(sandbox.L3 + 1)
	assert.EqualError(t, err, "sandbox: there is no level 4")
}
