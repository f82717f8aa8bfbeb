package counter_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"example.com/gokata/grader/suites/counter"
)

func TestSuite(t *testing.T) {
	require.NoError(t, counter.Suite.Check())
}
