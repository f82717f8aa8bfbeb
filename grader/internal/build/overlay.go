package build

import (
	"bytes"
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
	// detector remembers only the latest few of those.
	{"runtime/rand.go", "func maps_rand() uint64 {\n\treturn rand()\n}", "func maps_rand() uint64 {\n\treturn 5\n}"},
}

// overlay writes the file that tells the go command about the patches, and
// returns its path. A patch for another version of Go than the one at hand is
// left out.
func (e *Environment) overlay() (path string, applied int, err error) {
	replace := map[string]string{}
	for _, p := range patches {
		original := filepath.Join(e.tools.root, "src", filepath.FromSlash(p.file))
		text, err := os.ReadFile(original)
		if err != nil {
			return "", 0, err
		}
		if bytes.Count(text, []byte(p.old)) != 1 {
			continue
		}
		changed := filepath.Join(e.cache, filepath.FromSlash(p.file))
		if err := WriteFile(changed, bytes.Replace(text, []byte(p.old), []byte(p.new), 1)); err != nil {
			return "", 0, err
		}
		replace[original] = changed
	}
	config, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", 0, err
	}
	path = filepath.Join(e.cache, "overlay.json")
	return path, len(replace), WriteFile(path, config)
}
