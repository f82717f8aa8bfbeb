package scaffold

import (
	"fmt"
	"go/token"
	"go/types"
	"regexp"
	"slices"
)

// SlugError says in one sentence why a word cannot be the slug of a new
// exercise.
type SlugError struct {
	Slug string
	text string
}

// Error returns the sentence.
func (e *SlugError) Error() string { return e.text }

func slugErrorf(slug, format string, args ...any) error {
	return &SlugError{slug, fmt.Sprintf("%q cannot be a new exercise: ", slug) + fmt.Sprintf(format, args...)}
}

// slugs are one word, and not a short one: suites use short names for what is
// theirs, such as t.
var slugs = regexp.MustCompile(`^[a-z][a-z0-9]{2,31}$`)

// imported are the names that tests, suites and solutions import packages by. A
// package of the same name would get in their way.
var imported = []string{
	"assert", "atomic", "base64", "binary", "bufio", "bytes", "child", "cmp", "context", "errors", "exec", "filepath",
	"fmt", "fnv", "gob", "grader", "heap", "hex", "hmac", "iter", "json", "kata", "list", "maps", "math", "net", "path",
	"rand", "reflect", "require", "ring", "runtime", "sha256", "sha512", "shm", "signal", "slices", "sort", "strconv",
	"strings", "subtle", "suite", "sync", "synctest", "syscall", "testing", "time", "unicode", "unsafe", "utf8",
}

// special are the names that mean something else to the go command.
var special = []string{"documentation", "init", "internal", "main", "testdata", "vendor"}

// CheckSlug returns a [*SlugError] if a new exercise cannot have this slug. It
// does not look whether there is such an exercise already.
func CheckSlug(slug string) error {
	const what = "a slug is the name of a package and of its directories: "
	switch {
	case !slugs.MatchString(slug):
		return slugErrorf(slug, what+"one word of 3 to 32 lower-case letters and digits that begins with a letter, such as pool")
	case token.IsKeyword(slug):
		return slugErrorf(slug, what+"this is a keyword of Go")
	case types.Universe.Lookup(slug) != nil:
		return slugErrorf(slug, what+"Go declares this name itself, and code that imports the package could not use it any more")
	case slices.Contains(imported, slug):
		return slugErrorf(slug, what+"solutions and suites import another package of this name")
	case slices.Contains(special, slug):
		return slugErrorf(slug, what+"this name means something else to the go command")
	}
	return nil
}
