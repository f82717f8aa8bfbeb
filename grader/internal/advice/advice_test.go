package advice_test

import (
	"fmt"
	"go/importer"
	"go/types"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/advice"
)

// check returns the advice on one file.
func check(name, lang, text string) []grader.Diagnostic {
	return advice.Check(advice.Package{
		Path: "example.com/p", Lang: lang, Importer: importer.Default(),
		Files: []grader.File{{Name: name, Data: []byte(text)}},
	})
}

var (
	wanted  = regexp.MustCompile(`// advice: (.*)$`)
	version = regexp.MustCompile(`go1\.\d+`)
)

// TestCheck compares the advice on each file in testdata with the comments in
// it. The name of a file may end with a version of Go.
func TestCheck(t *testing.T) {
	names, err := filepath.Glob("testdata/*.go")
	require.NoError(t, err)
	require.NotEmpty(t, names)
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			data, err := os.ReadFile(name)
			require.NoError(t, err)
			lang := version.FindString(name)
			if lang == "" {
				lang = "go1.26"
			}
			got := check(filepath.Base(name), lang, string(data))
			number := 0
			for line := range strings.Lines(string(data)) {
				number++
				m := wanted.FindStringSubmatch(strings.TrimSpace(line))
				if m == nil {
					continue
				}
				if !assert.NotEmpty(t, got, "line %d", number) {
					return
				}
				assert.Equal(t, filepath.Base(name), got[0].File)
				assert.Equal(t, number, got[0].Line, got[0].Message)
				assert.Contains(t, got[0].Message, m[1])
				got = got[1:]
			}
			assert.Empty(t, got, "advice that is not called for")
		})
	}
}

func TestBounds(t *testing.T) {
	var mistakes strings.Builder
	for i := range 100 {
		fmt.Fprintf(&mistakes, "func f%d(mu *sync.Mutex) {\n\tmu.Lock()\n\tmu.Unlock()\n}\n", i)
	}
	mistake := "func f(mu *sync.Mutex) {\n\tmu.Lock()\n\tmu.Unlock()\n}\n"
	tests := []struct {
		name, give string
		want       int
		why        string
	}{
		{"many mistakes", mistakes.String(), 10, "the first ones say enough"},
		{"does not compile", mistake + "var x int = \"\"\n", 0, "the compiler has its say first"},
		{"does not parse", mistake + "func {\n", 0, "the same"},
		{"much text", mistake + "var x = []int{" + strings.Repeat("1, ", 20_000) + "}\n", 0, "nobody has written it"},
		{"less text", mistake + "var x = []int{" + strings.Repeat("1, ", 19_000) + "}\n", 1, "somebody may have"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			assert.Len(t, check("p.go", "go1.26", "package p\n\nimport \"sync\"\n\n"+tt.give), tt.want, tt.why)
		})
	}
}

func TestUnknownImport(t *testing.T) {
	got := advice.Check(advice.Package{Path: "p", Importer: none{}, Files: []grader.File{{Name: "p.go", Data: []byte("package p\nimport \"sync\"\n")}}})
	assert.Empty(t, got, "the importer does not know the package")
}

type none struct{}

func (none) Import(path string) (*types.Package, error) {
	return nil, fmt.Errorf("no package %s", path)
}
