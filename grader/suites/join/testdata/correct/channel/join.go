// Package join: every function sends one message, and the caller receives as
// many as there are functions.
package join

import "errors"

type message[T any] struct {
	index    int
	result   T
	err      error
	panicked bool
	value    any
}

func All(fns ...func() error) error {
	wrapped := make([]func() (struct{}, error), len(fns))
	for i, fn := range fns {
		wrapped[i] = func() (struct{}, error) { return struct{}{}, fn() }
	}
	_, err := Collect(wrapped...)
	return err
}

func Collect[T any](fns ...func() (T, error)) ([]T, error) {
	inbox := make(chan message[T])
	for i, fn := range fns {
		go call(i, fn, inbox)
	}
	results := make([]T, len(fns))
	errs := make([]error, len(fns))
	first := message[T]{index: len(fns)}
	for range fns {
		m := <-inbox
		results[m.index], errs[m.index] = m.result, m.err
		if m.panicked && m.index < first.index {
			first = m
		}
	}
	if first.panicked {
		panic(first.value)
	}
	return results, errors.Join(errs...)
}

func call[T any](i int, fn func() (T, error), inbox chan<- message[T]) {
	m := message[T]{index: i, panicked: true}
	defer func() {
		if m.panicked {
			m.value = recover()
		}
		inbox <- m
	}()
	m.result, m.err = fn()
	m.panicked = false
}
