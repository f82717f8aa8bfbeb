// want: leak
// Fault: nobody closes the channel from which a goroutine takes the outcomes, so that it waits for ever.

package join

import (
	"errors"
	"sync"
)

func All(fns ...func() error) error {
	wrapped := make([]func() (struct{}, error), len(fns))
	for i, fn := range fns {
		wrapped[i] = func() (struct{}, error) { return struct{}{}, fn() }
	}
	_, err := Collect(wrapped...)
	return err
}

type outcome[T any] struct {
	index int
	value T
	err   error
	panic any
}

func Collect[T any](fns ...func() (T, error)) ([]T, error) {
	results := make([]T, len(fns))
	errs := make([]error, len(fns))
	panics := make([]any, len(fns))
	outcomes := make(chan outcome[T])
	var wg sync.WaitGroup
	wg.Add(len(fns))
	go func() {
		for o := range outcomes {
			results[o.index], errs[o.index], panics[o.index] = o.value, o.err, o.panic
			wg.Done()
		}
	}()
	for i, fn := range fns {
		go func() {
			o := outcome[T]{index: i}
			defer func() {
				o.panic = recover()
				outcomes <- o
			}()
			o.value, o.err = fn()
		}()
	}
	wg.Wait()
	for _, v := range panics {
		if v != nil {
			panic(v)
		}
	}
	return results, errors.Join(errs...)
}
