package mutate_test

import (
	"flag"
	"fmt"
	"go/importer"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/mutate"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// std is shared, because it keeps what it has imported.
var std = importer.Default()

// TestOperators makes the mutants of one operator from a small program:
// testdata/<operator>.txtar holds the program and what becomes of it.
func TestOperators(t *testing.T) {
	for _, op := range mutate.Operators {
		t.Run(op.Name, func(t *testing.T) {
			path := filepath.Join("testdata", op.Name+".txtar")
			archive, err := txtar.ParseFile(path)
			require.NoError(t, err)
			require.Len(t, archive.Files, 2)
			mutants, _, err := mutate.Mutants(give(string(archive.Files[0].Data)))
			require.NoError(t, err)
			var got strings.Builder
			for _, m := range mutants {
				if m.Operator == op.Name {
					fmt.Fprintf(&got, "%s\n%s\n%s\n", m.ID(), m.Key(), m.Diff())
				}
			}
			assert.NotEmpty(t, got.String(), "the operator finds nothing")
			if *update {
				archive.Files[1] = txtar.File{Name: "want", Data: []byte(got.String())}
				require.NoError(t, os.WriteFile(path, txtar.Format(archive), 0o666))
				return
			}
			assert.Equal(t, string(archive.Files[1].Data), got.String())
		})
	}
	files, err := filepath.Glob("testdata/*.txtar")
	require.NoError(t, err)
	assert.Len(t, files, len(mutate.Operators), "one file for each operator, and no others")
}

func give(text string) mutate.Package {
	return mutate.Package{Path: "p", Files: []grader.File{{Name: "p.go", Data: []byte(text)}}, Importer: std}
}

const two = `package p

import "sync"

var mu sync.Mutex

func get(m map[string]int) int {
	mu.Lock()
	defer mu.Unlock()
	n := m["a"]
	return n
}
`

func TestMutants(t *testing.T) {
	mutants, invalid, err := mutate.Mutants(give(two))
	require.NoError(t, err)
	var keys []string
	for _, m := range mutants {
		keys = append(keys, m.Key())
		require.Len(t, m.Files, 1)
		assert.NotEqual(t, two, string(m.Files[0].Data), "%s changes nothing", m.ID())
	}
	assert.Equal(t, []string{
		"drop-lock get: mu.Lock()",
		"drop-critical-section get: mu.Lock()",
		"shrink-critical-section get: mu.Lock()",
		"drop-unlock get: defer mu.Unlock()",
		"undefer get: defer mu.Unlock()",
		"split-critical-section get: n := m[\"a\"]",
		"zero-result get: return n",
	}, keys)
	assert.Zero(t, invalid)
}

// TestUnused makes mutants that have no more use for an import or a variable.
// They compile all the same, and the difference shows the mistake alone.
func TestUnused(t *testing.T) {
	const text = `package p

import "errors"

func f(ok bool) error {
	text := "broken"
	if ok {
		return nil
	}
	return errors.New(text)
}
`
	mutants, invalid, err := mutate.Mutants(give(text))
	require.NoError(t, err)
	assert.Zero(t, invalid)
	last := mutants[len(mutants)-1]
	assert.Equal(t, "nil-error f: return errors.New(text)", last.Key())
	assert.NotContains(t, last.Diff(), "import")
	assert.Contains(t, string(last.Files[0].Data), `import _ "errors"`)
	assert.Contains(t, string(last.Files[0].Data), `text := "broken"; _ = text`)
}

// TestInvalid leaves out what is no program.
func TestInvalid(t *testing.T) {
	mutants, invalid, err := mutate.Mutants(give("package p\n\nfunc f() int { panic(1) }\n"))
	require.NoError(t, err)
	assert.Empty(t, mutants)
	assert.Equal(t, 1, invalid, "without panic, f lacks a return")
}

// TestKeysOutliveEdits adds lines elsewhere: places change, keys do not.
func TestKeysOutliveEdits(t *testing.T) {
	before, _, err := mutate.Mutants(give(two))
	require.NoError(t, err)
	after, _, err := mutate.Mutants(give(strings.Replace(two, "var mu", "// guards\n// maps\nfunc lock() { mu.Lock() }\n\nvar mu", 1)))
	require.NoError(t, err)
	byKey := map[string]mutate.Mutant{}
	for _, m := range after {
		byKey[m.Key()] = m
	}
	for _, m := range before {
		assert.Equal(t, m.Line+4, byKey[m.Key()].Line, m.Key())
	}
}

func TestNotGo(t *testing.T) {
	for name, text := range map[string]string{
		"syntax": "package p\n\nfunc f( {}\n",
		"types":  "package p\n\nvar n int = \"text\"\n",
	} {
		_, _, err := mutate.Mutants(give(text))
		assert.ErrorContains(t, err, "the code to be mutated does not compile: p.go:3", name)
	}
}

func TestParseEquivalents(t *testing.T) {
	list, err := mutate.ParseEquivalents("equivalent.txt", []byte(`# a comment

drop-lock get: mu.Lock()
	The first reason,
	on two lines.
drop-unlock get #2: defer mu.Unlock()
	The second reason.
`))
	require.NoError(t, err)
	assert.Equal(t, []mutate.Equivalent{
		{Key: "drop-lock get: mu.Lock()", Reason: "The first reason, on two lines.", Line: 3},
		{Key: "drop-unlock get #2: defer mu.Unlock()", Reason: "The second reason.", Line: 6},
	}, list)
	for give, want := range map[string]string{
		"\treason\n":             "equivalent.txt:1: a reason without a mutant",
		"key\nother\n\treason\n": `equivalent.txt:1: "key" has no reason`,
		"k\n\tr\n\nk\n\tr\n":     `equivalent.txt:4: "k" stands here twice`,
	} {
		_, err := mutate.ParseEquivalents("equivalent.txt", []byte(give))
		assert.ErrorContains(t, err, want)
	}
}
