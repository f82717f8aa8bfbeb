package engine_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader/internal/engine"
	"example.com/gokata/grader/internal/report"
)

// placed is a module whose tests look at where they lie, and fail in all the
// ways that name files.
var placed = map[string]string{
	"go.mod": "module m\n\ngo 1.26\n",
	"m.go": `package m

import "runtime"

// File is where this file lies.
func File() string {
	_, file, _, _ := runtime.Caller(0)
	return file
}

// Fall panics.
func Fall() { panic("in " + File()) }
`,
	"sub/sub_test.go": `package sub

import (
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"

	"m"
)

func TestWhere(t *testing.T) {
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	_, file, _, _ := runtime.Caller(0)
	if want := filepath.Join(dir, "sub_test.go"); file != want {
		t.Errorf("this file is %s, want %s", file, want)
	}
	if want := filepath.Join(filepath.Dir(dir), "m.go"); m.File() != want {
		t.Errorf("the other file is %s, want %s", m.File(), want)
	}
}

func TestSays(t *testing.T) {
	dir, _ := os.Getwd()
	_, err := os.Open(filepath.Join(dir, "none"))
	for range 80 { // more than is kept
		t.Log("in", dir, strings.Repeat("/", 1000))
	}
	t.Fatalf("%v, %s", err, m.File())
}

func TestPanics(t *testing.T) { m.Fall() }

func TestRaces(t *testing.T) {
	n := 0
	c := make(chan bool)
	go func() { n++; c <- true }()
	n++
	<-c
}

func TestDies(t *testing.T) {
	println("in", m.File())
	debug.SetMaxStack(1 << 20)
	var deep func(int) int
	deep = func(n int) int { return deep(n+1) + 1 }
	deep(0)
}
`,
}

// TestPlaces explores one folder copied to several places, one of them behind
// a symbolic link: the tests see where their files really lie, as under go
// test, and the report is the same to the byte.
func TestPlaces(t *testing.T) {
	if testing.Short() {
		t.Skip("explores the same module several times")
	}
	first := ""
	for _, name := range []string{"a", "somewhere else/and deeper", "linked"} {
		dir := filepath.Join(t.TempDir(), name)
		if name == "linked" {
			require.NoError(t, os.Symlink(t.TempDir(), dir))
		}
		for file, text := range placed {
			write(t, filepath.Join(dir, file), text)
		}
		e, err := engine.Explore(t.Context(), engine.Exploration{
			Root: root(t), Dir: filepath.Join(dir, "sub"), Pattern: ".", Seed: 1, Schedules: 20, Output: true,
		})
		require.NoError(t, err)
		require.Empty(t, e.Diagnostics)
		shown := map[string]string{}
		for _, test := range e.Tests {
			for _, f := range test.Findings {
				shown[test.Name] = string(f.Kind) + " in " + f.At[0].File
			}
		}
		assert.Equal(t, map[string]string{
			"TestDies": "panic in sub_test.go", "TestPanics": "panic in m/m.go",
			"TestRaces": "race in sub_test.go", "TestSays": "failed in sub_test.go",
		}, shown, "and TestWhere passes")
		assert.Contains(t, e.Output, "in m/m.go\n")
		assert.Contains(t, e.Output, "\tsub_test.go:")
		assert.NotContains(t, e.Output, dir)
		e.Output, e.DurationMS = "", 0 // a crash is full of addresses
		var b bytes.Buffer
		require.NoError(t, report.ExplorationJSON(&b, e))
		require.NoError(t, report.ExplorationTrace(&b, e))
		require.NoError(t, report.ExplorationText(&b, e, report.TextOptions{}))
		if first == "" {
			first = b.String()
		}
		assert.Equal(t, first, b.String(), "in %s", name)
	}
}
