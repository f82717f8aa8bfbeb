// want: deadlock
// Fault: the last function to end closes the channel that the caller waits for; without functions there is no last one.

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
	errs := make([]error, n)
	panics := make([]any, n)
	done := make(chan struct{})
	var ended atomic.Int64
	for i := range n {
		go func() {
			defer func() {
				panics[i] = recover()
				if ended.Add(1) == int64(n) {
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
