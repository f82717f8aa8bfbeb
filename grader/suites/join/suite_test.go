package join_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"example.com/gokata/grader/suites/join"
)

func TestSuite(t *testing.T) {
	assert.NoError(t, join.Suite.Check())
}
