// want: join
// Fault: no more functions are started once one of them has failed.

package join

import (
	"errors"
	"sync"
	"sync/atomic"
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
	errs := make([]error, n)
	panics := make([]any, n)
	var failed atomic.Bool
	var wg sync.WaitGroup
	for i := range n {
		if failed.Load() {
			break
		}
		wg.Go(func() {
			defer func() { panics[i] = recover() }()
			if errs[i] = fn(i); errs[i] != nil {
				failed.Store(true)
			}
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
