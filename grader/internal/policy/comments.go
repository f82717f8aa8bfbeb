package policy

import (
	"go/ast"
	"go/build/constraint"
	"strings"
)

// comment checks a comment for what is none: a message to the compiler, the
// linker or the go command.
func (c *checker) comment(comment *ast.Comment) {
	text := comment.Text
	switch {
	case constraint.IsGoBuild(text), constraint.IsPlusBuild(text):
		c.add(comment.Pos(), "build constraints are not allowed: every file of an answer is graded on every system; remove the line %q", short(text))
	case strings.HasPrefix(text, "//go:"):
		c.add(comment.Pos(), "the directive %q is not allowed: it speaks to the compiler past the language; remove it", short(text))
	case c.isLine(text, comment):
		c.add(comment.Pos(), "the line directive %q is not allowed: findings must name the lines that you wrote; remove it, or put a space after the slashes if it is a comment", short(text))
	case strings.HasPrefix(text, "//export "), strings.HasPrefix(text, "//extern "):
		c.add(comment.Pos(), "the directive %q is not allowed: it links with code outside Go; put a space after the slashes if it is a comment", short(text))
	}
}

// isLine reports whether the compiler takes a comment for a line directive:
// with a colon in it, and if it is a line comment, at the start of its line.
func (c *checker) isLine(text string, comment *ast.Comment) bool {
	if rest, ok := strings.CutPrefix(text, "/*line "); ok {
		return strings.Contains(rest, ":")
	}
	rest, ok := strings.CutPrefix(text, "//line ")
	return ok && strings.Contains(rest, ":") && c.fset.PositionFor(comment.Pos(), false).Column == 1
}

// short returns the first line of a comment, at most 40 characters of it.
func short(text string) string {
	text, _, _ = strings.Cut(text, "\n")
	if r := []rune(strings.TrimSpace(text)); len(r) > 40 {
		return string(r[:39]) + "…"
	}
	return strings.TrimSpace(text)
}
