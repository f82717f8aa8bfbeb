// want: result
// Fault: Collect waits for the functions, but not for the goroutine that puts their results in place.

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
	var mu sync.Mutex // guards the three slices
	results := make([]T, len(fns))
	errs := make([]error, len(fns))
	panics := make([]any, len(fns))
	outcomes := make(chan outcome[T])
	go func() {
		for o := range outcomes {
			mu.Lock()
			results[o.index], errs[o.index], panics[o.index] = o.value, o.err, o.panic
			mu.Unlock()
		}
	}()
	var wg sync.WaitGroup
	for i, fn := range fns {
		wg.Go(func() {
			o := outcome[T]{index: i}
			defer func() {
				o.panic = recover()
				outcomes <- o
			}()
			o.value, o.err = fn()
		})
	}
	wg.Wait()
	close(outcomes)
	mu.Lock()
	defer mu.Unlock()
	for _, v := range panics {
		if v != nil {
			panic(v)
		}
	}
	return append([]T{}, results...), errors.Join(errs...)
}
