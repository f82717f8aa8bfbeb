// want: panic
// Fault: a panic is raised again as soon as it is known, while other functions are still running.

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
	panicked := make(chan any, n)
	done := make(chan struct{})
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			defer func() {
				if v := recover(); v != nil {
					panicked <- v
				}
			}()
			errs[i] = fn(i)
		})
	}
	go func() {
		wg.Wait()
		close(done)
	}()
	select {
	case v := <-panicked:
		panic(v)
	case <-done:
	}
	if len(panicked) > 0 {
		panic(<-panicked)
	}
	return errors.Join(errs...)
}
