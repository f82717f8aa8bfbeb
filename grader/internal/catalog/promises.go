package catalog

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"example.com/gokata/grader"
)

// statement says where the contract stands in one language.
type statement struct{ file, heading string }

var statements = map[string]statement{
	"en": {"README.md", "Contract"},
	"zh": {"README.zh.md", "约定"},
}

// Promises reads the numbered contract of an exercise in a language, "en" or
// "zh", from its statement. Promise n is element n-1. Markdown is kept as it
// was written; an item of several lines becomes one.
func Promises(ex grader.Exercise, lang string) ([]string, error) {
	st, ok := statements[lang]
	if !ok {
		return nil, fmt.Errorf("exercise %s has no statement in %q; use en or zh", ex.Slug, lang)
	}
	name := "exercises/" + ex.Slug + "/" + st.file
	data, err := os.ReadFile(filepath.Join(ex.Dir, st.file))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	promises := contract(data, st.heading)
	if len(promises) == 0 {
		return nil, fmt.Errorf("%s: no contract; write the promises as a list numbered from 1 under the heading \"## %s\"", name, st.heading)
	}
	return promises, nil
}

// contract returns the items of the first list numbered from 1 between the
// level-two heading and the next heading that is not below it.
func contract(source []byte, heading string) []string {
	doc := goldmark.DefaultParser().Parse(text.NewReader(source))
	inside := false
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Heading:
			if n.Level <= 2 {
				inside = n.Level == 2 && strings.TrimSpace(string(n.Lines().Value(source))) == heading
			}
		case *ast.List:
			if inside && n.IsOrdered() && n.Start == 1 {
				return items(n, source)
			}
		}
	}
	return nil
}

func items(list *ast.List, source []byte) []string {
	var all []string
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		var lines []string
		// Only leaf blocks have lines, so nested lists and further
		// paragraphs of an item fall into place by themselves.
		_ = ast.Walk(item, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
			if entering && n.Type() == ast.TypeBlock {
				for i := range n.Lines().Len() {
					line := n.Lines().At(i)
					lines = append(lines, string(line.Value(source)))
				}
			}
			return ast.WalkContinue, nil
		})
		all = append(all, joinLines(lines))
	}
	return all
}

// joinLines joins the lines of a paragraph by a space, or by nothing between
// two characters of a script that is written without spaces.
func joinLines(lines []string) string {
	var b strings.Builder
	for _, line := range lines {
		line = strings.TrimSpace(line)
		if b.Len() > 0 && line != "" {
			last, _ := utf8.DecodeLastRuneInString(b.String())
			first, _ := utf8.DecodeRuneInString(line)
			if !spaceless(last) || !spaceless(first) {
				b.WriteByte(' ')
			}
		}
		b.WriteString(line)
	}
	return b.String()
}

func spaceless(r rune) bool {
	return unicode.Is(unicode.Han, r) || r >= 0x3000 && r <= 0x303f || r >= 0xff00 && r <= 0xff60
}
