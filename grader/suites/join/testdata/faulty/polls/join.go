// want: join
// Fault: the caller looks every ten milliseconds whether all functions have ended.

package join

import (
	"errors"
	"sync/atomic"
	"time"
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
	var left atomic.Int64
	left.Store(int64(n))
	for i := range n {
		go func() {
			defer left.Add(-1)
			defer func() { panics[i] = recover() }()
			errs[i] = fn(i)
		}()
	}
	for left.Load() > 0 {
		time.Sleep(10 * time.Millisecond)
	}
	for _, v := range panics {
		if v != nil {
			panic(v)
		}
	}
	return errors.Join(errs...)
}
