// want: cancel
// Fault: Close closes the channel to which a Submit is about to send.

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

// Pool is a dispatcher that owns the line, and workers that it hands tasks to.
type Pool struct {
	in     chan *Future  // to the dispatcher, closed by Close
	out    chan *Future  // from the dispatcher to the workers
	gone   chan struct{} // closed when the dispatcher and all workers have gone
	closed atomic.Bool
}

// New returns a pool with the given number of workers. 0 or less means
// runtime.GOMAXPROCS(0).
func New(workers int) *Pool {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	p := &Pool{
		in:   make(chan *Future),
		out:  make(chan *Future),
		gone: make(chan struct{}),
	}
	var all sync.WaitGroup
	for range workers {
		all.Go(func() {
			for f := range p.out {
				f.run()
			}
		})
	}
	go func() {
		p.dispatch()
		all.Wait()
		close(p.gone)
	}()
	return p
}

// dispatch takes in tasks and hands them out, until no more come and the line
// is empty.
func (p *Pool) dispatch() {
	defer close(p.out)
	in := p.in
	var line []*Future
	for in != nil || len(line) > 0 {
		var out chan *Future
		var first *Future
		if len(line) > 0 {
			out, first = p.out, line[0]
		}
		select {
		case f, ok := <-in:
			if !ok {
				in = nil
				break
			}
			line = append(line, f)
		case out <- first:
			line = line[1:]
		}
	}
}

// Submit puts task at the end of the line and returns its Future.
func (p *Pool) Submit(task Task) (*Future, error) {
	if p.closed.Load() {
		return nil, ErrClosed
	}
	f := &Future{task: task, done: make(chan struct{})}
	p.in <- f
	return f, nil
}

// Close lets no more tasks in.
func (p *Pool) Close() {
	if p.closed.CompareAndSwap(false, true) {
		close(p.in)
	}
}

// Join waits until all tasks have ended and all workers are gone.
func (p *Pool) Join() error {
	if !p.closed.Load() {
		return ErrNotClosed
	}
	<-p.gone
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
