package wire_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"example.com/gokata/grader/internal/wire"
)

// names are those of an exploration of /work/m/sub in the module m at /work/m.
var names = wire.Names{{Dir: "/work/m/sub/"}, {Dir: "/work/m/", Shown: "m/"}}

func TestCut(t *testing.T) {
	tests := []struct {
		names      wire.Names
		give, want string
		why        string
	}{
		{nil, "/submission/pool.go", "pool.go", "a submission has no place on disk"},
		{nil, "/work/m/x.go", "", "and nothing else is the user's"},
		{names, "/work/m/sub/x.go", "x.go", ""},
		{names, "/work/m/sub/deep/x.go", "deep/x.go", ""},
		{names, "/work/m/x.go", "m/x.go", "a file outside of what is explored"},
		{names, "/work/m/other/x.go", "m/other/x.go", ""},
		{names, "/work/m2/x.go", "", ""},
		{names, "/submission/pool.go", "", ""},
		{names, "runtime/panic.go", "", ""},
	}
	for _, tt := range tests {
		got, ok := tt.names.Cut(tt.give)
		assert.Equal(t, tt.want, got, "%s %s", tt.give, tt.why)
		assert.Equal(t, tt.want != "", ok, tt.give)
	}
}

func TestCutText(t *testing.T) {
	tests := []struct {
		names      wire.Names
		give, want string
		why        string
	}{
		{nil, "at /submission/pool.go:3", "at /submission/pool.go:3", "the words of a submission stay as they are"},
		{names, "at /work/m/sub/x.go:3, /work/m/sub/y.go:4", "at x.go:3, y.go:4", ""},
		{names, "/work/m/sub/x.go:3\n\t/work/m/y.go:4", "x.go:3\n\tm/y.go:4", ""},
		{names, "in /work/m/sub: no file", "in .: no file", "the root itself"},
		{names, "in /work/m/sub", "in .", ""},
		{names, "It is in /work/m/sub. It is.", "It is in .. It is.", "the end of a sentence"},
		{names, "in /work/m", "in m", ""},
		{names, "file:///work/m/sub/x.go", "file://x.go", ""},
		{names, "/work/m/sub2/x.go", "m/sub2/x.go", "another directory, whose name begins like the root's"},
		{names, "/work/m/sub.old/x.go", "m/sub.old/x.go", ""},
		{names, "/tmp/work/m/sub/x.go", "/tmp/work/m/sub/x.go", "a longer path"},
		{names, `"\t/work/m/sub/x.go\n"`, `"\tx.go\n"`, "a text that was quoted"},
		{wire.Names{{Dir: "/"}}, "a / b", "a / b", "a slash is no place"},
	}
	for _, tt := range tests {
		assert.Equal(t, tt.want, tt.names.CutText(tt.give), "%q %s", tt.give, tt.why)
	}
}
