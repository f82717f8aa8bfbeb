package build

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"os"
	"path/filepath"
)

// patches take chance out of the standard library of the programs made here.
// Each replaces a text that occurs once in a file below src.
var patches = []struct{ file, old, new string }{
	// With the race detector on, sync.Pool forgets a random quarter of what it
	// is given, and tells the detector that whoever gets the rest comes after
	// whoever gave it. Package fmt uses such pools. So two goroutines that do
	// nothing but format text would be ordered or not by chance, and a race
	// between them be reported or not. Here the pool forgets everything.
	{"sync/pool.go", "if runtime_randn(4) == 0 {", "if runtime_randn(4) >= 0 {"},
	// Maps are seeded, and iterations over them begin, at random. That decides
	// what a program does, and how many accesses it makes to memory; and the
	// detector remembers only the latest few of those. Here it is sched that
	// decides: one number for everything in a run, so that nothing depends on
	// what the standard library did before.
	{"runtime/rand.go", "//go:linkname rand\nfunc rand() uint64 {", `//go:linkname rand
func rand() uint64 { return kata_chance }

//go:linkname kata_chance
var kata_chance uint64 = 5

//go:linkname kata_stream
var kata_stream uint64

//go:linkname kata_random
func kata_random() uint64 {
	kata_stream += 0x9e3779b97f4a7c15
	z := kata_stream
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

//go:nosplit
//go:linkname kata_rand
func kata_rand() uint64 {`},
	{"runtime/rand.go", "mp.cheaprand = rand()", "mp.cheaprand = kata_rand()"},
	// The numbers of package math/rand are a stream that each run begins anew.
	{"math/rand/rand.go", "//go:linkname runtime_rand runtime.rand\n", "//go:linkname runtime_rand runtime.kata_random\n"},
	{"math/rand/v2/rand.go", "//go:linkname runtime_rand runtime.rand\n", "//go:linkname runtime_rand runtime.kata_random\n"},
	// Names of temporary files have to differ between processes.
	{"os/tempfile.go", "//go:linkname runtime_rand runtime.rand\n", "//go:linkname runtime_rand runtime.kata_rand\n"},
	{"net/dnsclient.go", "//go:linkname runtime_rand runtime.rand\n", "//go:linkname runtime_rand runtime.kata_rand\n"},
	// Hashes of strings have a key that is drawn when the process starts.
	{"runtime/alg.go", "hashkey[i] = uintptr(bootstrapRand())", "hashkey[i] = uintptr(i+1) * 0x9e3779b1"},
	{"runtime/alg.go", "key[i] = bootstrapRand()", "key[i] = uint64(i+1) * 0x9e3779b97f4a7c15"},
	// What is kept for the life of the process must not depend on the run in
	// which it was made.
	{"internal/sync/hashtriemap.go", "ht.seed = uintptr(runtime_rand())", "ht.seed = 1"},
	{"unique/canonmap.go", "cm.seed = uintptr(runtime_rand())", "cm.seed = 1"},
}

// baton is a further file of package runtime: package sched's way from one
// goroutine straight to another.
//
//go:embed baton.go.txt
var baton []byte

// Overlay writes a file that tells the go command to build programs with the
// standard library that submissions get, and returns its path. The file, and
// all that it names, is below dir.
func Overlay(ctx context.Context, dir string) (path string, err error) {
	tools, err := find(ctx)
	if err != nil {
		return "", err
	}
	path, _, err = overlay(tools.root, dir)
	return path, err
}

// overlay is Overlay for the Go below root. A patch for another version of Go
// than the one at hand is left out.
func overlay(root, dir string) (path string, applied int, err error) {
	texts := map[string][]byte{"runtime/kata_baton.go": baton}
	for _, p := range patches {
		text, ok := texts[p.file]
		if !ok {
			text, err = os.ReadFile(filepath.Join(root, "src", filepath.FromSlash(p.file)))
			if err != nil {
				return "", 0, err
			}
		}
		if bytes.Count(text, []byte(p.old)) == 1 {
			text = bytes.Replace(text, []byte(p.old), []byte(p.new), 1)
			applied++
		}
		texts[p.file] = text
	}
	replace := map[string]string{}
	for file, text := range texts {
		file = filepath.FromSlash(file)
		changed := filepath.Join(dir, file)
		if err := WriteFile(changed, text); err != nil {
			return "", 0, err
		}
		replace[filepath.Join(root, "src", file)] = changed
	}
	config, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", 0, err
	}
	path = filepath.Join(dir, "overlay.json")
	return path, applied, WriteFile(path, config)
}
