package suite

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"example.com/gokata/grader/internal/sched"
)

// Diff fails the case unless got equals want, and tells whether they are
// equal. The format and its arguments say in a few words what the two are:
// t.Diff(want, got, "the results of Map"). Two errors are equal if their texts
// are; errors within other values have to be compared one by one. Values of
// types that the learner defines are refused, for comparing them would run the
// learner's code.
//
//go:norace
func (t *T) Diff(want, got any, format string, args ...any) bool {
	sched.Hide()
	defer sched.Show()
	if same(want, got) {
		return true
	}
	for _, v := range []any{want, got} {
		if p := learnersType(reflect.TypeOf(v), 0); p != "" {
			panic("suite: Diff on " + p + ", a type of the submission; compare its parts")
		}
	}
	if equal(want, got) {
		return true
	}
	t.fail(format, fmt.Sprintf(format, args...)+": not as promised", show(want), show(got))
	return false
}

// same tells whether two values are of one of the types that are compared most,
// and are equal. Package reflect would say the same, but takes longer than the
// steps that are compared.
func same(want, got any) bool {
	switch want := want.(type) {
	case int:
		got, ok := got.(int)
		return ok && got == want
	case string:
		got, ok := got.(string)
		return ok && got == want
	case time.Duration:
		got, ok := got.(time.Duration)
		return ok && got == want
	case []int:
		got, ok := got.([]int)
		return ok && alike(want, got)
	case []string:
		got, ok := got.([]string)
		return ok && alike(want, got)
	}
	return false
}

func alike[T comparable](a, b []T) bool { return (a == nil) == (b == nil) && slices.Equal(a, b) }

// equal compares with package reflect. Package cmp says the same of most values,
// but makes a program so much larger that building and starting it takes a tenth
// of the time of a check.
func equal(want, got any) bool {
	a, isError := want.(error)
	b, isToo := got.(error)
	if isError && isToo {
		return a.Error() == b.Error()
	}
	return reflect.DeepEqual(want, got)
}

func show(v any) string {
	const most = 300
	s := fmt.Sprintf("%v", v)
	if k := reflect.ValueOf(v).Kind(); k == reflect.String {
		s = fmt.Sprintf("%q", v)
	}
	if len(s) > most {
		s = s[:most] + "…"
	}
	return s
}

// learnersType returns the name of a type within t that the submission
// defines, or "".
func learnersType(t reflect.Type, depth int) string {
	if t == nil || depth > 8 {
		return ""
	}
	if strings.Contains(t.PkgPath(), "/exercises/") {
		return t.String()
	}
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Chan:
		return learnersType(t.Elem(), depth+1)
	case reflect.Map:
		return learnersType(t.Key(), depth+1) + learnersType(t.Elem(), depth+1)
	case reflect.Struct:
		for f := range t.Fields() {
			if s := learnersType(f.Type, depth+1); s != "" {
				return s
			}
		}
	}
	return ""
}
