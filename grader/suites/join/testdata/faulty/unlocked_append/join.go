// want: race
// Fault: the errors are appended to one slice without a lock, so that some of them are lost now and then.

package join

import (
	"cmp"
	"errors"
	"slices"
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

type failure struct {
	index int
	err   error
}

func each(n int, fn func(i int) error) error {
	var failures []failure
	panics := make([]any, n)
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			defer func() { panics[i] = recover() }()
			if err := fn(i); err != nil {
				failures = append(failures, failure{i, err})
			}
		})
	}
	wg.Wait()
	slices.SortFunc(failures, func(a, b failure) int { return cmp.Compare(a.index, b.index) })
	var errs []error
	for _, f := range failures {
		errs = append(errs, f.err)
	}
	for _, v := range panics {
		if v != nil {
			panic(v)
		}
	}
	return errors.Join(errs...)
}
