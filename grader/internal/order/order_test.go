package order_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader/internal/order"
)

func TestLines(t *testing.T) {
	tests := [][]string{
		{"exit", "3"},
		{"print", "two\nlines and \"quotes\""},
		{"done"},
		{"done", "", "", "x"},
		{"done", "你好", "\x00\xff"},
	}
	for _, words := range tests {
		line := order.Line(words...)
		assert.Equal(t, byte('\n'), line[len(line)-1])
		assert.NotContains(t, line[:len(line)-1], "\n", "a line")
		got, err := order.Words(line)
		require.NoError(t, err)
		assert.Equal(t, words, got)
	}
	for _, line := range []string{"exit 3\n", `"exit`, "\"exit\" 3\n"} {
		_, err := order.Words(line)
		assert.ErrorContains(t, err, "is not a list of quoted words")
	}
}
