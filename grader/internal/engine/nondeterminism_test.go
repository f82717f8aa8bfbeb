package engine_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/engine"
)

// unsteady are programs that depend on more than their schedule.
var unsteady = []struct {
	name    string
	imports string
	body    string
	suspect string // what the message names; "" if nothing can be told from the program's text
}{
	{
		name: "filetime", imports: "os path/filepath", suspect: "files, their times and the environment (os)",
		body: `
			name := filepath.Join(os.TempDir(), "touched")
			if err := os.WriteFile(name, nil, 0o666); err != nil {
				t.Skip(err)
			}
			info, err := os.Stat(name)
			if err != nil {
				t.Skip(err)
			}
			if info.ModTime().UnixMicro()%7 < 3 {
				t.Error("a bad moment")
			}`,
	},
	{
		name: "pointer", imports: "fmt", suspect: "addresses of variables (%p)",
		body: `
			address := fmt.Sprintf("%p", new([64]byte))
			if digit := address[len(address)-3]; digit%2 == 0 {
				t.Error("a bad place")
			}`,
	},
	{
		name: "printed", imports: "fmt",
		body: `
			address := fmt.Sprint(make(chan [64]byte))
			if digit := address[len(address)-3]; digit%2 == 0 {
				t.Error("a bad place")
			}`,
	},
	{
		name: "environment", imports: "os strconv", suspect: "files, their times and the environment (os)",
		body: `
			n, _ := strconv.Atoi(os.Getenv("RUNS"))
			os.Setenv("RUNS", strconv.Itoa(n+1))
			if n%3 == 2 {
				t.Error("a bad number")
			}`,
	},
	{
		name: "file", imports: "os path/filepath", suspect: "files, their times and the environment (os)",
		body: `
			name := filepath.Join(os.TempDir(), "runs")
			data, _ := os.ReadFile(name)
			if err := os.WriteFile(name, append(data, 'x'), 0o666); err != nil {
				t.Skip(err)
			}
			if len(data)%5 == 4 {
				var c chan int
				<-c
			}`,
	},
	{
		name: "random", imports: "crypto/rand", suspect: "random numbers of crypto/rand",
		body: `
			var b [1]byte
			rand.Read(b[:])
			if b[0]%4 == 0 {
				panic("a bad throw")
			}`,
	},
}

// steady is a program that is wrong in every run, although it uses what could
// make it differ.
const steady = `
	name := filepath.Join(os.TempDir(), "touched")
	if err := os.WriteFile(name, []byte("x"), 0o666); err != nil {
		t.Skip(err)
	}
	data, _ := os.ReadFile(name)
	c := make(chan int, 1)
	go func() { c <- len(data) }()
	select {
	case <-c:
	default:
		t.Error("too early")
	}
	<-c`

// TestNondeterminism explores programs that do not do the same again under the
// same schedule: that is what is said about them, whatever the seed, and never
// that they fail.
func TestNondeterminism(t *testing.T) {
	dir := t.TempDir()
	put := func(name, text string) {
		require.NoError(t, os.MkdirAll(filepath.Join(dir, name), 0o777))
		require.NoError(t, os.WriteFile(filepath.Join(dir, name, "x_test.go"), []byte(text), 0o666))
	}
	require.NoError(t, os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module corpus\n\ngo 1.26\n"), 0o666))
	for _, p := range unsteady {
		put(p.name, source(p.imports, p.body, ""))
	}
	put("steady", source("os path/filepath", steady, ""))

	for seed := range uint64(3) {
		results := exploreAll(t, engine.Exploration{Root: root(t), Dir: dir, Pattern: "./...", Seed: seed + 1})
		for _, p := range unsteady {
			r := results[p.name]
			require.Len(t, r.Findings, 1, p.name)
			f := r.Findings[0]
			assert.Equal(t, grader.KindNondeterminism, f.Kind, "%s: %s", p.name, f.Message)
			assert.Empty(t, f.Schedule, "%s: there is no schedule to replay", p.name)
			if p.suspect != "" {
				assert.Contains(t, f.Message, "look first at what it does with "+p.suspect+";", p.name)
			} else {
				assert.NotContains(t, f.Message, "look first", p.name)
			}
		}
		require.Len(t, results["steady"].Findings, 1)
		assert.Equal(t, grader.KindFailed, results["steady"].Findings[0].Kind)
	}
}

// source is a file with one test.
func source(imports, body, rest string) string {
	var b strings.Builder
	b.WriteString("package x\n\n")
	for _, name := range append(strings.Fields(imports), "testing") {
		fmt.Fprintf(&b, "import %q\n", name)
	}
	fmt.Fprintf(&b, "\n%s\n\nfunc Test(t *testing.T) {%s\n}\n", rest, body)
	return b.String()
}
