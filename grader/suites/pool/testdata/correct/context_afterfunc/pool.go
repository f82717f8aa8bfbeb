// Package pool runs tasks on a fixed number of workers.
package pool

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
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

// Pool hands tasks over in person: every idle worker has a channel of its own,
// and a task waits in line only while nobody is idle.
type Pool struct {
	mu     sync.Mutex
	change sync.Cond // a worker has gone
	idle   []chan *Future
	line   []*Future
	alive  int
	closed bool
}

// New returns a pool with the given number of workers. 0 or less means
// runtime.GOMAXPROCS(0).
func New(workers int) *Pool {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	p := &Pool{alive: workers}
	p.change.L = &p.mu
	for range workers {
		desk := make(chan *Future, 1)
		p.idle = append(p.idle, desk)
		go p.work(desk)
	}
	return p
}

// work runs what is put on the desk, and then whatever is in line, until the
// desk is closed.
func (p *Pool) work(desk chan *Future) {
	for f := range desk {
		for f != nil {
			f.run()
			f = p.next(desk)
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.alive--
	p.change.Broadcast()
}

// next returns the first task in line. If there is none, the worker becomes
// idle, or is sent home.
func (p *Pool) next(desk chan *Future) *Future {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case len(p.line) > 0:
		f := p.line[0]
		p.line = p.line[1:]
		return f
	case p.closed:
		close(desk)
	default:
		p.idle = append(p.idle, desk)
	}
	return nil
}

// Submit gives task to an idle worker or puts it at the end of the line, and
// returns its Future.
func (p *Pool) Submit(task Task) (*Future, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return nil, ErrClosed
	}
	f := &Future{task: task}
	f.change.L = &f.mu
	if n := len(p.idle); n > 0 {
		p.idle[n-1] <- f
		p.idle = p.idle[:n-1]
	} else {
		p.line = append(p.line, f)
	}
	return f, nil
}

// Close lets no more tasks in.
func (p *Pool) Close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed = true
	for _, desk := range p.idle {
		close(desk)
	}
	p.idle = nil
}

// Join waits until all tasks have ended and all workers are gone.
func (p *Pool) Join() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.closed {
		return ErrNotClosed
	}
	for p.alive > 0 {
		p.change.Wait()
	}
	return nil
}

// Future is the result of a task, which may not be there yet.
type Future struct {
	task Task

	mu     sync.Mutex
	change sync.Cond // the task has ended, or somebody's context has
	ended  bool
	value  any
	err    error
}

// run runs the task and makes its result known.
func (f *Future) run() {
	value, err := protect(f.task)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.value, f.err, f.ended = value, err, true
	f.change.Broadcast()
}

// protect turns a panic into an error.
func protect(task Task) (value any, err error) {
	defer func() {
		if v := recover(); v != nil {
			value, err = nil, &PanicError{v}
		}
	}()
	return task()
}

// Wait returns the result of the task as soon as it has ended.
func (f *Future) Wait(ctx context.Context) (any, error) {
	stop := context.AfterFunc(ctx, func() {
		f.mu.Lock() // not between a waiter's look at ctx and its Wait
		defer f.mu.Unlock()
		f.change.Broadcast()
	})
	defer stop()
	f.mu.Lock()
	defer f.mu.Unlock()
	for !f.ended {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		f.change.Wait()
	}
	return f.value, f.err
}
