package build

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
)

// With the race detector on, the standard library's sync.Pool forgets a random
// quarter of what it is given, and tells the detector that whoever gets the
// rest comes after whoever gave it. Package fmt uses such pools. So two
// goroutines that do nothing but format text would be ordered or not by
// chance, and a race between them be reported or not.
//
// In the programs made here the pool forgets everything instead: no chance,
// and no order that the program did not ask for.
var (
	forgetsByChance = []byte("if runtime_randn(4) == 0 {")
	forgetsAlways   = []byte("if runtime_randn(4) >= 0 {")
)

// overlay writes the file that tells the go command about the other pool, and
// returns its path; "" if this version of Go has another pool than we know.
func (e *Environment) overlay() (string, error) {
	original := filepath.Join(e.tools.root, "src", "sync", "pool.go")
	text, err := os.ReadFile(original)
	if err != nil || bytes.Count(text, forgetsByChance) != 1 {
		return "", err
	}
	changed := filepath.Join(e.cache, "pool.go")
	if err := WriteFile(changed, bytes.Replace(text, forgetsByChance, forgetsAlways, 1)); err != nil {
		return "", err
	}
	config, err := json.Marshal(map[string]any{"Replace": map[string]string{original: changed}})
	if err != nil {
		return "", err
	}
	path := filepath.Join(e.cache, "overlay.json")
	return path, WriteFile(path, config)
}
