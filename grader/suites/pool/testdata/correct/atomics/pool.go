// Package pool runs tasks on a fixed number of workers.
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

// Pool keeps its line in a lock-free queue (Michael and Scott, PODC 1996).
// Close appends a marker behind which nothing can be appended any more.
type Pool struct {
	workers sync.WaitGroup
	head    atomic.Pointer[Future] // the last one that was taken
	tail    atomic.Pointer[Future] // the last one in line, or one before it
	balance atomic.Int64           // tasks in line, less workers that want one
	wake    chan struct{}          // one token for each worker that has to get up
	end     *Future                // the marker
}

// New returns a pool with the given number of workers. 0 or less means
// runtime.GOMAXPROCS(0).
func New(workers int) *Pool {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	p := &Pool{wake: make(chan struct{}, workers), end: new(Future)}
	first := new(Future)
	p.head.Store(first)
	p.tail.Store(first)
	for range workers {
		p.workers.Go(p.work)
	}
	return p
}

func (p *Pool) work() {
	for {
		if p.balance.Add(-1) < 0 {
			<-p.wake
		}
		f := p.take()
		if f == nil {
			return
		}
		f.run()
	}
}

// take removes the first of the line and returns it, or nil if it is the
// marker, which stays. The line is not empty.
func (p *Pool) take() *Future {
	for {
		head := p.head.Load()
		next := head.next.Load()
		if next == p.end {
			return nil
		}
		if p.head.CompareAndSwap(head, next) {
			return next
		}
	}
}

// put appends f and tells whether it did: after the marker it does not.
func (p *Pool) put(f *Future) bool {
	for {
		tail := p.tail.Load()
		if tail == p.end {
			return false
		}
		if tail.next.CompareAndSwap(nil, f) {
			p.tail.CompareAndSwap(tail, f)
			return true
		}
		p.tail.CompareAndSwap(tail, tail.next.Load()) // help whoever was faster
	}
}

// announce says that one more can be taken, and wakes a worker that waits for it.
func (p *Pool) announce() {
	if p.balance.Add(1) <= 0 {
		p.wake <- struct{}{}
	}
}

// Submit puts task at the end of the line and returns its Future.
func (p *Pool) Submit(task Task) (*Future, error) {
	f := &Future{task: task, done: make(chan struct{})}
	if !p.put(f) {
		return nil, ErrClosed
	}
	p.announce()
	return f, nil
}

// Close lets no more tasks in.
func (p *Pool) Close() {
	if p.put(p.end) {
		for range cap(p.wake) {
			p.announce() // the marker is there for every worker
		}
	}
}

// Join waits until all tasks have ended and all workers are gone.
func (p *Pool) Join() error {
	if p.closed() {
		p.workers.Wait()
		return nil
	}
	return ErrNotClosed
}

// closed tells whether the marker is in line.
func (p *Pool) closed() bool {
	for f := p.tail.Load(); f != nil; f = f.next.Load() {
		if f == p.end {
			return true
		}
	}
	return false
}

// Future is the result of a task, which may not be there yet.
type Future struct {
	next  atomic.Pointer[Future] // the one behind it in line
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
