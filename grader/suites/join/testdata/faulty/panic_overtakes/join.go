// want: panic
// Fault: the caller runs the last function itself, so that a panic of that one is raised before the others have ended.

package join

import (
	"errors"
	"sync"
)

func All(fns ...func() error) error {
	return each(len(fns), func(i int) error { return fns[i]() })
}

func Collect[T any](fns ...func() (T, error)) ([]T, error) {
	results := make([]T, len(fns))
	err := each(len(fns), func(i int) (err error) {
		results[i], err = fns[i]()
		return err
	})
	return results, err
}

func each(n int, fn func(i int) error) error {
	if n == 0 {
		return nil
	}
	errs := make([]error, n)
	panics := make([]any, n)
	var wg sync.WaitGroup
	for i := range n - 1 {
		wg.Go(func() {
			defer func() { panics[i] = recover() }()
			errs[i] = fn(i)
		})
	}
	errs[n-1] = fn(n - 1)
	wg.Wait()
	for _, v := range panics {
		if v != nil {
			panic(v)
		}
	}
	return errors.Join(errs...)
}
