package testing

import (
	"strconv"
	"strings"
	"unicode"
)

// names counts how often a name was given to a subtest of the session: a hash
// table with linear probing, because the race detector would see a map.
type names struct {
	slot []named
	n    int
}

type named struct {
	name  string
	count int
}

// unique returns the full name of a new subtest: that of the parent, a slash,
// and the subtest's own, made printable and without spaces. The second "a" is
// "a#01" and the first "" is "#00". A name that ends in such a number by itself
// gives way to the one that had it first.
//
//go:norace
func (t *names) unique(parent, name string) string {
	base := parent + "/" + printable(name)
	for {
		before := t.add(base)
		switch {
		case before > 0 || name == "":
			if full := base + "#" + digits(before, 2); t.count(full) == 0 {
				return full
			}
		case !t.taken(base):
			return base
		}
	}
}

// taken tells whether the name ends in a number that has been given to another
// name already.
//
//go:norace
func (t *names) taken(name string) bool {
	i := strings.LastIndexByte(name, '#')
	if i < 0 {
		return false
	}
	n, err := strconv.ParseInt(name[i+1:], 10, 32)
	if err != nil || n < 0 || digits(int(n), 2) != name[i+1:] || n == 0 && !strings.HasSuffix(name[:i], "/") {
		return false
	}
	return int(n) < t.count(name[:i])
}

// add counts a name and returns how often it was counted before.
//
//go:norace
func (t *names) add(name string) int {
	if 2*t.n >= len(t.slot) {
		old := t.slot
		t.slot = make([]named, max(16, 2*len(old)))
		for i := range old {
			if old[i].count > 0 {
				t.slot[t.find(old[i].name)] = old[i]
			}
		}
	}
	s := &t.slot[t.find(name)]
	if s.count == 0 {
		s.name = name
		t.n++
	}
	s.count++
	return s.count - 1
}

//go:norace
func (t *names) count(name string) int {
	if len(t.slot) == 0 {
		return 0
	}
	return t.slot[t.find(name)].count
}

// find returns the name's slot, or the empty one where it would be.
//
//go:norace
func (t *names) find(name string) int {
	h := uint64(14695981039346656037) // FNV-1a
	for i := range len(name) {
		h = (h ^ uint64(name[i])) * 1099511628211
	}
	mask := uint64(len(t.slot) - 1)
	i := h & mask
	for t.slot[i].count > 0 && t.slot[i].name != name {
		i = (i + 1) & mask
	}
	return int(i)
}

// printable replaces spaces by underscores and what cannot be printed by its
// escape sequence.
func printable(name string) string {
	var b strings.Builder
	for _, r := range name {
		switch {
		case unicode.IsSpace(r):
			b.WriteByte('_')
		case strconv.IsPrint(r):
			b.WriteRune(r)
		default:
			b.WriteString(strings.Trim(strconv.QuoteRune(r), "'"))
		}
	}
	return b.String()
}

// digits writes n with at least so many digits.
func digits(n, width int) string {
	s := strconv.Itoa(n)
	return strings.Repeat("0", max(0, width-len(s))) + s
}
