// Package join: an atomic count; whoever takes it to zero closes a channel.
package join

import (
	"errors"
	"sync/atomic"
)

type outcome[T any] struct {
	result T
	err    error
	panics *any
}

func All(fns ...func() error) error {
	_, err := gather(len(fns), func(i int) (struct{}, error) { return struct{}{}, fns[i]() })
	return err
}

func Collect[T any](fns ...func() (T, error)) ([]T, error) {
	return gather(len(fns), func(i int) (T, error) { return fns[i]() })
}

func gather[T any](n int, fn func(i int) (T, error)) ([]T, error) {
	outcomes := make([]outcome[T], n)
	done := make(chan struct{})
	var left atomic.Int64
	left.Store(int64(n) + 1)
	end := func() {
		if left.Add(-1) == 0 {
			close(done)
		}
	}
	for i := range outcomes {
		go func() {
			defer end()
			o := &outcomes[i]
			defer func() {
				if v := recover(); v != nil {
					o.panics = &v
				}
			}()
			o.result, o.err = fn(i)
		}()
	}
	end()
	<-done
	results := make([]T, 0, n)
	var errs []error
	for _, o := range outcomes {
		if o.panics != nil {
			panic(*o.panics)
		}
		results = append(results, o.result)
		if o.err != nil {
			errs = append(errs, o.err)
		}
	}
	return results, errors.Join(errs...)
}
