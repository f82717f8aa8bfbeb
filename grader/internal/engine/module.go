package engine

import (
	"cmp"
	"context"
	"fmt"
	"go/version"
	"os"
	"path/filepath"
	"strings"

	"example.com/gokata/grader/internal/build"
	"example.com/gokata/grader/internal/wire"
)

// A module is where the packages that are explored come from.
type module struct {
	dir     string // where the go command finds them
	home    string // where the user has them: the same, unless they were adopted
	adopted bool
}

// findModule returns the module that a directory lies in. If there is none it
// makes one, in tmp, in the given language version.
func findModule(ctx context.Context, ws *build.Workspace, dir, tmp, lang string) (module, error) {
	// The go command tells where packages are without symbolic links.
	home, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return module{}, err
	}
	m := module{dir: home, home: home}
	bare, err := ws.Bare(ctx, home)
	if err != nil || !bare {
		return m, err
	}
	if tmp, err = filepath.EvalSymlinks(tmp); err != nil {
		return m, err
	}
	m.dir, m.adopted = filepath.Join(tmp, "module"), true
	return m, m.adopt(version.Lang(cmp.Or(lang, ws.Go)))
}

// adopt makes a module of a folder that is none.
func (m module) adopt(lang string) error {
	if err := os.Mkdir(m.dir, 0o777); err != nil {
		return err
	}
	mod := fmt.Sprintf("module explored\n\ngo %s\n", strings.TrimPrefix(lang, "go"))
	if err := os.WriteFile(filepath.Join(m.dir, "go.mod"), []byte(mod), 0o666); err != nil {
		return err
	}
	entries, err := os.ReadDir(m.home)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		name := filepath.Join(m.home, entry.Name())
		if info, err := os.Stat(name); err != nil || !info.Mode().IsRegular() {
			continue
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(m.dir, entry.Name()), data, 0o666); err != nil {
			return err
		}
	}
	return nil
}

// original returns where the user has the directory of a package.
func (m module) original(dir string) string {
	if m.adopted {
		return m.home
	}
	return dir
}

// place returns the way from where the exploration began to the directory of a
// package: "." or "./sub".
func (m module) place(dir string) string {
	rel, err := filepath.Rel(m.dir, dir)
	if err != nil || rel == "." {
		return "."
	}
	return "./" + filepath.ToSlash(rel)
}

// prefix returns what stands before the names of a package's files in the
// program's line table: for the user's own the directory, as go test has it,
// for there are libraries that look at it.
func (m module) prefix(p *build.Package) string {
	if p.Own {
		return slashed(m.original(p.Dir))
	}
	return "/module/" + p.Path + "/"
}

// names says what reports call the user's files: by the way from where the
// exploration began, or by the import path where they lie elsewhere in the
// module.
func (m module) names(packages []*build.Package) wire.Names {
	names := wire.Names{{Dir: slashed(m.home)}}
	for _, p := range packages {
		if p.Own && !m.adopted && p.ModuleDir != m.home {
			return append(names, wire.Root{Dir: slashed(p.ModuleDir), Shown: p.ModulePath + "/"})
		}
	}
	return names
}

// slashed returns a directory with one slash behind it.
func slashed(dir string) string { return strings.TrimSuffix(filepath.ToSlash(dir), "/") + "/" }
