package catalog

import (
	"fmt"
	"slices"
	"strings"

	"github.com/agext/levenshtein"
)

// UnknownError says that there is no exercise of a name, and which names come
// near to it.
type UnknownError struct {
	Slug    string
	Nearest []string // sorted; often empty
}

// Error returns a text such as
// `no exercise "pol"; did you mean pool? ("kata list" shows all)`.
func (e *UnknownError) Error() string {
	if len(e.Nearest) == 0 {
		return fmt.Sprintf("no exercise %q; \"kata list\" shows all", e.Slug)
	}
	guess := e.Nearest[0]
	if last := len(e.Nearest) - 1; last > 0 {
		guess = strings.Join(e.Nearest[:last], ", ") + " or " + e.Nearest[last]
	}
	return fmt.Sprintf("no exercise %q; did you mean %s? (\"kata list\" shows all)", e.Slug, guess)
}

// nearest returns at most three of the known names that slug may have been
// meant for: those at the least edit distance, which may be a third of its
// length. A name that begins with slug counts as one edit away.
func nearest(slug string, known []string) []string {
	slug = strings.ToLower(slug)
	best := (len(slug) + 2) / 3
	var names []string
	for _, name := range known {
		dist := levenshtein.Distance(slug, name, nil)
		if len(slug) > 1 && strings.HasPrefix(name, slug) {
			dist = min(dist, 1)
		}
		if dist < best {
			best, names = dist, nil
		}
		if dist == best && dist < len(name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names[:min(len(names), 3)]
}
