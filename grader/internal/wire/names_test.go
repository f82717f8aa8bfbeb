package wire_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/wire"
)

// names are those of an exploration of /src/m/sub in the module m at /src/m.
var names = wire.Names{{Dir: "/src/m/sub/"}, {Dir: "/src/m/", Shown: "m/"}}

func TestCut(t *testing.T) {
	tests := []struct {
		names      wire.Names
		give, want string
		why        string
	}{
		{nil, "/submission/pool.go", "pool.go", "a submission has no place on disk"},
		{nil, "/src/m/x.go", "", "and nothing else is the user's"},
		{names, "/src/m/sub/x.go", "x.go", ""},
		{names, "/src/m/sub/deep/x.go", "deep/x.go", ""},
		{names, "/src/m/x.go", "m/x.go", "a file outside of what is explored"},
		{names, "/src/m/other/x.go", "m/other/x.go", ""},
		{names, "/src/m2/x.go", "", ""},
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
		{names, "at /src/m/sub/x.go:3, /src/m/sub/y.go:4", "at x.go:3, y.go:4", ""},
		{names, "/src/m/sub/x.go:3\n\t/src/m/y.go:4", "x.go:3\n\tm/y.go:4", ""},
		{names, "in /src/m/sub: no file", "in .: no file", "the root itself"},
		{names, "in /src/m/sub", "in .", ""},
		{names, "It is in /src/m/sub. It is.", "It is in .. It is.", "the end of a sentence"},
		{names, "in /src/m", "in m", ""},
		{names, "file:///src/m/sub/x.go", "file://x.go", ""},
		{names, "/src/m/sub2/x.go", "m/sub2/x.go", "another directory, whose name begins like the root's"},
		{names, "/src/m/sub.old/x.go", "m/sub.old/x.go", ""},
		{names, "/tmp/src/m/sub/x.go", "/tmp/src/m/sub/x.go", "a longer path"},
		{names, `"\t/src/m/sub/x.go\n"`, `"\tx.go\n"`, "a text that was quoted"},
		{wire.Names{{Dir: "/"}}, "a / b", "a / b", "a slash is no place"},
	}
	for _, tt := range tests {
		assert.Equal(t, tt.want, tt.names.CutText(tt.give), "%q %s", tt.give, tt.why)
	}
}

func TestPlace(t *testing.T) {
	tests := []struct {
		text, file string
		line       int
		ok         bool
	}{
		{"/submission/pool.go:12 +0x1f4", "/submission/pool.go", 12, true},
		{"/submission/pool.go:12", "/submission/pool.go", 12, true},
		{"C:/a b/pool.go:7 +0x0", "C:/a b/pool.go", 7, true},
		{"/a +0x1/pool.go:7 +0x2", "/a +0x1/pool.go", 7, true},
		{"main.main()", "", 0, false},
		{"goroutine 7 [running]:", "goroutine 7 [running]", 0, false},
		{":12", "", 0, false},
		{"", "", 0, false},
	}
	for _, tt := range tests {
		file, line, ok := wire.Place(tt.text)
		assert.Equal(t, tt.ok, ok, tt.text)
		assert.Equal(t, tt.line, line, tt.text)
		assert.Equal(t, tt.file, file, tt.text)
	}
}

func TestFrames(t *testing.T) {
	const stacks = "goroutine 1 [running]:\nmain.f()\n\t/submission/a.go:3 +0x1d\nfmt.g()\n\t/usr/lib/go/fmt.go:9 +0x1d fp=0xc0 sp=0xc1 pc=0x1\n" +
		"created by main.main in goroutine 1\n\t/submission/sub/b.go:14\n"
	var got []grader.Place
	for place := range wire.Names(nil).Frames(stacks) {
		got = append(got, place)
	}
	assert.Equal(t, []grader.Place{{File: "a.go", Line: 3}, {File: "sub/b.go", Line: 14}}, got)
}
