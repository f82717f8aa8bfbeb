package rt_test

import (
	"go/importer"
	"go/token"
	"go/types"
	"path"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader/internal/sched"
)

const here = "example.com/gokata/grader/rt"

var originals = []string{"sync", "sync/atomic", "time", "context", "runtime"}

// load type-checks packages from their sources, once for all tests.
var load = sync.OnceValue(func() types.Importer {
	return importer.ForCompiler(token.NewFileSet(), "source", nil)
})

func twinOf(original string) string { return here + "/" + path.Base(original) }

// typeString writes a type so that twins look like their originals.
func typeString(t types.Type) string {
	return types.TypeString(t, func(p *types.Package) string {
		for _, o := range originals {
			if p.Path() == twinOf(o) {
				return o
			}
		}
		return p.Path()
	})
}

// Every exported name of an original is there in its twin, with the same
// signature; so are the exported methods and fields of its types.
func TestTwinsAreComplete(t *testing.T) {
	if sched.RaceEnabled {
		t.Skip("reads sources only, and slowly")
	}
	for _, name := range originals {
		t.Run(name, func(t *testing.T) {
			original, err := load().Import(name)
			require.NoError(t, err)
			twin, err := load().Import(twinOf(name))
			require.NoError(t, err)
			n := 0
			for _, name := range original.Scope().Names() {
				want := original.Scope().Lookup(name)
				if !want.Exported() {
					continue
				}
				n++
				got := twin.Scope().Lookup(name)
				if assert.NotNil(t, got, "%s is missing", name) {
					corresponds(t, want, got)
				}
			}
			assert.Greater(t, n, 5)
			for _, name := range twin.Scope().Names() {
				if twin.Scope().Lookup(name).Exported() {
					assert.NotNil(t, original.Scope().Lookup(name), "%s is not in the original", name)
				}
			}
		})
	}
}

func corresponds(t *testing.T, want, got types.Object) {
	t.Helper()
	name := want.Name()
	switch want := want.(type) {
	case *types.Const:
		require.IsType(t, want, got, name)
		assert.Equal(t, want.Val().ExactString(), got.(*types.Const).Val().ExactString(), name)
		assert.Equal(t, typeString(want.Type()), typeString(got.Type()), name)
	case *types.TypeName:
		require.IsType(t, want, got, name)
		if types.Identical(want.Type(), got.Type()) {
			return // an alias
		}
		assert.Equal(t, members(want.Type()), members(got.Type()), "members of %s", name)
	default:
		require.IsType(t, want, got, name)
		assert.Equal(t, typeString(want.Type()), typeString(got.Type()), name)
	}
}

// members returns the exported methods and fields of a type, parameter names
// included, since the documentation speaks of them.
func members(t types.Type) map[string]string {
	out := map[string]string{}
	if named, ok := t.(*types.Named); ok && named.TypeParams().Len() > 0 {
		out["type parameters"] = typeString(named.TypeParams().At(0).Constraint())
	}
	set := types.NewMethodSet(types.NewPointer(t))
	for i := range set.Len() {
		if m := set.At(i).Obj(); m.Exported() {
			out[m.Name()] = typeString(m.Type())
		}
	}
	if s, ok := t.Underlying().(*types.Struct); ok {
		for i := range s.NumFields() {
			if f := s.Field(i); f.Exported() {
				out[f.Name()] = typeString(f.Type())
			}
		}
	}
	if strings.HasPrefix(typeString(t), "func") {
		out["func"] = typeString(t.Underlying())
	}
	return out
}
