// want: parallel
// Fault: The lock that the workers need is held during merge.

package masterworker

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

var ErrTimeout = errors.New("masterworker: try took too long")

type PanicError struct{ Value any }

func (e *PanicError) Error() string { return fmt.Sprint("panic: ", e.Value) }

type Config struct {
	Workers, Outstanding, Retries int
	Timeout                       time.Duration
}

// state is what the master and the workers share.
type state[R any] struct {
	mu      sync.Mutex
	changed *sync.Cond
	next    int // the next task to begin
	limit   int // the first task that must not begin yet
	results []R
	errs    []error
	ended   []bool
	over    bool
	busy    int
}

func Run[T, R any](ctx context.Context, cfg Config, tasks []T, work func(context.Context, T) (R, error), merge func(task int, result R, err error)) error {
	if cfg.Workers < 1 || cfg.Outstanding < 1 {
		panic("masterworker: bad config")
	}
	n := len(tasks)
	s := &state[R]{limit: min(cfg.Outstanding, n), results: make([]R, n), errs: make([]error, n), ended: make([]bool, n)}
	s.changed = sync.NewCond(&s.mu)
	s.busy = min(cfg.Workers, n)
	for range s.busy {
		go worker(ctx, cfg, s, tasks, work)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var err error
	for i := 0; i < n && err == nil; i++ {
		for !s.ended[i] {
			s.changed.Wait()
		}
		if err = ctx.Err(); err == nil {
			merge(i, s.results[i], s.errs[i])
		}
		s.limit = min(n, s.limit+1)
		s.changed.Broadcast()
	}
	s.over = true
	s.changed.Broadcast()
	for s.busy > 0 {
		s.changed.Wait()
	}
	return err
}

func worker[T, R any](ctx context.Context, cfg Config, s *state[R], tasks []T, work func(context.Context, T) (R, error)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for {
		for s.next == s.limit && !s.over {
			s.changed.Wait()
		}
		if s.over {
			break
		}
		i := s.next
		s.next++
		var r R
		err := errors.New("not tried")
		for try := 0; err != nil && ctx.Err() == nil && (try == 0 || try <= cfg.Retries); try++ {
			s.mu.Unlock()
			r, err = attempt(ctx, cfg.Timeout, func(ctx context.Context) (R, error) { return work(ctx, tasks[i]) })
			s.mu.Lock()
		}
		s.results[i], s.errs[i], s.ended[i] = r, err, true
		s.changed.Broadcast()
	}
	s.busy--
	s.changed.Broadcast()
}

func attempt[R any](ctx context.Context, limit time.Duration, work func(context.Context) (R, error)) (r R, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &PanicError{v}
		}
	}()
	if limit <= 0 {
		return work(ctx)
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	begin := time.Now()
	r, err = work(ctx)
	if time.Since(begin) >= limit {
		err = ErrTimeout
	}
	return r, err
}
