package instrument_test

import (
	"bytes"
	"errors"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/instrument"
)

// FuzzPackage holds Package to its promise: whatever compiles is rewritten to
// something that compiles, and names stay on their lines.
func FuzzPackage(f *testing.F) {
	paths, err := filepath.Glob("testdata/golden/*.txtar")
	require.NoError(f, err)
	for _, path := range paths {
		_, cfg := readGolden(f, path)
		for _, file := range cfg.Files {
			f.Add(file.Data, cfg.Lang, cfg.Fresh, cfg.Tests)
			// Single functions are easier to mutate than whole files.
			for _, part := range bytes.Split(file.Data, []byte("\nfunc ")) {
				f.Add(append([]byte("package x\nfunc "), part...), cfg.Lang, cfg.Fresh, cfg.Tests)
			}
		}
	}
	f.Fuzz(func(t *testing.T, data []byte, lang string, fresh, tests bool) {
		if bytes.Contains(data, []byte("//line ")) || bytes.Contains(data, []byte("/*line ")) || bytes.Contains(data, []byte("\uFEFF")) {
			t.Skip("positions of its own")
		}
		cfg := instrument.Config{
			Path:     "x",
			Files:    []grader.File{{Name: "x.go", Data: data}},
			Importer: packages,
			Prefix:   "/submission/",
			Lang:     lang,
			Fresh:    fresh,
			Tests:    tests,
		}
		got, err := instrument.Package(cfg)
		if err != nil {
			var e *instrument.Error
			if !errors.As(err, &e) || len(e.Diagnostics) == 0 {
				t.Fatalf("%#v", err)
			}
			t.Skip("does not compile")
		}
		samePlaces(t, cfg, got)
		oldest(t, cfg)
	})
}
