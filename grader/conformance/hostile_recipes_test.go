//go:build linux

package conformance_test

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"
)

// recipe makes of a copy of a submission what cannot be kept in a repository.
type recipe func(t *testing.T, dir, slug string)

var recipes = map[string]recipe{
	"million_parentheses": function("return " + strings.Repeat(brackets("(", 2000), 250) + "0" + strings.Repeat(brackets(")", 2000), 250)),
	"deep_unary":          function("return " + strings.Repeat("-\n", 50_000) + "n"),
	"deep_else":           function(strings.Repeat("if n == 1 {\n} else ", 5_000) + "{\n}\nreturn n"),
	"deep_type":           function("var x " + strings.Repeat(brackets("[]", 1000), 20) + "int\n_ = x\nreturn n"),
	"deep_sum":            function("return n" + strings.Repeat(" +\nn", 20_000)),
	"big_switch":          function(cases(300_000)),
	"many_words":          function(cases(50_000)),
	"ten_thousand_errors": function(strings.Repeat("unknown = n\n", 10_000) + "return n"),
	"long_line":           function("return n /*" + strings.Repeat("x", 100_000) + "*/"),
	"gigabyte_line": func(t *testing.T, dir, slug string) {
		require.NoError(t, os.Truncate(filepath.Join(dir, slug+".go"), 1<<30))
	},
	"many_files": func(t *testing.T, dir, slug string) {
		for i := range 1000 {
			write(t, filepath.Join(dir, fmt.Sprintf("f%d.go", i)), "package "+slug+"\n")
		}
	},

	"byte_order_mark":  edit("// want", "\uFEFF// want"),
	"carriage_returns": edit("\n", "\r\n"),
	"nul_bytes":        edit("counts nothing", "counts \x00 nothing"),
	"right_to_left":    edit("counts nothing", "counts \u202E nothing"),
	"escape_in_source": edit("counts nothing", "counts \x1b[2J nothing"),
	"invalid_utf8":     edit("counts nothing", "counts \xff nothing"),

	"name_with_blank":     file("two words.go"),
	"name_with_at":        file("@arguments.go"),
	"name_with_dash":      file("-flag.go"),
	"name_with_line_feed": file("two\nlines.go"),
	"name_with_colon":     file("other.go:7.go"),
	"name_like_another":   file("c\u043Eunter.go"),

	"symlink_outside":  link(func(string) string { return "/etc/passwd" }),
	"symlink_to_suite": link(func(slug string) string { return suiteFile(slug) }),
	"symlink_loop":     link(func(string) string { return "other.go" }),
	"fifo": func(t *testing.T, dir, _ string) {
		require.NoError(t, syscall.Mkfifo(filepath.Join(dir, "other.go"), 0o666))
	},
	"device": func(t *testing.T, dir, _ string) {
		if err := unix.Mknod(filepath.Join(dir, "other.go"), unix.S_IFCHR|0o666, int(unix.Mkdev(1, 5))); err != nil {
			t.Skipf("only root can make a device: %v", err)
		}
	},
	"socket": func(t *testing.T, dir, _ string) {
		addr := filepath.Join(dir, "other.go")
		if len(addr) > 100 {
			t.Skip("the name of the directory is too long for a socket")
		}
		l, err := net.Listen("unix", addr)
		require.NoError(t, err)
		t.Cleanup(func() { l.Close() })
	},
	"directory_as_file": func(t *testing.T, dir, _ string) {
		require.NoError(t, os.Mkdir(filepath.Join(dir, "other.go"), 0o777))
	},
	"deep_directories": func(t *testing.T, dir, slug string) {
		deep := filepath.Join(dir, strings.Repeat("d/", 1000))
		require.NoError(t, os.MkdirAll(deep, 0o777))
		write(t, filepath.Join(deep, "deep.go"), "package "+slug+"\n")
	},
}

// function is the recipe for a function with a body that is too big to look at.
func function(body string) recipe {
	return func(t *testing.T, dir, slug string) {
		write(t, filepath.Join(dir, "big.go"), "package "+slug+"\n\nfunc big(n int) int {\n"+body+"\n}\n")
	}
}

// brackets returns a line of n brackets.
func brackets(bracket string, n int) string { return strings.Repeat(bracket, n) + "\n" }

// cases returns a switch with n cases.
func cases(n int) string {
	var b strings.Builder
	b.WriteString("switch n {\n")
	for i := range n {
		fmt.Fprintf(&b, "case %d:\n", i)
	}
	b.WriteString("}\nreturn n")
	return b.String()
}

// edit is the recipe that replaces a text in the main file.
func edit(old, replacement string) recipe {
	return func(t *testing.T, dir, slug string) {
		path := filepath.Join(dir, slug+".go")
		data, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Contains(t, string(data), old)
		write(t, path, strings.ReplaceAll(string(data), old, replacement))
	}
}

// file is the recipe that adds an empty file of a name.
func file(name string) recipe {
	return func(t *testing.T, dir, slug string) { write(t, filepath.Join(dir, name), "package "+slug+"\n") }
}

// link is the recipe that adds a symbolic link.
func link(target func(slug string) string) recipe {
	return func(t *testing.T, dir, slug string) {
		require.NoError(t, os.Symlink(target(slug), filepath.Join(dir, "other.go")))
	}
}

func suiteFile(slug string) string {
	path, err := filepath.Abs(filepath.Join("..", "suites", slug, "cases.go"))
	if err != nil {
		return err.Error()
	}
	return path
}

func write(t *testing.T, path, text string) {
	t.Helper()
	require.NoError(t, os.WriteFile(path, []byte(text), 0o666))
}

// objects returns hashes of what the grader keeps in its cache, by path, but
// for the programs that have been built: there are more of them after each
// grading, and they are checked against a sum before they are run again.
func objects(t *testing.T, cache string) map[string][sha256.Size]byte {
	t.Helper()
	sums := map[string][sha256.Size]byte{}
	require.NoError(t, filepath.WalkDir(cache, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && d.Name() == "programs":
			return filepath.SkipDir
		case d.IsDir():
			return nil
		}
		data, err := os.ReadFile(path)
		sums[path] = sha256.Sum256(data)
		return err
	}))
	require.NotEmpty(t, sums)
	return sums
}
