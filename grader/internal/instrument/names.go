package instrument

import (
	"go/ast"
	"regexp"
	"strconv"
)

// names makes the names that rewriting introduces. No identifier of the
// package looks like one of them.
type names struct {
	prefix       string // "kata", and underscores as needed
	temps, inits int    // how many of each have been handed out
}

var numbered = regexp.MustCompile(`^(RT|Init)?[0-9]*$`)

func newNames(files []*ast.File) *names {
	used := map[string]bool{}
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				used[id.Name] = true
			}
			return true
		})
	}
	n := &names{prefix: "kata"}
	for n.taken(used) {
		n.prefix += "_"
	}
	return n
}

func (n *names) taken(used map[string]bool) bool {
	for name := range used {
		if len(name) > len(n.prefix) && name[:len(n.prefix)] == n.prefix && numbered.MatchString(name[len(n.prefix):]) {
			return true
		}
	}
	return false
}

// rt is the name under which grader/rt is imported.
func (n *names) rt() string { return n.prefix + "RT" }

// temp returns a new name for a local variable or an import.
func (n *names) temp() string {
	n.temps++
	return n.prefix + strconv.Itoa(n.temps)
}

// init returns a new name for a function that initialises.
func (n *names) init() string {
	n.inits++
	return n.prefix + "Init" + strconv.Itoa(n.inits)
}
