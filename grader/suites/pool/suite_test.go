package pool_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"example.com/gokata/grader/suites/pool"
)

func TestSuite(t *testing.T) {
	require.NoError(t, pool.Suite.Check())
}
