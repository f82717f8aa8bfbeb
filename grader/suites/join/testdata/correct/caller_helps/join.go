// Package join: the caller runs the last function itself.
package join

import (
	"errors"
	"sync"
)

// call runs fn and returns what it panicked with, if it did.
func call(fn func() error) (err error, panicked bool, value any) {
	panicked = true
	defer func() {
		if panicked {
			value = recover()
		}
	}()
	err = fn()
	return err, false, nil
}

func All(fns ...func() error) error {
	n := len(fns)
	if n == 0 {
		return nil
	}
	errs := make([]error, n)
	panicked := make([]bool, n)
	values := make([]any, n)
	var others sync.WaitGroup
	others.Add(n - 1)
	for i := 0; i < n-1; i++ {
		go func() {
			defer others.Done()
			errs[i], panicked[i], values[i] = call(fns[i])
		}()
	}
	errs[n-1], panicked[n-1], values[n-1] = call(fns[n-1])
	others.Wait()
	for i := range panicked {
		if panicked[i] {
			panic(values[i])
		}
	}
	return errors.Join(errs...)
}

func Collect[T any](fns ...func() (T, error)) ([]T, error) {
	results := make([]T, len(fns))
	var all []func() error
	for i, fn := range fns {
		all = append(all, func() error {
			var err error
			results[i], err = fn()
			return err
		})
	}
	return results, All(all...)
}
