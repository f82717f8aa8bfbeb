package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"example.com/gokata/grader"
)

// namesOf gives every goroutine of a finding its name: "main" and "test" as
// they are, others their number and where they were started.
func namesOf(f grader.Finding) map[int]string {
	given := map[int]string{}
	for _, p := range f.At {
		given[p.Goroutine] = cmp.Or(given[p.Goroutine], p.Name)
	}
	for _, s := range f.Interleaving {
		given[s.Goroutine] = cmp.Or(given[s.Goroutine], s.Name)
	}
	bearers := map[string]int{}
	for _, name := range given {
		bearers[name]++
	}
	names := map[int]string{}
	for g, name := range given {
		switch {
		case g == 0:
			names[g] = unknown
		case name == "":
			names[g] = fmt.Sprintf("G%d", g)
		case (name == "main" || name == "test") && bearers[name] == 1:
			names[g] = name
		default:
			names[g] = fmt.Sprintf("G%d %s", g, name)
		}
	}
	return names
}

// unknown is the name of a goroutine of which nothing is known but that it is
// another one. The space does not break, for it is one word.
const unknown = "another\u00a0goroutine"

// short names goroutines without their origin, runs of them as "G2 to G9".
func short(goroutines []int, names map[int]string) []string {
	all := slices.Sorted(slices.Values(goroutines))
	var words []string
	for i := 0; i < len(all); i++ {
		word := first(names[all[i]])
		end := i
		for end+1 < len(all) && all[end+1] == all[end]+1 && numbered(word) && numbered(names[all[end+1]]) {
			end++
		}
		if end > i+1 {
			word += " to " + first(names[all[end]])
			i = end
		}
		words = append(words, word)
	}
	return words
}

// together names goroutines that stood at one place: in full, or without
// repeating where all of them were started.
func together(goroutines []int, names map[int]string) string {
	from := map[string][]int{}
	var order []string
	for _, g := range goroutines {
		_, origin, _ := strings.Cut(names[g], " ")
		if !slices.Contains(order, origin) {
			order = append(order, origin)
		}
		from[origin] = append(from[origin], g)
	}
	var words []string
	for _, origin := range order {
		word := sentence(short(from[origin], names))
		if origin != "" && len(from[origin]) > 1 {
			word += ", all from"
		}
		words = append(words, strings.TrimSpace(word+" "+origin))
	}
	return strings.Join(words, "; ")
}

func first(name string) string {
	word, _, _ := strings.Cut(name, " ")
	return word
}

// numbered reports whether a name begins with a goroutine's number.
func numbered(name string) bool { return strings.HasPrefix(name, "G") }
