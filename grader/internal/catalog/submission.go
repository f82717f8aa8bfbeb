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
	ErrNotExist   = errors.New("no such directory")
	ErrNotDir     = errors.New("not a directory")
	ErrNoGoFiles  = errors.New("no Go files")
	ErrPackage    = errors.New("wrong package")
	ErrMixed      = errors.New("mixed packages")
	ErrTooLarge   = errors.New("too large")
	ErrIrregular  = errors.New("not a regular file")
	ErrUnreadable = errors.New("cannot be read")
)

// SubmissionError says in one sentence why a directory is no submission. With
// a File it is a mistake in what was handed in, and a reason to refuse it;
// without, one in the command line.
type SubmissionError struct {
	Dir    string
	File   string // the name of the file at fault; "" if it is the directory
	Line   int    // of the file, from 1
	Reason error  // one of the Err values of this package
	text   string
}

// Error returns the sentence, with the directory or the file in it.
func (e *SubmissionError) Error() string {
	if e.File == "" {
		return e.text
	}
	return filepath.Join(e.Dir, e.File) + ": " + e.text
}

// Unwrap returns the reason.
func (e *SubmissionError) Unwrap() error { return e.Reason }

// Diagnostic returns the error as a message about a file, if it is one.
func (e *SubmissionError) Diagnostic() (d grader.Diagnostic, ok bool) {
	return grader.Diagnostic{File: e.File, Line: e.Line, Message: e.text}, e.File != ""
}

// ReadSubmission reads the Go files of dir, without tests and without
// subdirectories, as an answer to the exercise slug. Names that the go command
// passes over, which begin with "." or "_", are passed over. If dir cannot be
// a submission the error is a [*SubmissionError].
func ReadSubmission(dir, slug string) (grader.Submission, error) {
	entries, err := list(dir, slug)
	if err != nil {
		return grader.Submission{}, err
	}
	r := reader{slug: slug, sub: grader.Submission{Dir: dir}}
	for _, e := range entries {
		if !isSource(e.Name()) {
			continue
		}
		if err := r.read(e); err != nil {
			return grader.Submission{}, err
		}
	}
	if len(r.sub.Files) == 0 {
		return grader.Submission{}, &SubmissionError{Dir: dir, Reason: ErrNoGoFiles, text: fmt.Sprintf(
			"%s holds no .go files; an answer to %s is a package %s, usually in %s.go", dir, slug, slug, slug)}
	}
	if r.pkg != "" && r.pkg != slug {
		return grader.Submission{}, r.refuse(r.first, r.line, ErrPackage, "this file holds package %s; an answer to %s must be package %s", r.pkg, slug, slug)
	}
	r.sub.Digest = digest(r.sub.Files)
	return r.sub, nil
}

// list returns what lies in dir, sorted by name.
func list(dir, slug string) ([]fs.DirEntry, error) {
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, &SubmissionError{Dir: dir, Reason: ErrNotExist, text: fmt.Sprintf(
			"no such directory: %s; give the folder that holds your %s.go", dir, slug)}
	case err != nil:
		return nil, fmt.Errorf("read submission: %w", err)
	case !info.IsDir():
		return nil, &SubmissionError{Dir: dir, Reason: ErrNotDir, text: fmt.Sprintf(
			"%s is not a directory; give the folder that holds your .go files, such as %s", dir, filepath.Dir(dir))}
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("read submission: %w", err)
	}
	return entries, nil
}

// reader reads the files of a submission one after the other.
type reader struct {
	slug string
	sub  grader.Submission

	pkg, first string // the package, and the first file that says so
	line       int    // where it does
}

func (r *reader) refuse(file string, line int, reason error, format string, args ...any) error {
	return &SubmissionError{Dir: r.sub.Dir, File: file, Line: line, Reason: reason, text: fmt.Sprintf(format, args...)}
}

func (r *reader) read(e fs.DirEntry) error {
	name := e.Name()
	if !e.Type().IsRegular() {
		return r.refuse(name, 1, ErrIrregular, "this is %s; a submission consists of regular files, so put a copy there", kindOf(e.Type()))
	}
	if len(r.sub.Files) == MaxFiles {
		return r.refuse(name, 1, ErrTooLarge, "with this file there are more than %d .go files; an answer is one package of at most that many", MaxFiles)
	}
	data, err := readFile(filepath.Join(r.sub.Dir, name))
	if err != nil {
		return r.refuse(name, 1, ErrUnreadable, "this file cannot be read (%v); look at its permissions", cause(err))
	}
	if len(data) > MaxFileSize {
		return r.refuse(name, 1, ErrTooLarge, "this file is larger than %d KiB; split it or take data out of it", MaxFileSize>>10)
	}
	r.sub.Files = append(r.sub.Files, grader.File{Name: name, Data: data})
	switch pkg, line := packageClause(data); {
	case pkg == "" || pkg == r.pkg:
	case r.pkg == "":
		r.pkg, r.first, r.line = pkg, name, line
	default:
		if pkg == r.slug { // it is the first one that is wrong
			name, r.first, pkg, r.pkg, line = r.first, name, r.pkg, pkg, r.line
		}
		return r.refuse(name, line, ErrMixed, "this file holds package %s and %s holds package %s; an answer to %s must be package %s", pkg, r.first, r.pkg, r.slug, r.slug)
	}
	return nil
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

// cause returns what went wrong with a file, without its name.
func cause(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}

// packageClause returns the name in the package clause and its line, or "" if
// there is none that can be read: the compiler says more about that.
func packageClause(data []byte) (name string, line int) {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "", data, parser.PackageClauseOnly)
	if err != nil {
		return "", 0
	}
	return f.Name.Name, fset.PositionFor(f.Name.Pos(), false).Line
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
