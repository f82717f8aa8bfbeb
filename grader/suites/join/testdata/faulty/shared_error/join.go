// want: race
// Fault: all functions store their error in the same variable, which nothing guards.

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
	var err error
	failures := each(len(fns), func(i int) error {
		results[i], err = fns[i]()
		return err
	})
	return results, failures
}

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
