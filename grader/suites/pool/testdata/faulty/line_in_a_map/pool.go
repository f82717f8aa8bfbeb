// want: order
// Fault: the line is a map, and next takes the task that an iteration over it comes upon first. With few tasks that is often the oldest.

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

// Pool runs tasks on a fixed number of workers. All methods may be called by
// several goroutines at once, and by tasks.
type Pool struct {
	workers sync.WaitGroup

	mu     sync.Mutex
	wake   *sync.Cond // a task was queued, or the pool was closed
	queue  map[int]*Future
	last   int // the number of the task that was queued last
	closed bool
}

// New returns a pool with the given number of workers. 0 or less means
// runtime.GOMAXPROCS(0).
func New(workers int) *Pool {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	p := &Pool{queue: map[int]*Future{}}
	p.wake = sync.NewCond(&p.mu)
	for range workers {
		p.workers.Go(p.work)
	}
	return p
}

// work is what every worker does: take the next task, run it, and start over,
// until the pool is closed and the line is empty.
func (p *Pool) work() {
	for {
		f := p.next()
		if f == nil {
			return
		}
		f.run()
	}
}

// next waits for a task, and returns nil when there will be no more.
func (p *Pool) next() *Future {
	p.mu.Lock()
	defer p.mu.Unlock()
	for len(p.queue) == 0 {
		if p.closed {
			return nil
		}
		p.wake.Wait()
	}
	for n, f := range p.queue {
		delete(p.queue, n)
		return f
	}
	return nil
}

// Submit puts task at the end of the line and returns its Future at once,
// without waiting for a worker. After Close it returns ErrClosed, and the task
// will not run.
func (p *Pool) Submit(task Task) (*Future, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return nil, ErrClosed
	}
	f := &Future{task: task, done: make(chan struct{})}
	p.last++
	p.queue[p.last] = f
	p.wake.Signal()
	return f, nil
}

// Close lets no more tasks in. Those in the line still run. Closing a pool
// again does nothing.
func (p *Pool) Close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed = true
	p.wake.Broadcast()
}

// Join waits until all tasks have ended and all workers are gone. Before Close
// it returns ErrNotClosed, without waiting.
func (p *Pool) Join() error {
	p.mu.Lock()
	closed := p.closed
	p.mu.Unlock()
	if !closed {
		return ErrNotClosed
	}
	p.workers.Wait()
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

// Wait returns the result of the task as soon as it has ended: its value and
// its error, or a *PanicError if it panicked. When ctx is done earlier, Wait
// returns ctx.Err(); the task goes on, and a later Wait still gets its result.
func (f *Future) Wait(ctx context.Context) (any, error) {
	select {
	case <-f.done:
		return f.value, f.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
