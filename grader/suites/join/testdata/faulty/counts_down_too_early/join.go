// want: race
// Fault: the count goes down before the outcome is stored, so that nothing orders the caller after the last write.

package join

import (
	"errors"
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
	if n == 0 {
		return nil
	}
	errs := make([]error, n)
	panics := make([]any, n)
	done := make(chan struct{})
	var left atomic.Int64
	left.Store(int64(n))
	for i := range n {
		go func() {
			var err error
			defer func() {
				v := recover()
				if left.Add(-1) == 0 {
					close(done)
				}
				errs[i], panics[i] = err, v
			}()
			err = fn(i)
		}()
	}
	<-done
	for _, v := range panics {
		if v != nil {
			panic(v)
		}
	}
	return errors.Join(errs...)
}
