// Package join: a channel of its own for every function, received from in the
// order of the arguments.
package join

import "errors"

type future[T any] struct {
	value chan T
	err   chan error
	panic chan any
}

func start[T any](fn func() (T, error)) future[T] {
	f := future[T]{make(chan T, 1), make(chan error, 1), make(chan any, 1)}
	go func() {
		defer func() {
			if v := recover(); v != nil {
				f.panic <- v
			}
		}()
		v, err := fn()
		f.value <- v
		f.err <- err
	}()
	return f
}

func Collect[T any](fns ...func() (T, error)) ([]T, error) {
	var futures []future[T]
	for _, fn := range fns {
		futures = append(futures, start(fn))
	}
	var results []T
	var errs []error
	var panics []any
	for _, f := range futures {
		select {
		case v := <-f.value:
			results, errs = append(results, v), append(errs, <-f.err)
		case v := <-f.panic:
			panics = append(panics, v)
		}
	}
	if len(panics) > 0 {
		panic(panics[0])
	}
	return results, errors.Join(errs...)
}

func All(fns ...func() error) error {
	var wrapped []func() (any, error)
	for _, fn := range fns {
		wrapped = append(wrapped, func() (any, error) { return nil, fn() })
	}
	_, err := Collect(wrapped...)
	return err
}
