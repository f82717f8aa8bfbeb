// Package join starts functions side by side and waits for all of them.
package join

import (
	"errors"
	"sync"
)

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
	return each(len(fns), func(i int) error { return fns[i]() })
}

// Collect is All for functions with a result. The result of fns[i] is at index
// i, whoever ends first; a function that fails puts there what it returned
// along with its error. The slice is as long as fns, also if there are errors.
func Collect[T any](fns ...func() (T, error)) ([]T, error) {
	results := make([]T, len(fns))
	err := each(len(fns), func(i int) (err error) {
		results[i], err = fns[i]()
		return err
	})
	return results, err
}

// each calls fn(0) to fn(n-1) side by side and does what All promises. Every
// goroutine writes to its own element only, so that no lock is needed: Wait
// orders all of it before what follows.
func each(n int, fn func(i int) error) error {
	errs := make([]error, n)
	panics := make([]any, n)
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			defer func() { panics[i] = recover() }()
			errs[i] = fn(i)
		})
	}
	wg.Wait()
	for _, v := range panics {
		if v != nil {
			panic(v)
		}
	}
	return errors.Join(errs...)
}
