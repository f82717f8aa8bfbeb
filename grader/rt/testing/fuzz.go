package testing

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
)

// F is the twin of testing.F. Fuzz runs the target on the seeds.
type F struct {
	common
	seeds []seed
	fuzzy bool // Fuzz was called
}

// seed is one set of arguments.
type seed struct {
	name string
	args []any
}

//go:norace
func newF(s *session, name string) *F {
	f := &F{}
	f.init(s, nil, name)
	return f
}

// fuzz runs one fuzz target and tells whether it passed.
func (s *session) fuzz(name string, target func(*F)) bool {
	f := newF(s, name)
	return f.runTop(func() {
		target(f)
		if !f.fuzzy && !f.Failed() {
			f.Error("returned without calling F.Fuzz, F.Fail, or F.Skip")
		}
	})
}

// fuzzed are the types that the arguments of a fuzz target may have.
var fuzzed = []reflect.Type{
	reflect.TypeFor[[]byte](), reflect.TypeFor[string](), reflect.TypeFor[bool](),
	reflect.TypeFor[float32](), reflect.TypeFor[float64](),
	reflect.TypeFor[int](), reflect.TypeFor[int8](), reflect.TypeFor[int16](), reflect.TypeFor[int32](), reflect.TypeFor[int64](),
	reflect.TypeFor[uint](), reflect.TypeFor[uint8](), reflect.TypeFor[uint16](), reflect.TypeFor[uint32](), reflect.TypeFor[uint64](),
}

// Add is the twin of (*testing.F).Add.
func (f *F) Add(args ...any) {
	for _, arg := range args {
		if t := reflect.TypeOf(arg); !slices.Contains(fuzzed, t) {
			panic(fmt.Sprintf("testing: unsupported type to Add %v", t))
		}
	}
	f.seeds = append(f.seeds, seed{"seed#" + strconv.Itoa(len(f.seeds)), slices.Clone(args)})
}

// Fuzz is the twin of (*testing.F).Fuzz: it calls ff with every seed, each time
// as a subtest.
func (f *F) Fuzz(ff any) {
	if f.fuzzy {
		panic("testing: F.Fuzz called more than once")
	}
	f.fuzzy = true
	if f.Failed() {
		return
	}
	f.Helper()
	fn := reflect.ValueOf(ff)
	types := targetTypes(fn.Type())
	for _, s := range f.seeds {
		if err := checkTypes(s.args, types); err != nil {
			f.Fatal(err)
		}
	}
	files, err := readCorpus(filepath.Join("testdata", "fuzz", f.name), types)
	if err != nil {
		f.Fatal(err)
	}
	for _, s := range slices.Concat(f.seeds, files) {
		f.try(fn, s)
	}
}

// try runs the target on one seed.
//
//go:norace
func (f *F) try(fn reflect.Value, s seed) {
	t := newT(f.s, &f.common, f.name+"/"+s.name)
	f.inFuzz = true
	t.start(func() {
		args := []reflect.Value{reflect.ValueOf(t)}
		for _, a := range s.args {
			args = append(args, reflect.ValueOf(a))
		}
		fn.Call(args)
	})
	t.back.wait()
	f.inFuzz = false
}

// targetTypes returns the types of a target's arguments after the first.
func targetTypes(t reflect.Type) []reflect.Type {
	if t.Kind() != reflect.Func {
		panic("testing: F.Fuzz must receive a function")
	}
	if t.NumIn() < 2 || t.In(0) != reflect.TypeFor[*T]() {
		panic("testing: fuzz target must receive at least two arguments, where the first argument is a *T")
	}
	if t.NumOut() != 0 {
		panic("testing: fuzz target must not return a value")
	}
	var types []reflect.Type
	for i := 1; i < t.NumIn(); i++ {
		if !slices.Contains(fuzzed, t.In(i)) {
			panic(fmt.Sprintf("testing: unsupported type for fuzzing %v", t.In(i)))
		}
		types = append(types, t.In(i))
	}
	return types
}

// readCorpus reads the seeds in a directory, in the order of their names. It
// is no error if there is no directory.
func readCorpus(dir string, types []reflect.Type) ([]seed, error) {
	entries, err := os.ReadDir(dir)
	if os.IsNotExist(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var seeds []seed
	for _, e := range entries {
		if e.IsDir() {
			continue
		}
		name := filepath.Join(dir, e.Name())
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		args, err := parseSeed(string(data))
		if err == nil {
			err = checkTypes(args, types)
		}
		if err != nil {
			return nil, fmt.Errorf("%q: %w", name, err)
		}
		seeds = append(seeds, seed{e.Name(), args})
	}
	return seeds, nil
}
