package build

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

// stored is a file in the store: compiled packages and whatever else the
// linker needs. All environments share the store, and none needs the go
// command's cache, or a C compiler, once what it needs is here.
type stored struct {
	Name    string // SHA-256 of the content, and an extension
	Size    int64
	ModTime int64 // of the file, in nanoseconds since 1970
}

// store is a directory of files that are named after their content.
type store struct{ dir string }

// add copies a file into the store.
func (s store) add(path string) (stored, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return stored{}, err
	}
	sum := hexSum(data)
	if m := cachedFile.FindStringSubmatch(filepath.Base(path)); m != nil && m[1] != sum {
		return stored{}, &damagedError{path}
	}
	name := sum + ".a"
	if !s.holds(name) {
		if err := WriteFile(s.path(name), data); err != nil {
			return stored{}, err
		}
	}
	info, err := os.Stat(s.path(name))
	if err != nil {
		return stored{}, err
	}
	return stored{Name: name, Size: info.Size(), ModTime: info.ModTime().UnixNano()}, nil
}

// cachedFile is how the go command names files in its cache: after their
// content.
var cachedFile = regexp.MustCompile(`^([0-9a-f]{64})-d$`)

// damagedError says that a file is not what its name says.
type damagedError struct{ path string }

func (e *damagedError) Error() string { return e.path + " is damaged" }

func (s store) path(name string) string { return filepath.Join(s.dir, name) }

// holds reads a file to see whether it is there and undamaged.
func (s store) holds(name string) bool {
	data, err := os.ReadFile(s.path(name))
	return err == nil && strings.TrimSuffix(name, ".a") == hexSum(data)
}

// untouched tells, without reading it, whether a file is as it was when it was
// added.
func (s store) untouched(f stored) bool {
	info, err := os.Stat(s.path(f.Name))
	return err == nil && info.Size() == f.Size && info.ModTime().UnixNano() == f.ModTime
}

// lately is how long a file stays that nobody refers to: somebody may be about
// to.
const lately = time.Hour

// sweep removes the files that are not among those to keep, and what writers
// that were killed have left behind.
func (s store) sweep(keep map[string]bool) error {
	entries, err := os.ReadDir(s.dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || keep[e.Name()] || time.Since(info.ModTime()) < lately {
			continue
		}
		os.Remove(s.path(e.Name()))
	}
	return nil
}

func hexSum(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// prepared is what an environment remembers of the files that it needs.
type prepared struct {
	Packages map[string]stored // import path → compiled package
	Libgcc   *stored           // what the linker needs of the C compiler, if anything
	Helper   *stored           // the program that suites about processes start
}

// files returns all of them.
func (p prepared) files() []stored {
	files := slices.Collect(maps.Values(p.Packages))
	for _, f := range []*stored{p.Libgcc, p.Helper} {
		if f != nil {
			files = append(files, *f)
		}
	}
	return files
}

const preparedFile = "prepared.json"

// load reads what an earlier Prepare has saved, if all of it is still there.
func (e *Environment) load() bool {
	var p prepared
	data, err := os.ReadFile(filepath.Join(e.cache, preparedFile))
	if err != nil || json.Unmarshal(data, &p) != nil {
		return false
	}
	for _, f := range p.files() {
		if !e.store.untouched(f) {
			return false
		}
	}
	e.use(p)
	return len(e.exports) > 0
}

func (e *Environment) use(p prepared) {
	e.prepared = p
	e.exports = map[string]string{}
	for path, f := range p.Packages {
		e.exports[path] = e.store.path(f.Name)
	}
	e.tools.libgcc = ""
	if p.Libgcc != nil {
		e.tools.libgcc = e.store.path(p.Libgcc.Name)
	}
}

// save puts compiled packages, and the library of the C compiler if there is
// one, into the store, and remembers them.
func (e *Environment) save(exports map[string]string, libgcc, helper string) error {
	p := prepared{Packages: map[string]stored{}}
	for path, file := range exports {
		f, err := e.store.add(file)
		if err != nil {
			return err
		}
		p.Packages[path] = f
	}
	for _, single := range []struct {
		path string
		into **stored
	}{{libgcc, &p.Libgcc}, {helper, &p.Helper}} {
		if single.path == "" {
			continue
		}
		f, err := e.store.add(single.path)
		if err != nil {
			return err
		}
		*single.into = &f
	}
	data, err := json.Marshal(p)
	if err != nil {
		return err
	}
	if err := WriteFile(filepath.Join(e.cache, preparedFile), data); err != nil {
		return err
	}
	e.use(p)
	return e.dropStale()
}

// damaged reads all files of the environment, forgets the environment if one
// of them is not what it should be, and tells whether that is so.
func (e *Environment) damaged() bool {
	bad := slices.ContainsFunc(e.prepared.files(), func(f stored) bool { return !e.store.holds(f.Name) })
	if bad {
		os.Remove(filepath.Join(e.cache, preparedFile))
	}
	return bad
}

// dropStale removes what was prepared for earlier versions of the exercise,
// and then the files that nobody needs any more.
func (e *Environment) dropStale() error {
	base := filepath.Dir(e.cache)
	old, err := filepath.Glob(filepath.Join(base, e.slug+"-*"))
	if err != nil {
		return err
	}
	type entry struct {
		path string
		age  time.Time
	}
	var entries []entry
	for _, path := range old {
		if info, err := os.Stat(path); err == nil && path != e.cache {
			entries = append(entries, entry{path, info.ModTime()})
		}
	}
	slices.SortFunc(entries, func(a, b entry) int { return b.age.Compare(a.age) })
	const keep = 3 // other checkouts of the project may be in use
	for i, en := range entries {
		if i >= keep {
			os.RemoveAll(en.path)
		}
	}
	needed := map[string]bool{}
	all, err := filepath.Glob(filepath.Join(base, "*", preparedFile))
	if err != nil {
		return err
	}
	for _, path := range all {
		var p prepared
		data, err := os.ReadFile(path)
		if err != nil || json.Unmarshal(data, &p) != nil {
			continue // it is being removed, or will be made anew
		}
		for _, f := range p.files() {
			needed[f.Name] = true
		}
	}
	return e.store.sweep(needed)
}

// WriteFile writes a file so that nobody ever sees a part of it.
func WriteFile(path string, data []byte) error {
	return writeFile(path, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

// writeFile is WriteFile for content that is written by a function.
func writeFile(path string, content func(io.Writer) error) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return err
	}
	tmp, err := pending(path)
	if err != nil {
		return err
	}
	if err = content(tmp); err != nil {
		os.Remove(tmp.Name())
		tmp.Close()
		return err
	}
	return finish(tmp, path)
}

// repaired runs f, and runs it again if it fails because something in a cache
// is damaged, which mend mends.
func repaired(f func() error, mend func(damage *damagedError) error) error {
	err := f()
	var damage *damagedError
	if !errors.As(err, &damage) {
		return err
	}
	if err := mend(damage); err != nil {
		return fmt.Errorf("%w; it could not be made anew: %w", damage, err)
	}
	return f()
}
