package catalog

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"example.com/gokata/grader"
)

// Limits of a submission.
const (
	MaxFiles    = 64      // Go files
	MaxFileSize = 1 << 20 // bytes in each
)

// The reasons for which a directory cannot be a submission; a
// [*SubmissionError] wraps one of them.
var (
	ErrNotExist  = errors.New("no such directory")
	ErrNotDir    = errors.New("not a directory")
	ErrNoGoFiles = errors.New("no Go files")
	ErrPackage   = errors.New("wrong package")
	ErrMixed     = errors.New("mixed packages")
	ErrTooLarge  = errors.New("too large")
	ErrIrregular = errors.New("not a regular file")
)

// SubmissionError says in one sentence why a directory is no submission. It
// is a mistake in the command line or in what lies there, not in the program
// that was to be graded.
type SubmissionError struct {
	Dir    string
	Reason error // one of the Err values of this package
	text   string
}

// Error returns the sentence.
func (e *SubmissionError) Error() string { return e.text }

// Unwrap returns the reason.
func (e *SubmissionError) Unwrap() error { return e.Reason }

// ReadSubmission reads the Go files of dir, without tests and without
// subdirectories, as an answer to the exercise slug. Names that the go command
// passes over, which begin with "." or "_", are passed over. If dir cannot be
// a submission the error is a [*SubmissionError].
func ReadSubmission(dir, slug string) (grader.Submission, error) {
	sub := grader.Submission{Dir: dir}
	refuse := func(reason error, format string, args ...any) (grader.Submission, error) {
		return grader.Submission{}, &SubmissionError{Dir: dir, Reason: reason, text: fmt.Sprintf(format, args...)}
	}

	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return refuse(ErrNotExist, "no such directory: %s; give the folder that holds your %s.go", dir, slug)
	case err != nil:
		return sub, fmt.Errorf("read submission: %w", err)
	case !info.IsDir():
		return refuse(ErrNotDir, "%s is not a directory; give the folder that holds your .go files, such as %s", dir, filepath.Dir(dir))
	}
	entries, err := os.ReadDir(dir) // sorted by name
	if err != nil {
		return sub, fmt.Errorf("read submission: %w", err)
	}

	packages := map[string]string{} // package name to the first file that has it
	for _, e := range entries {
		name := e.Name()
		if !isSource(name) {
			continue
		}
		path := filepath.Join(dir, name)
		if !e.Type().IsRegular() {
			return refuse(ErrIrregular, "%s is %s; a submission consists of regular files, so put a copy there", path, kindOf(e.Type()))
		}
		if len(sub.Files) == MaxFiles {
			return refuse(ErrTooLarge, "%s holds more than %d .go files; an answer is one package of at most that many", dir, MaxFiles)
		}
		data, err := readFile(path)
		if err != nil {
			return sub, fmt.Errorf("read submission: %w", err)
		}
		if len(data) > MaxFileSize {
			return refuse(ErrTooLarge, "%s is larger than %d KiB; split it or take data out of it", path, MaxFileSize>>10)
		}
		sub.Files = append(sub.Files, grader.File{Name: name, Data: data})
		if pkg := packageName(data); pkg != "" && packages[pkg] == "" {
			packages[pkg] = name
			for other, file := range packages {
				if other != pkg {
					return refuse(ErrMixed, "%s mixes packages: %s holds package %s and %s holds package %s; an answer to %s must be package %s", dir, file, other, name, pkg, slug, slug)
				}
			}
		}
	}
	if len(sub.Files) == 0 {
		return refuse(ErrNoGoFiles, "%s holds no .go files; an answer to %s is a package %s, usually in %s.go", dir, slug, slug, slug)
	}
	for pkg := range packages {
		if pkg != slug {
			return refuse(ErrPackage, "%s holds package %s; an answer to %s must be package %s", dir, pkg, slug, slug)
		}
	}
	sub.Digest = digest(sub.Files)
	return sub, nil
}

func isSource(name string) bool {
	return strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") &&
		!strings.HasPrefix(name, ".") && !strings.HasPrefix(name, "_")
}

func kindOf(mode fs.FileMode) string {
	switch {
	case mode&fs.ModeSymlink != 0:
		return "a symbolic link"
	case mode.IsDir():
		return "a directory"
	default:
		return "not a regular file"
	}
}

// readFile reads at most one byte more than a file may have.
func readFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	return io.ReadAll(io.LimitReader(f, MaxFileSize+1))
}

// packageName returns the name in the package clause, or "" if there is none
// that can be read: the compiler says more about that.
func packageName(data []byte) string {
	f, err := parser.ParseFile(token.NewFileSet(), "", data, parser.PackageClauseOnly)
	if err != nil {
		return ""
	}
	return f.Name.Name
}

// digest hashes names and contents, each with its length before it so that
// bytes cannot move from one to the other unnoticed.
func digest(files []grader.File) string {
	h := sha256.New()
	for _, f := range files {
		fmt.Fprintf(h, "%d:%s%d:", len(f.Name), f.Name, len(f.Data))
		h.Write(f.Data)
	}
	return fmt.Sprintf("sha256:%x", h.Sum(nil))
}
