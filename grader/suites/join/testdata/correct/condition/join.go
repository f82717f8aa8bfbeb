// Package join: a count under a mutex, and a condition for its end.
package join

import (
	"errors"
	"sync"
)

type group struct {
	mu      sync.Mutex
	idle    *sync.Cond // running has become 0
	running int
	errs    map[int]error
	panics  map[int]any
}

func newGroup() *group {
	g := &group{errs: map[int]error{}, panics: map[int]any{}}
	g.idle = sync.NewCond(&g.mu)
	return g
}

func (g *group) start(i int, fn func() error) {
	g.mu.Lock()
	g.running++
	g.mu.Unlock()
	go func() {
		var err error
		defer func() {
			v := recover()
			g.mu.Lock()
			defer g.mu.Unlock()
			if v != nil {
				g.panics[i] = v
			}
			if err != nil {
				g.errs[i] = err
			}
			g.running--
			if g.running == 0 {
				g.idle.Broadcast()
			}
		}()
		err = fn()
	}()
}

func (g *group) wait(n int) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	for g.running > 0 {
		g.idle.Wait()
	}
	for i := range n {
		if v, ok := g.panics[i]; ok {
			panic(v)
		}
	}
	var errs []error
	for i := range n {
		errs = append(errs, g.errs[i])
	}
	return errors.Join(errs...)
}

func All(fns ...func() error) error {
	g := newGroup()
	for i, fn := range fns {
		g.start(i, fn)
	}
	return g.wait(len(fns))
}

func Collect[T any](fns ...func() (T, error)) ([]T, error) {
	g := newGroup()
	results := make([]T, len(fns))
	for i, fn := range fns {
		g.start(i, func() (err error) {
			results[i], err = fn()
			return err
		})
	}
	return results, g.wait(len(fns))
}
