package instrument

import (
	"go/types"
	"slices"
)

// A typeSet holds the underlying types of the values that an expression may
// have: one, unless its type is a type parameter.
type typeSet []types.Type

// setOf returns the underlying types that a type stands for. There are none
// for a type parameter that may stand for any type.
func setOf(t types.Type) typeSet {
	if p, ok := types.Unalias(t).(*types.TypeParam); ok {
		return constrained(p.Constraint())
	}
	return typeSet{t.Underlying()}
}

// constrained returns the underlying types of all that satisfies a constraint,
// or more, where two of its elements differ in ~ only.
func constrained(t types.Type) typeSet {
	switch t := t.Underlying().(type) {
	case *types.Interface:
		var set typeSet
		for e := range t.EmbeddedTypes() {
			if s := constrained(e); set == nil {
				set = s
			} else if s != nil {
				set = slices.DeleteFunc(set, func(t types.Type) bool { return !s.has(t) })
			}
		}
		return set
	case *types.Union:
		var set typeSet
		for term := range t.Terms() {
			set = append(set, constrained(term.Type())...)
		}
		return set
	default:
		return typeSet{t}
	}
}

func (s typeSet) has(t types.Type) bool {
	return slices.ContainsFunc(s, func(u types.Type) bool { return types.Identical(t, u) })
}

// isChan tells whether t is a channel, or a type parameter that stands for
// channels. The first of them tells, for no operation is possible both on a
// channel and on something else.
func isChan(t types.Type) bool {
	set := setOf(t)
	if len(set) == 0 {
		return false
	}
	_, ok := set[0].(*types.Chan)
	return ok
}

// isCount tells whether t is what a range over an integer ranges over.
func isCount(t types.Type) bool {
	set := setOf(t)
	if len(set) == 0 {
		return false
	}
	b, ok := set[0].(*types.Basic)
	return ok && b.Info()&types.IsInteger != 0
}

// sameElem tells whether all channels that t stands for have the same element
// type.
func sameElem(t types.Type) bool {
	var elem types.Type
	for _, u := range setOf(t) {
		c, ok := u.(*types.Chan)
		if ok && elem != nil && !types.Identical(c.Elem(), elem) {
			return false
		}
		if ok {
			elem = c.Elem()
		}
	}
	return true
}
