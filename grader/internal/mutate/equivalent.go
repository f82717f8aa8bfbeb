package mutate

import (
	"fmt"
	"strings"
)

// Equivalent is an entry in a list of equivalent mutants: it differs from the
// original in nothing that was promised.
type Equivalent struct {
	Key    string // of the mutant, as [Mutant.Key] returns it
	Reason string // one sentence
	Line   int    // in the list
}

// ParseEquivalents reads a list of equivalent mutants. An entry is a line with
// the mutant's key, and behind it the reason, indented, on one or more lines.
// Lines that begin with # and empty lines are passed over. name is what errors
// call the list.
func ParseEquivalents(name string, data []byte) ([]Equivalent, error) {
	var all []Equivalent
	seen := map[string]bool{}
	n := 0
	for line := range strings.Lines(string(data)) {
		n++
		text := strings.TrimSpace(line)
		switch {
		case text == "" || strings.HasPrefix(line, "#"):
		case line[0] == ' ' || line[0] == '\t':
			if len(all) == 0 {
				return nil, fmt.Errorf("%s:%d: a reason without a mutant; begin with the mutant's key at the start of a line", name, n)
			}
			last := &all[len(all)-1]
			last.Reason = strings.TrimSpace(last.Reason + " " + text)
		case seen[text]:
			return nil, fmt.Errorf("%s:%d: %q stands here twice", name, n, text)
		default:
			seen[text] = true
			all = append(all, Equivalent{Key: text, Line: n})
		}
	}
	for _, e := range all {
		if e.Reason == "" {
			return nil, fmt.Errorf("%s:%d: %q has no reason; say in one sentence, indented on the next line, why it keeps every promise", name, e.Line, e.Key)
		}
	}
	return all, nil
}
