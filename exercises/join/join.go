// Package join starts functions side by side and waits for all of them.
package join

// All calls all fns side by side and returns when every one of them has ended.
// It returns errors.Join of their errors, in the order of the arguments; that
// is nil if none of them failed. Without functions it returns nil at once.
//
// If a function panics, All panics with the same value as soon as all the
// others have ended. If several panic, it is the value of the first of them in
// the order of the arguments.
//
// All may be called by several goroutines at once, and by fns.
func All(fns ...func() error) error {
	panic("TODO: implement All")
}

// Collect is All for functions with a result. The result of fns[i] is at index
// i, whoever ends first; a function that fails puts there what it returned
// along with its error. The slice is as long as fns, also if there are errors.
func Collect[T any](fns ...func() (T, error)) ([]T, error) {
	panic("TODO: implement Collect")
}
