// Package conformance proves the suites from both sides: it grades every stub,
// every reference solution, every correct variant and every fault. All of it
// is in its tests; this file finds what there is to grade.
package conformance

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/catalog"
)

// Kind says what a specimen has to come to.
type Kind string

// The kinds of specimen.
const (
	Stub      Kind = "stub"      // scores 0 and is unstarted
	Reference Kind = "reference" // scores 100
	Correct   Kind = "correct"   // another correct solution: scores 100
	Faulty    Kind = "faulty"    // loses points in the aspect it declares
)

// Specimen is one submission whose verdict is known.
type Specimen struct {
	Kind  Kind
	Name  string        // of the variant or fault, else empty
	Dir   string        // where it is
	Want  grader.Aspect // Faulty: the aspect that has to lose points
	Fault string        // Faulty: what is wrong with it, in a sentence
	Plain bool          // Faulty: an ordinary run with the race detector does not notice it
}

// Title names the specimen in tables.
func (s Specimen) Title() string { return strings.TrimSuffix(string(s.Kind)+"/"+s.Name, "/") }

// Specimens returns all there are for one exercise.
func Specimens(root string, ex grader.Exercise) ([]Specimen, error) {
	list := []Specimen{
		{Kind: Stub, Dir: ex.Dir},
		{Kind: Reference, Dir: filepath.Join(root, "solutions", ex.Slug)},
	}
	for _, kind := range []Kind{Correct, Faulty} {
		base := filepath.Join(root, "grader", "suites", ex.Slug, "testdata", string(kind))
		entries, err := os.ReadDir(base)
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			s := Specimen{Kind: kind, Name: e.Name(), Dir: filepath.Join(base, e.Name())}
			if kind == Faulty {
				if err := s.readHeader(ex.Slug); err != nil {
					return nil, err
				}
			}
			list = append(list, s)
		}
	}
	return list, nil
}

var (
	wantLine  = regexp.MustCompile(`(?m)^// want: (\w+)$`)
	plainLine = regexp.MustCompile(`(?m)^// Plain: passes$`)
	faultLine = regexp.MustCompile(`(?m)^// Fault: (.+)$`)
)

// readHeader reads what a fault declares about itself.
func (s *Specimen) readHeader(slug string) error {
	path := filepath.Join(s.Dir, slug+".go")
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	want, fault := wantLine.FindSubmatch(text), faultLine.FindSubmatch(text)
	if want == nil || fault == nil {
		return fmt.Errorf("%s: needs the lines %q and %q", path, "// want: <aspect>", "// Fault: <one sentence>")
	}
	s.Want, s.Fault, s.Plain = grader.Aspect(want[1]), string(fault[1]), plainLine.Match(text)
	return nil
}

// Open returns the catalog of the checkout that the tests run in.
func Open() (*catalog.Catalog, error) {
	dir, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	root, err := catalog.FindRoot(dir)
	if err != nil {
		return nil, err
	}
	return catalog.Open(root)
}
