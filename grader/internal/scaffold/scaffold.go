// Package scaffold writes the first files of a new exercise, and finds the
// places in them that its author has not yet replaced.
//
// The files below template are those of a small exercise that works: one
// function, one promise, one case, one fault. In their names SLUG stands for the
// slug. What an author has to replace is marked with [Mark], everywhere in the
// same way.
package scaffold

import (
	"embed"
	"errors"
	"fmt"
	"go/format"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/template"
)

// Mark marks what an author has to replace.
const Mark = "TODO(author)"

//go:embed template
var templates embed.FS

const module = "example.com/gokata"

// Dirs returns the directories of an exercise, from the root of the repository.
func Dirs(slug string) []string {
	return []string{"exercises/" + slug, "solutions/" + slug, "grader/suites/" + slug}
}

// New writes a new exercise below root and returns the names of its files, from
// there. It writes all of them or, if there is an error, none; a slug that
// cannot be used gives a [*SlugError].
func New(root, slug string) ([]string, error) {
	if err := CheckSlug(slug); err != nil {
		return nil, err
	}
	for _, dir := range Dirs(slug) {
		if _, err := os.Lstat(filepath.Join(root, dir)); err == nil {
			return nil, slugErrorf(slug, "%s exists already; choose another name, or remove it", dir)
		} else if !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
	}
	files, err := render(slug)
	if err != nil {
		return nil, err
	}
	// All is written next to where it has to be, and then only renamed.
	stage, err := os.MkdirTemp(root, ".new-"+slug+"-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(stage)
	var names []string
	for _, f := range files {
		names = append(names, f.name)
		if err := write(filepath.Join(stage, f.name), f.data); err != nil {
			return nil, err
		}
	}
	return names, move(stage, root, Dirs(slug))
}

func write(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return err
	}
	return os.WriteFile(path, data, 0o666)
}

// move renames directories below one root to another one, all or none.
func move(from, to string, dirs []string) error {
	for i, dir := range dirs {
		target := filepath.Join(to, dir)
		err := os.MkdirAll(filepath.Dir(target), 0o777)
		if err == nil {
			err = os.Rename(filepath.Join(from, dir), target)
		}
		if err != nil {
			for _, done := range dirs[:i] {
				err = errors.Join(err, os.RemoveAll(filepath.Join(to, done)))
			}
			return err
		}
	}
	return nil
}

type file struct {
	name string // from the root of the repository
	data []byte
}

// render returns the files of a new exercise, sorted by name.
func render(slug string) ([]file, error) {
	var files []file
	err := fs.WalkDir(templates, "template", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := templates.ReadFile(path)
		if err != nil {
			return err
		}
		t, err := template.New(path).Option("missingkey=error").Parse(string(text))
		if err != nil {
			return err
		}
		var b strings.Builder
		if err := t.Execute(&b, struct{ Slug, Module string }{slug, module}); err != nil {
			return err
		}
		name := strings.TrimSuffix(strings.TrimPrefix(path, "template/"), ".tmpl")
		data := []byte(b.String())
		if strings.HasSuffix(name, ".go") { // the order of the imports depends on the slug
			if data, err = format.Source(data); err != nil {
				return fmt.Errorf("%s: %w", path, err)
			}
		}
		files = append(files, file{strings.ReplaceAll(name, "SLUG", slug), data})
		return nil
	})
	slices.SortFunc(files, func(a, b file) int { return strings.Compare(a.name, b.name) })
	return files, err
}

// Place is one mark.
type Place struct {
	File string // from the root of the repository, with slashes
	Line int
	Text string // of the line, without blanks around it
}

// Marks returns the marks that an exercise still has, by file and line.
func Marks(root, slug string) ([]Place, error) {
	var places []Place
	for _, dir := range Dirs(slug) {
		err := filepath.WalkDir(filepath.Join(root, dir), func(path string, d fs.DirEntry, err error) error {
			if err != nil || !d.Type().IsRegular() {
				return err
			}
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			rel, err := filepath.Rel(root, path)
			if err != nil {
				return err
			}
			n := 0
			for line := range strings.Lines(string(data)) {
				if n++; strings.Contains(line, Mark) {
					places = append(places, Place{filepath.ToSlash(rel), n, strings.TrimSpace(line)})
				}
			}
			return nil
		})
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("look for marks: %w", err)
		}
	}
	return places, nil
}
