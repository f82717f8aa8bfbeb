package sandbox

import (
	"debug/elf"
	"io"
	"path/filepath"
	"slices"
	"strings"
)

// linked returns the dynamic linker that a program names and the libraries
// that this will load, "" and none for a static program. With the race detector
// most programs are linked to the C library. Naming the files one by one keeps
// everything else in those directories out of reach.
func linked(path string) (interpreter string, libraries []string, err error) {
	interpreter, needed, err := imports(path)
	if err != nil || interpreter == "" {
		return "", nil, err
	}
	// The linker's own directory is the first of its defaults on most systems;
	// the others are those of Debian, Fedora and Alpine.
	real, err := filepath.EvalSymlinks(interpreter)
	if err != nil {
		return "", nil, err
	}
	triplet := filepath.Base(filepath.Dir(real))
	dirs := []string{"/lib/" + triplet, "/usr/lib/" + triplet, "/lib64", "/usr/lib64", "/lib", "/usr/lib", filepath.Dir(real)}
	for seen := []string(nil); len(needed) > 0; needed = needed[1:] {
		if slices.Contains(seen, needed[0]) || strings.Contains(needed[0], "/") {
			continue
		}
		seen = append(seen, needed[0])
		for _, dir := range dirs {
			file := filepath.Join(dir, needed[0])
			_, more, err := imports(file)
			if err != nil {
				continue // not here; what is nowhere, the linker itself complains about
			}
			libraries, needed = append(libraries, file), append(needed, more...)
			break
		}
	}
	return interpreter, libraries, nil
}

func imports(path string) (interpreter string, libraries []string, err error) {
	f, err := elf.Open(path)
	if err != nil {
		return "", nil, err
	}
	defer f.Close()
	for _, p := range f.Progs {
		if p.Type == elf.PT_INTERP {
			name, err := io.ReadAll(p.Open())
			if err != nil {
				return "", nil, err
			}
			interpreter = strings.TrimRight(string(name), "\x00")
		}
	}
	libraries, err = f.ImportedLibraries()
	return interpreter, libraries, err
}
