package instrument

import (
	"go/ast"
	"go/token"
	"go/types"
)

// A place is somewhere in the source that a type may have to be written.
type place struct {
	visible func(types.Object) bool // whether a type's name means that type there
	qualify types.Qualifier         // how packages are called there
	home    *types.Package          // whose unexported fields may be written
}

// spell writes a type as source text, or reports that it cannot be written at
// that place.
func (p *place) spell(t types.Type) (string, bool) {
	if !p.can(t) {
		return "", false
	}
	return types.TypeString(t, p.qualify), true
}

func (p *place) can(t types.Type) bool {
	switch t := t.(type) {
	case *types.Basic:
		if obj := types.Universe.Lookup(t.Name()); obj != nil {
			return p.visible(obj)
		}
		return t.Kind() == types.UnsafePointer && p.visible(types.Unsafe.Scope().Lookup("Pointer"))
	case *types.Alias:
		return p.visible(t.Obj()) && p.canAll(t.TypeArgs())
	case *types.Named:
		return p.visible(t.Obj()) && p.canAll(t.TypeArgs())
	case *types.TypeParam:
		return p.visible(t.Obj())
	case *types.Map:
		return p.can(t.Key()) && p.can(t.Elem())
	case interface{ Elem() types.Type }: // pointer, slice, array, channel
		return p.can(t.Elem())
	case *types.Signature:
		return p.canTuple(t.Params()) && p.canTuple(t.Results())
	case *types.Struct:
		for f := range t.Fields() {
			if !p.canMember(f) || !p.can(f.Type()) {
				return false
			}
		}
		return true
	case *types.Interface:
		for e := range t.EmbeddedTypes() {
			if !p.can(e) {
				return false
			}
		}
		for m := range t.ExplicitMethods() {
			if !p.canMember(m) || !p.can(m.Type()) {
				return false
			}
		}
		return true
	}
	return false // unions stand in constraints only
}

func (p *place) canAll(list *types.TypeList) bool {
	for t := range list.Types() {
		if !p.can(t) {
			return false
		}
	}
	return true
}

func (p *place) canTuple(list *types.Tuple) bool {
	for v := range list.Variables() {
		if !p.can(v.Type()) {
			return false
		}
	}
	return true
}

// canMember reports whether a field or method can be declared: the unexported
// names of another package are different names.
func (p *place) canMember(m types.Object) bool { return m.Exported() || m.Pkg() == p.home }

// placeAt is the place at pos, among the local names and imports there.
func (p *pkg) placeAt(file *ast.File, pos token.Pos) *place {
	scope := p.types.Scope().Innermost(pos)
	means := func(name string, obj types.Object) bool {
		_, found := scope.LookupParent(name, pos)
		return found == obj
	}
	imports := map[*types.Package]string{}
	for _, spec := range file.Imports {
		obj := p.info.Implicits[spec]
		if spec.Name != nil {
			obj = p.info.Defs[spec.Name]
		}
		if name, ok := obj.(*types.PkgName); ok && means(name.Name(), name) {
			imports[name.Imported()] = name.Name()
		}
	}
	return &place{
		home: p.types,
		visible: func(obj types.Object) bool {
			if obj.Pkg() == nil || obj.Pkg() == p.types {
				return means(obj.Name(), obj)
			}
			return obj.Exported() && imports[obj.Pkg()] != ""
		},
		qualify: func(other *types.Package) string {
			return imports[other] // none for the package itself
		},
	}
}
