package advice

import (
	"errors"
	"fmt"
	"go/types"
	"io/fs"
	"reflect"

	"golang.org/x/tools/go/analysis"
)

// runner runs analyzers on one package, each once and after those that it
// requires.
type runner struct {
	unit  *unit
	done  map[*analysis.Analyzer]*outcome
	facts map[fact]analysis.Fact
}

// outcome is what came of an analyzer.
type outcome struct {
	result any
	found  []analysis.Diagnostic
	err    error
}

// fact identifies something that an analyzer has noted about an object of the
// package, or with a nil object about the package. Of other packages nothing is
// known: they are there in compiled form only.
type fact struct {
	object types.Object
	kind   reflect.Type
}

func newRunner(u *unit) *runner {
	return &runner{unit: u, done: map[*analysis.Analyzer]*outcome{}, facts: map[fact]analysis.Fact{}}
}

// run returns what an analyzer finds; nothing if it fails.
func (r *runner) run(a *analysis.Analyzer) []analysis.Diagnostic {
	if o := r.outcome(a); o.err == nil {
		return o.found
	}
	return nil
}

func (r *runner) outcome(a *analysis.Analyzer) *outcome {
	if o := r.done[a]; o != nil {
		return o
	}
	o := &outcome{}
	r.done[a] = o
	pass := r.pass(a, o)
	for _, need := range a.Requires {
		before := r.outcome(need)
		if before.err != nil {
			o.err = fmt.Errorf("%s needs %w", a.Name, before.err)
			return o
		}
		pass.ResultOf[need] = before.result
	}
	o.result, o.err = safely(a, pass)
	return o
}

// safely calls the analyzer. What it finds may depend on code that its authors
// have never thought of.
func safely(a *analysis.Analyzer, pass *analysis.Pass) (result any, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("%s: %v", a.Name, v)
		}
	}()
	return a.Run(pass)
}

func (r *runner) pass(a *analysis.Analyzer, o *outcome) *analysis.Pass {
	u := r.unit
	return &analysis.Pass{
		Analyzer: a, Fset: u.fset, Files: u.files, Pkg: u.pkg, TypesInfo: u.info, TypesSizes: u.sizes,
		Module:   &analysis.Module{Path: u.path, GoVersion: u.lang},
		Report:   func(d analysis.Diagnostic) { o.found = append(o.found, d) },
		ResultOf: map[*analysis.Analyzer]any{},
		ReadFile: func(name string) ([]byte, error) {
			if text, ok := u.texts[name]; ok {
				return text, nil
			}
			return nil, &fs.PathError{Op: "read", Path: name, Err: errors.ErrUnsupported}
		},
		ImportObjectFact: func(obj types.Object, f analysis.Fact) bool { return r.recall(obj, f) },
		ExportObjectFact: func(obj types.Object, f analysis.Fact) { r.note(obj, f) },
		ImportPackageFact: func(pkg *types.Package, f analysis.Fact) bool {
			return pkg == u.pkg && r.recall(nil, f)
		},
		ExportPackageFact: func(f analysis.Fact) { r.note(nil, f) },
		AllObjectFacts:    func() []analysis.ObjectFact { return nil },
		AllPackageFacts:   func() []analysis.PackageFact { return nil },
	}
}

func (r *runner) note(obj types.Object, f analysis.Fact) {
	r.facts[fact{obj, reflect.TypeOf(f)}] = f
}

func (r *runner) recall(obj types.Object, f analysis.Fact) bool {
	noted, ok := r.facts[fact{obj, reflect.TypeOf(f)}]
	if ok {
		reflect.ValueOf(f).Elem().Set(reflect.ValueOf(noted).Elem())
	}
	return ok
}
