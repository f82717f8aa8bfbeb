// want: parallel
// Fault: a channel is received from right after each start, so that the next function starts when the one before it has ended.

package join

import "errors"

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
	for i := range n {
		go func() {
			defer func() {
				panics[i] = recover()
				done <- struct{}{}
			}()
			errs[i] = fn(i)
		}()
		<-done
	}
	for _, v := range panics {
		if v != nil {
			panic(v)
		}
	}
	return errors.Join(errs...)
}
