package build

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/phase"
)

// own gives the test a cache of its own.
func own(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	t.Setenv("GOCACHE", goCache(t))
}

// goCache returns the go command's cache, which does not move with
// XDG_CACHE_HOME then.
func goCache(t *testing.T) string {
	out, err := run(t.Context(), "", "go", "env", "GOCACHE")
	require.NoError(t, err)
	return string(bytes.TrimSpace(out))
}

func TestStore(t *testing.T) {
	s := store{t.TempDir()}
	file := filepath.Join(t.TempDir(), "x.a")
	require.NoError(t, os.WriteFile(file, []byte("content"), 0o666))
	f, err := s.add(file)
	require.NoError(t, err)
	assert.True(t, s.holds(f.Name))
	assert.True(t, s.untouched(f))

	again, err := s.add(file)
	require.NoError(t, err)
	assert.Equal(t, f, again)

	require.NoError(t, os.WriteFile(s.path(f.Name), []byte("CONTENT"), 0o666))
	assert.False(t, s.holds(f.Name))
	f, err = s.add(file)
	require.NoError(t, err)
	assert.True(t, s.holds(f.Name), "what is damaged is replaced")

	long := time.Now().Add(-2 * lately)
	require.NoError(t, os.Chtimes(s.path(f.Name), long, long))
	assert.False(t, s.untouched(f))
	require.NoError(t, s.sweep(map[string]bool{f.Name: true}))
	assert.True(t, s.holds(f.Name))
	require.NoError(t, s.sweep(nil))
	assert.False(t, s.holds(f.Name))
}

// The go command's own cache may be damaged, too.
func TestStoreTakesNothingDamaged(t *testing.T) {
	file := filepath.Join(t.TempDir(), hexSum([]byte("content"))+"-d")
	require.NoError(t, os.WriteFile(file, []byte("content"), 0o666))
	_, err := store{t.TempDir()}.add(file)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(file, []byte("c0ntent"), 0o666))
	_, err = store{t.TempDir()}.add(file)
	assert.ErrorAs(t, err, new(*damagedError))
}

func TestPrograms(t *testing.T) {
	p := programs{t.TempDir()}
	dir := t.TempDir()
	in, out := filepath.Join(dir, "in"), filepath.Join(dir, "out")
	require.NoError(t, os.WriteFile(in, []byte("program"), 0o666))
	a := p.key("kind", []grader.File{{Name: "a.go", Data: []byte("a")}})
	b := p.key("kind", []grader.File{{Name: "a.go", Data: []byte("b")}})
	assert.NotEqual(t, a, b)
	assert.NotEqual(t, a, p.key("other", []grader.File{{Name: "a.go", Data: []byte("a")}}))

	assert.False(t, p.get(a, out))
	for _, key := range []string{a, b} {
		from, err := os.Open(in)
		require.NoError(t, err)
		require.NoError(t, p.put(key, from))
		require.NoError(t, from.Close())
	}
	assert.True(t, p.get(a, out))
	data, err := os.ReadFile(out)
	require.NoError(t, err)
	assert.Equal(t, "program", string(data))

	// The one used last stays.
	long := time.Now().Add(-time.Hour)
	require.NoError(t, os.Chtimes(filepath.Join(p.dir, b), long, long))
	require.NoError(t, trim(p.dir, 15, 2*time.Hour))
	assert.FileExists(t, filepath.Join(p.dir, b), "still in use")
	require.NoError(t, trim(p.dir, 15, 0))
	assert.True(t, p.get(a, out))
	assert.False(t, p.get(b, out))

	require.NoError(t, os.WriteFile(filepath.Join(p.dir, a), bytes.Repeat([]byte("x"), 50), 0o666))
	assert.False(t, p.get(a, out), "damaged")
	assert.NoFileExists(t, filepath.Join(p.dir, a))
}

var empty = Parts{
	Submission: []grader.File{{Name: "pool.go", Data: []byte("package pool\n")}},
	Suite: []grader.File{{Name: "suite.go", Data: []byte(`package pool

import (
	_ "example.com/gokata/exercises/pool"
	"example.com/gokata/grader/suite"
)

var Suite = suite.Suite{}
`)}},
}

// What is prepared is enough without the go command's cache and a C compiler. A
// damaged object does not change a verdict, and costs no more than time.
func TestProgram(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles and links")
	}
	own(t)
	prepare(t)
	tools, err := find(t.Context())
	require.NoError(t, err)
	t.Run("no C compiler", func(t *testing.T) {
		t.Setenv("PATH", filepath.Dir(tools.goCmd))
		t.Setenv("GOCACHE", t.TempDir())
		env := prepare(t)
		_, _, err = env.Program(t.Context(), empty, t.TempDir())
		require.NoError(t, err)
		require.NoError(t, os.RemoveAll(env.programs.dir))
	})
	t.Run("kept", func(t *testing.T) {
		env := prepare(t)
		var log phase.Log
		made, keep, err := env.Program(log.With(t.Context()), empty, t.TempDir())
		require.NoError(t, err)
		want, err := os.ReadFile(made)
		require.NoError(t, err)
		require.NoError(t, keep())
		again, keep, err := env.Program(log.With(t.Context()), empty, t.TempDir())
		require.NoError(t, err)
		got, err := os.ReadFile(again)
		require.NoError(t, err)
		assert.True(t, bytes.Equal(want, got))
		assert.NoError(t, keep())
		assert.Len(t, log.Times("link"), 1)
		require.NoError(t, os.RemoveAll(env.programs.dir))
	})
	t.Run("repaired", func(t *testing.T) {
		env := prepare(t)
		object := env.exports[Module+"/grader/suite"]
		data, err := os.ReadFile(object)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(object, data[:len(data)/2], 0o666))
		_, _, err = env.Program(t.Context(), empty, t.TempDir())
		require.NoError(t, err)
		assert.False(t, env.damaged())
	})
}

func TestLimit(t *testing.T) {
	env := prepare(t)
	huge := []byte("package pool\n\nvar (\n")
	name := "a"
	huge = append(huge, "\ta = \"0123456789abcdef\"\n"...)
	for range 40 {
		huge = append(huge, "\t"+name+"a = "+name+" + "+name+"\n"...)
		name += "a"
	}
	huge = append(huge, ")\n"...)
	huge = bytes.Replace(huge, []byte("var ("), []byte("const ("), 1)
	_, err := env.Diagnose(t.Context(), []grader.File{{Name: "pool.go", Data: huge}}, t.TempDir())
	var limit *LimitError
	require.ErrorAs(t, err, &limit)
	assert.Equal(t, "compile", limit.Tool)
}
