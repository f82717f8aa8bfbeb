// want: join
// Fault: taking one off the count and looking at it are two steps, so that two functions may both find that they were the last.
// Plain: passes

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
			defer func() {
				panics[i] = recover()
				left.Add(-1)
				if left.Load() == 0 {
					close(done)
				}
			}()
			errs[i] = fn(i)
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
