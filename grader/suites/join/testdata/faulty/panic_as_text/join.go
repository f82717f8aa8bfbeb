// want: panic
// Fault: the caller panics with a text about the value instead of the value.

package join

import (
	"errors"
	"fmt"
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
			panic(fmt.Sprintf("join: a function panicked: %v", v))
		}
	}
	return errors.Join(errs...)
}
