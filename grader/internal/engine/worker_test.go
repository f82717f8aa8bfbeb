package engine

import (
	"bufio"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

func TestRead(t *testing.T) {
	tests := []struct {
		line string
		key  string
		want bool
	}{
		{`{"type":"hello"}`, "", true},
		{`{"type":"done","key":"secret","result":{"name":"case"}}`, "secret", true},
		{`{"type":"done","result":{"name":"case"}}`, "secret", false},
		{`{"type":"done","key":"guess","result":{"name":"case"}}`, "secret", false},
		{`{"type":"hello","key":"secret"}`, "", false},
		{`done`, "secret", false},
		{``, "secret", false},
	}
	for _, test := range tests {
		w := &worker{out: bufio.NewReader(strings.NewReader(test.line + "\n")), limit: time.Hour}
		_, ok := w.read(test.key)
		assert.Equal(t, test.want, ok, "%s", test.line)
	}
	w := &worker{out: bufio.NewReader(strings.NewReader(`{"type":"hello"}`)), limit: time.Hour}
	_, ok := w.read("")
	assert.False(t, ok, "a line without an end")
}
