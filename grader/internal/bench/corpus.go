package main

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"text/tabwriter"

	"example.com/gokata/grader"
)

// corpusSchedules is how many schedules a wrong program gets to show itself.
const corpusSchedules = 1000

var langLine = regexp.MustCompile(`(?m)^// lang: go(\S+)$`)

// corpus counts the schedules that it takes to find out the wrong programs of
// the engine's corpus.
func (b *bench) corpus(w *tabwriter.Writer) error {
	modules, err := b.corpusModules()
	if err != nil {
		return err
	}
	var needed []float64
	programs, most := 0, ""
	for _, lang := range slices.Sorted(maps.Keys(modules)) {
		_, e, err := b.exploreAll(modules[lang]+"/...", "--clock", "adversarial", "--schedules", fmt.Sprint(corpusSchedules))
		if err != nil {
			return err
		}
		for _, t := range e.Tests {
			programs++
			if t.Status != grader.Failed {
				continue
			}
			needed = append(needed, float64(t.Schedules))
			if float64(t.Schedules) == slices.Max(needed) {
				most = strings.TrimPrefix(t.Package, "corpus/")
			}
		}
	}
	if len(needed) == 0 {
		return fmt.Errorf("nothing was found in the %d programs of the corpus", programs)
	}
	fmt.Fprintln(w, "\t\t\nthe corpus of wrong programs\t\t")
	fmt.Fprintf(w, "programs, and found out\t%d\t%d\t\n", programs, len(needed))
	fmt.Fprintf(w, "schedules to the finding, median\t%.0f\t\t\n", median(needed))
	fmt.Fprintf(w, "most (%s)\t%.0f\t\t\n", most, slices.Max(needed))
	return nil
}

// corpusModules copies the wrong programs into modules, one for each language
// version, and returns their directories by version.
func (b *bench) corpusModules() (map[string]string, error) {
	base := filepath.Join(b.root, "grader", "internal", "engine", "testdata", "corpus")
	names, err := filepath.Glob(filepath.Join(base, "*", "wrong", "x_test.go"))
	if err != nil {
		return nil, err
	}
	dirs := map[string]string{}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		lang := "1.26"
		if m := langLine.FindSubmatch(text); m != nil {
			lang = string(m[1])
		}
		if dirs[lang] == "" {
			dirs[lang] = filepath.Join(b.tmp, "corpus-"+lang)
			if err := os.Mkdir(dirs[lang], 0o777); err != nil {
				return nil, err
			}
			if err := os.WriteFile(filepath.Join(dirs[lang], "go.mod"), []byte("module corpus\n\ngo "+lang+"\n"), 0o666); err != nil {
				return nil, err
			}
		}
		dir := filepath.Join(dirs[lang], filepath.Base(filepath.Dir(filepath.Dir(name))))
		if err := os.Mkdir(dir, 0o777); err != nil {
			return nil, err
		}
		if err := os.WriteFile(filepath.Join(dir, "x_test.go"), text, 0o666); err != nil {
			return nil, err
		}
	}
	return dirs, nil
}
