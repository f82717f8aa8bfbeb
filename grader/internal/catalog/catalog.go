package catalog

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"

	"example.com/gokata/grader"
)

// Module is the module path that marks the root of the repository.
const Module = "example.com/gokata"

// Tracks lists the tracks in the order in which a learner meets them.
var Tracks = []string{grader.TrackProcesses, "threads", "coroutines", "patterns"}

// slugs are one lower-case word, because a slug is also a package name.
var slugs = regexp.MustCompile(`^[a-z][a-z0-9]*$`)

// Catalog is the set of exercises below one repository root. It holds no
// state but the root: every call reads the disk again, and any number of
// goroutines may use one.
type Catalog struct {
	root string
}

// Open returns the catalog of the repository at root, which must contain a
// directory named exercises.
func Open(root string) (*Catalog, error) {
	abs, err := filepath.Abs(root)
	if err != nil {
		return nil, fmt.Errorf("repository root %s: %w", root, err)
	}
	info, err := os.Stat(filepath.Join(abs, "exercises"))
	if err != nil || !info.IsDir() {
		return nil, fmt.Errorf("%s has no directory named exercises; give the root of a gokata repository", abs)
	}
	return &Catalog{root: abs}, nil
}

// FindRoot returns the closest directory at or above start whose go.mod says
// that it is this module.
func FindRoot(start string) (string, error) {
	abs, err := filepath.Abs(start)
	if err != nil {
		return "", fmt.Errorf("directory %s: %w", start, err)
	}
	for dir := abs; ; dir = filepath.Dir(dir) {
		data, err := os.ReadFile(filepath.Join(dir, "go.mod"))
		if err == nil && modfile.ModulePath(data) == Module {
			return dir, nil
		}
		if dir == filepath.Dir(dir) {
			return "", fmt.Errorf("no gokata repository at or above %s: no go.mod there says \"module %s\"; change to a directory inside the repository", abs, Module)
		}
	}
}

// Root returns the absolute path of the repository.
func (c *Catalog) Root() string { return c.root }

// List returns every exercise, sorted by track, difficulty and slug. If some
// cannot be read it returns the others together with an error that names each
// broken file.
func (c *Catalog) List() ([]grader.Exercise, error) {
	slugs, err := c.slugs()
	if err != nil {
		return nil, err
	}
	var all []grader.Exercise
	var broken []error
	for _, slug := range slugs {
		ex, err := c.load(slug)
		if err != nil {
			broken = append(broken, err)
			continue
		}
		all = append(all, ex)
	}
	slices.SortFunc(all, func(a, b grader.Exercise) int {
		if n := slices.Index(Tracks, a.Track) - slices.Index(Tracks, b.Track); n != 0 {
			return n
		}
		if n := a.Difficulty - b.Difficulty; n != 0 {
			return n
		}
		return strings.Compare(a.Slug, b.Slug)
	})
	return all, errors.Join(broken...)
}

// Get returns one exercise. A slug that is not there gives an
// [*UnknownError]; other exercises are not looked at, so a broken one does not
// stand in the way.
func (c *Catalog) Get(slug string) (grader.Exercise, error) {
	known, err := c.slugs()
	if err != nil {
		return grader.Exercise{}, err
	}
	if !slices.Contains(known, slug) {
		return grader.Exercise{}, &UnknownError{Slug: slug, Nearest: nearest(slug, known)}
	}
	return c.load(slug)
}

// slugs returns the names of the directories that hold a manifest, sorted.
func (c *Catalog) slugs() ([]string, error) {
	entries, err := os.ReadDir(filepath.Join(c.root, "exercises"))
	if err != nil {
		return nil, fmt.Errorf("list exercises: %w", err)
	}
	var found []string
	for _, e := range entries {
		if _, err := os.Stat(c.path(e.Name(), manifestFile)); err == nil {
			found = append(found, e.Name())
		}
	}
	return found, nil
}

func (c *Catalog) path(slug, file string) string {
	return filepath.Join(c.root, "exercises", slug, file)
}

// load reads the manifest and the contract of one exercise.
func (c *Catalog) load(slug string) (grader.Exercise, error) {
	if !slugs.MatchString(slug) {
		return grader.Exercise{}, fmt.Errorf("exercises/%s: %q is no name for an exercise: use one lower-case word of letters and digits, such as pool", slug, slug)
	}
	m, err := readManifest(c.path(slug, manifestFile), "exercises/"+slug+"/"+manifestFile)
	if err != nil {
		return grader.Exercise{}, err
	}
	ex := m.exercise()
	ex.Slug = slug
	ex.Dir = c.path(slug, "")
	ex.Promises, err = Promises(ex, "en")
	return ex, err
}
