package catalog

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"example.com/gokata/grader"
)

const manifestFile = "exercise.yaml"

// given is how the import paths of packages begin that are given to learners.
const given = Module + "/exercises/given/"

// languages are the ones in which every exercise is told.
var languages = []string{"en", "zh"}

// manifest is the text of exercise.yaml.
type manifest struct {
	Title      map[string]string     `yaml:"title"`
	Track      string                `yaml:"track"`
	Difficulty int                   `yaml:"difficulty"`
	Source     string                `yaml:"source"`
	Imports    []string              `yaml:"imports"`
	Symbols    []string              `yaml:"symbols"`
	Budget     int                   `yaml:"budget"`
	Points     map[grader.Aspect]int `yaml:"points"`
}

// readManifest reads and checks the manifest at path; name is what messages
// call it. Every problem is reported, one a line.
func readManifest(path, name string) (manifest, error) {
	var m manifest
	data, err := os.ReadFile(path)
	if err != nil {
		return m, fmt.Errorf("%s: %w", name, err)
	}
	if err := yaml.UnmarshalWithOptions(data, &m, yaml.Strict()); err != nil {
		return m, decodeError(name, err)
	}
	var all []error
	for _, problem := range m.problems() {
		all = append(all, fmt.Errorf("%s: %s", name, problem))
	}
	return m, errors.Join(all...)
}

// decodeError turns what the YAML library says, which comes with an excerpt
// over several lines, into one line with the place at its head.
func decodeError(name string, err error) error {
	var at yaml.Error
	if !errors.As(err, &at) {
		return fmt.Errorf("%s: %w", name, err)
	}
	line := 1
	if tok := at.GetToken(); tok != nil && tok.Position != nil {
		line = tok.Position.Line
	}
	message := at.GetMessage()
	var unknown *yaml.UnknownFieldError
	if errors.As(err, &unknown) {
		message += "; the keys are title, track, difficulty, source, imports, symbols, budget and points"
	}
	return fmt.Errorf("%s:%d: %s", name, line, message)
}

// problems returns what is wrong with a manifest, in the order of its keys.
func (m manifest) problems() []string {
	var found []string
	add := func(format string, args ...any) { found = append(found, fmt.Sprintf(format, args...)) }

	for _, lang := range languages {
		if strings.TrimSpace(m.Title[lang]) == "" {
			add("title.%s is missing; every exercise has a title in %s", lang, strings.Join(languages, " and "))
		}
	}
	if !slices.Contains(Tracks, m.Track) {
		add("track %q is unknown; choose one of %s", m.Track, strings.Join(Tracks, ", "))
	}
	if m.Difficulty < 1 || m.Difficulty > 5 {
		add("difficulty is %d; give a number from 1 (easy) to 5", m.Difficulty)
	}
	if len(m.Imports) == 0 {
		add("imports is empty; list the packages that a submission may import")
	}
	seen := map[string]bool{}
	for _, path := range m.Imports {
		if strings.TrimSpace(path) == "" || seen[path] {
			add("imports lists %q twice or empty; name each package once", path)
		}
		if (path == Module || strings.HasPrefix(path, Module+"/")) && !strings.HasPrefix(path, given) {
			add("imports lists %q; of this module, a submission may import packages below exercises/given and no others", path)
		}
		seen[path] = true
	}
	for _, symbol := range m.Symbols {
		if dot := strings.LastIndexByte(symbol, '.'); dot < 0 || !seen[symbol[:dot]] {
			add("symbols lists %q; name the package, which must be one of imports, and what of it may be used: os.Executable", symbol)
		}
	}
	if m.Budget <= 0 {
		add("budget is %d; give the minutes that a learner may expect to spend", m.Budget)
	}
	return append(found, m.pointProblems()...)
}

func (m manifest) pointProblems() []string {
	var found []string
	sum := 0
	for _, aspect := range slices.Sorted(maps.Keys(m.Points)) {
		if !slices.Contains(grader.Aspects, aspect) {
			found = append(found, fmt.Sprintf("points name an unknown aspect %q; choose from %s", aspect, join(grader.Aspects)))
		}
		if m.Points[aspect] <= 0 {
			found = append(found, fmt.Sprintf("points of %s are %d; give more than none, or leave the aspect out", aspect, m.Points[aspect]))
		}
		sum += m.Points[aspect]
	}
	if sum != grader.MaxScore {
		found = append(found, fmt.Sprintf("points sum to %d; they must sum to %d", sum, grader.MaxScore))
	}
	return found
}

// exercise returns what the manifest says in the words of the domain.
func (m manifest) exercise() grader.Exercise {
	return grader.Exercise{
		Title:      m.Title,
		Track:      m.Track,
		Difficulty: m.Difficulty,
		Source:     m.Source,
		Imports:    m.Imports,
		Symbols:    m.Symbols,
		Budget:     m.Budget,
		Points:     m.Points,
	}
}

func join(aspects []grader.Aspect) string {
	var names []string
	for _, a := range aspects {
		names = append(names, string(a))
	}
	return strings.Join(names, ", ")
}
