package build

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/phase"
)

// A compiled suite serves all submissions that look the same from outside, and
// no others: those would not link, or go wrong.
func TestSuiteServesTwice(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles and links")
	}
	env := prepare(t)
	env.programs.dir = t.TempDir()
	const submission = `package pool

type Pool struct { %s }

// New is not inlined, as it recovers.
func New() *Pool {
	defer func() { recover() }()
	for i := range 10 {
		%s
	}
	return &Pool{}
}
`
	tests := []struct {
		name          string
		fields, inner string
		compiled      int // suites, so far
	}{
		{"the first", "n int", "println(i)", 1},
		{"another body", "n int", `println("no", i)`, 1},
		{"another layout", "n, m int", "println(i)", 2},
		{"its body", "n, m int", "panic(i)", 2},
		{"the first again, with another body", "n int", "panic(i)", 2},
	}
	var log phase.Log
	for _, tt := range tests {
		parts := empty
		parts.Submission = []grader.File{{Name: "pool.go", Data: fmt.Appendf(nil, submission, tt.fields, tt.inner)}}
		parts.Suite = []grader.File{{Name: "suite.go", Data: []byte(`package pool

import (
	"example.com/gokata/exercises/pool"
	"example.com/gokata/grader/suite"
)

var Suite = suite.Suite{}

var size = *pool.New()
`)}}
		_, _, err := env.Program(log.With(t.Context()), parts, t.TempDir())
		require.NoError(t, err, tt.name)
		assert.Len(t, log.Times("compile "+env.SuitePath()), tt.compiled, tt.name)
	}
	assert.Len(t, log.Times("compile "+env.ExercisePath()), len(tests))
}

// Another form of archive means that a suite serves fewer submissions.
func TestExported(t *testing.T) {
	for _, data := range []string{"", "!<arch>\n", "!<arch>\n" + fmt.Sprintf("%-48s%-10s`\n", "_go_.o", "0"), "!<arch>\n" + fmt.Sprintf("%-48s%-10d`\n", "__.PKGDEF", 100) + "short"} {
		file := t.TempDir() + "/x.a"
		require.NoError(t, WriteFile(file, []byte(data)))
		seen, err := exported(file)
		require.NoError(t, err)
		assert.Equal(t, data, string(seen))
	}
	file := t.TempDir() + "/x.a"
	require.NoError(t, WriteFile(file, fmt.Appendf(nil, "!<arch>\n%-48s%-10d`\nseen%-48s%-10d`\nrest", "__.PKGDEF", 4, "_go_.o", 4)))
	seen, err := exported(file)
	require.NoError(t, err)
	assert.Equal(t, "seen", string(seen))
}
