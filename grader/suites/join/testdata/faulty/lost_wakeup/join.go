// want: deadlock
// Fault: the count is read outside of the lock, so that the signal may come between the look and the wait.
// Plain: passes

package join

import (
	"errors"
	"sync"
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
	var mu sync.Mutex
	idle := sync.NewCond(&mu)
	var left atomic.Int64
	left.Store(int64(n))
	for i := range n {
		go func() {
			defer func() {
				panics[i] = recover()
				if left.Add(-1) == 0 {
					idle.Signal()
				}
			}()
			errs[i] = fn(i)
		}()
	}
	for left.Load() > 0 {
		mu.Lock()
		idle.Wait()
		mu.Unlock()
	}
	for _, v := range panics {
		if v != nil {
			panic(v)
		}
	}
	return errors.Join(errs...)
}
