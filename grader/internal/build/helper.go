package build

import (
	"context"
	"os"
	"path/filepath"
)

// HelperFile is the name, beside a program, of the one that suites about
// processes start.
const HelperFile = "child"

// buildHelper lets the go command make the helper program and returns where it
// is, "" if the suite needs none. It is an ordinary program, without the race
// detector and without the C library, so that it starts fast.
func (e *Environment) buildHelper(ctx context.Context) (string, error) {
	if !e.helped {
		return "", nil
	}
	if err := os.MkdirAll(e.cache, 0o777); err != nil {
		return "", err
	}
	f, err := os.CreateTemp(e.cache, HelperFile+"-*")
	if err != nil {
		return "", err
	}
	f.Close()
	_, err = run(ctx, e.root, e.tools.goCmd, "build", "-trimpath", "-ldflags=-s -w", "-o", f.Name(), "./grader/suite/child/helper")
	return f.Name(), err
}

// placeHelper puts the helper program, if there is one, beside a program.
func (e *Environment) placeHelper(ctx context.Context, dir string) error {
	if e.prepared.Helper == nil {
		return nil
	}
	if !e.store.holds(e.prepared.Helper.Name) {
		if err := e.prepare(ctx); err != nil {
			return err
		}
	}
	data, err := os.ReadFile(e.store.path(e.prepared.Helper.Name))
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, HelperFile), data, 0o777)
}
