// want: join
// Fault: wg.Add is called inside the goroutine, so Wait may find a count of zero.

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
	errs := make([]error, n)
	panics := make([]any, n)
	var wg sync.WaitGroup
	for i := range n {
		go func() {
			wg.Add(1)
			defer wg.Done()
			defer func() { panics[i] = recover() }()
			errs[i] = fn(i)
		}()
	}
	wg.Wait()
	for _, v := range panics {
		if v != nil {
			panic(v)
		}
	}
	return errors.Join(errs...)
}
