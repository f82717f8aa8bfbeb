package build

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"example.com/gokata/grader"
)

// byGo lets the go command make the program in dir, from this project with the
// parts laid over its packages. That takes much longer than to compile and link
// what is new, and needs gcc. It is there for a Go whose tools take other
// arguments than we give them, and as a check: both ways make programs that
// come to the same verdicts.
func (e *Environment) byGo(ctx context.Context, parts Parts, mode, dir string) error {
	path, _, err := overlay(e.tools.root, filepath.Join(dir, "std"))
	if err != nil {
		return err
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var config struct{ Replace map[string]string }
	if err := json.Unmarshal(data, &config); err != nil {
		return err
	}
	// lay puts files in the place of those that a package has, if any.
	lay := func(pkg string, files []grader.File) error {
		place := filepath.Join(e.root, filepath.FromSlash(pkg))
		there, err := filepath.Glob(filepath.Join(place, "*.go"))
		if err != nil {
			return err
		}
		for _, file := range there {
			config.Replace[file] = "" // as if it were not there
		}
		for _, f := range files {
			laid := filepath.Join(dir, strings.ReplaceAll(pkg, "/", "_"), f.Name)
			if err := WriteFile(laid, f.Data); err != nil {
				return err
			}
			config.Replace[filepath.Join(place, f.Name)] = laid
		}
		return nil
	}
	const mainPackage = "grader/program" // which is nowhere but in the overlay
	if err := errors.Join(
		lay("exercises/"+e.slug, parts.Submission),
		lay("grader/suites/"+e.slug, parts.Suite),
		lay(mainPackage, []grader.File{e.main(mode)}),
	); err != nil {
		return err
	}
	if data, err = json.Marshal(config); err != nil {
		return err
	}
	if err := WriteFile(path, data); err != nil {
		return err
	}
	return runBounded(ctx, e.root, e.tools.goCmd, "build", "-race", "-trimpath", leanFlag, "-gcflags="+e.SuitePath()+"=-dwarf=false "+suiteFlag, "-ldflags=-s -w",
		"-overlay", path, "-o", filepath.Join(dir, programFile), "./"+mainPackage)
}

// main returns the main function of a program.
func (e *Environment) main(mode string) grader.File {
	return grader.File{Name: "main.go", Data: fmt.Appendf(nil, mainFile, Module+"/grader/suite", e.SuitePath(), mode)}
}

// otherTools tells whether err means that the tools do not understand us.
// About a submission they complain with file and line.
func otherTools(err error) bool {
	var te *toolError
	return errors.As(err, &te) && !te.killed() && len(parseDiagnostics(te.text)) == 0
}
