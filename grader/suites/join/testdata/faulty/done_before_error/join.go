// want: result
// Fault: a function counts as ended before its error is noted, so that the last error may be missed.

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
	var mu sync.Mutex // guards errs
	errs := make([]error, n)
	panics := make([]any, n)
	var wg sync.WaitGroup
	wg.Add(n)
	for i := range n {
		go func() {
			err := call(fn, i, panics)
			wg.Done()
			mu.Lock()
			defer mu.Unlock()
			errs[i] = err
		}()
	}
	wg.Wait()
	mu.Lock()
	defer mu.Unlock()
	for _, v := range panics {
		if v != nil {
			panic(v)
		}
	}
	return errors.Join(errs...)
}

func call(fn func(i int) error, i int, panics []any) error {
	defer func() { panics[i] = recover() }()
	return fn(i)
}
