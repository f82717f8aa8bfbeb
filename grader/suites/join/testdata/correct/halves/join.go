// Package join: splits the functions in two halves, and each half again.
package join

import "errors"

func All(fns ...func() error) error {
	outcomes := make([]outcome, len(fns))
	split(fns, outcomes)
	return merge(outcomes)
}

func Collect[T any](fns ...func() (T, error)) ([]T, error) {
	results := make([]T, len(fns))
	all := make([]func() error, len(fns))
	for i, fn := range fns {
		all[i] = func() error {
			v, err := fn()
			results[i] = v
			return err
		}
	}
	err := All(all...)
	return results, err
}

type outcome struct {
	err      error
	panicked bool
	value    any
}

// split fills in the outcomes of fns.
func split(fns []func() error, outcomes []outcome) {
	switch len(fns) {
	case 0:
	case 1:
		outcomes[0].panicked = true
		defer func() { outcomes[0].value = recover() }()
		outcomes[0].err = fns[0]()
		outcomes[0].panicked = false
	default:
		half := len(fns) / 2
		right := make(chan struct{})
		go func() {
			defer close(right)
			split(fns[half:], outcomes[half:])
		}()
		split(fns[:half], outcomes[:half])
		<-right
	}
}

func merge(outcomes []outcome) error {
	errs := make([]error, len(outcomes))
	for i, o := range outcomes {
		if o.panicked {
			panic(o.value)
		}
		errs[i] = o.err
	}
	return errors.Join(errs...)
}
