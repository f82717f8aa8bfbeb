// want: limit
// Fault: Submit asks whether there is room for one more worker and starts it in a second step, so two Submits at once both find room for the last one.
// Plain: passes

package pool

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
)

// Errors returned by a Pool.
var (
	ErrClosed    = errors.New("pool: closed")
	ErrNotClosed = errors.New("pool: not closed")
)

// Task is a piece of work with a result.
type Task func() (any, error)

// PanicError is the error of a task that panicked.
type PanicError struct {
	Value any // what the task panicked with
}

// Error says what the task panicked with.
func (e *PanicError) Error() string { return fmt.Sprintf("pool: task panicked: %v", e.Value) }

// Pool starts a worker when a task comes and fewer than limit are at work. A
// worker that finds the line empty goes home.
type Pool struct {
	limit int
	tasks sync.WaitGroup // that have not ended
	alive atomic.Int64   // workers

	mu     sync.Mutex
	line   []*Future
	closed bool
}

// New returns a pool with the given number of workers. 0 or less means
// runtime.GOMAXPROCS(0).
func New(workers int) *Pool {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	return &Pool{limit: workers}
}

// Submit puts task at the end of the line and returns its Future.
func (p *Pool) Submit(task Task) (*Future, error) {
	p.mu.Lock()
	if p.closed {
		p.mu.Unlock()
		return nil, ErrClosed
	}
	f := &Future{task: task, done: make(chan struct{})}
	p.line = append(p.line, f)
	p.tasks.Add(1)
	p.mu.Unlock()
	if p.alive.Load() < int64(p.limit) {
		p.alive.Add(1)
		go p.work()
	}
	return f, nil
}

// work runs tasks until there are none.
func (p *Pool) work() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for len(p.line) > 0 {
		f := p.line[0]
		p.line = p.line[1:]
		p.mu.Unlock()
		f.run()
		p.tasks.Done()
		p.mu.Lock()
	}
	p.alive.Add(-1)
}

// Close lets no more tasks in.
func (p *Pool) Close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed = true
}

// Join waits until all tasks have ended and all workers are gone.
func (p *Pool) Join() error {
	p.mu.Lock()
	closed := p.closed
	p.mu.Unlock()
	if !closed {
		return ErrNotClosed
	}
	p.tasks.Wait()
	return nil
}

// Future is the result of a task, which may not be there yet.
type Future struct {
	task  Task
	done  chan struct{} // closed when value and err are set
	value any
	err   error
}

// run runs the task and makes its result known, also when it panics.
func (f *Future) run() {
	defer close(f.done)
	defer func() {
		if v := recover(); v != nil {
			f.value, f.err = nil, &PanicError{v}
		}
	}()
	f.value, f.err = f.task()
}

// Wait returns the result of the task as soon as it has ended.
func (f *Future) Wait(ctx context.Context) (any, error) {
	select {
	case <-f.done:
		return f.value, f.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
