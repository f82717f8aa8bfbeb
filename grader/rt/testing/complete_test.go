package testing_test

import (
	"go/importer"
	"go/token"
	"go/types"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader/internal/sched"
)

// own are the names that the original does not have.
var own = map[string]bool{"Sink": true, "RunTest": true, "RunFuzz": true}

// Every exported name of the original is there, with the same signature; so
// are the exported methods and fields of its types.
func TestTwinIsComplete(t *testing.T) {
	if sched.RaceEnabled {
		t.Skip("reads sources only, and slowly")
	}
	load := importer.ForCompiler(token.NewFileSet(), "source", nil)
	original, err := load.Import("testing")
	require.NoError(t, err)
	twin, err := load.Import("example.com/gokata/grader/rt/testing")
	require.NoError(t, err)
	n := 0
	for _, name := range original.Scope().Names() {
		want := original.Scope().Lookup(name)
		if !want.Exported() {
			continue
		}
		n++
		got := twin.Scope().Lookup(name)
		if !assert.NotNil(t, got, "%s is missing", name) {
			continue
		}
		switch {
		case name == "MainStart": // has a parameter of a type that is not exported
		case types.Identical(want.Type(), got.Type()): // an alias
		case isType(want):
			assert.Equal(t, members(want.Type()), members(got.Type()), "members of %s", name)
		default:
			assert.Equal(t, typeString(want.Type()), typeString(got.Type()), name)
		}
	}
	assert.Greater(t, n, 20)
	for _, name := range twin.Scope().Names() {
		if twin.Scope().Lookup(name).Exported() && !own[name] {
			assert.NotNil(t, original.Scope().Lookup(name), "%s is not in the original", name)
		}
	}
}

func isType(o types.Object) bool {
	_, ok := o.(*types.TypeName)
	return ok
}

// typeString writes a type so that twins look like their originals.
func typeString(t types.Type) string { return types.TypeString(t, (*types.Package).Name) }

// members returns the exported methods and fields of a type.
func members(t types.Type) map[string]string {
	out := map[string]string{}
	set := types.NewMethodSet(types.NewPointer(t))
	if types.IsInterface(t) {
		set = types.NewMethodSet(t)
	}
	for i := range set.Len() {
		if m := set.At(i).Obj(); m.Exported() {
			out[m.Name()] = typeString(m.Type())
		}
	}
	if s, ok := t.Underlying().(*types.Struct); ok {
		for f := range s.Fields() {
			if f.Exported() {
				out[f.Name()] = typeString(f.Type())
			}
		}
	}
	return out
}
