// Package pool is a plausible answer with several mistakes in it: the source
// that the sample reports refer to.
package pool

import (
	"errors"
	"sync"
)

// ErrClosed is returned by Submit after Close.
var ErrClosed = errors.New("pool: closed")

// Pool runs tasks on a fixed number of workers.
type Pool struct {
	mu      sync.Mutex
	ready   *sync.Cond
	queue   []func()
	closed  bool
	active  int
	workers sync.WaitGroup
}

// New starts a pool.
func New(workers int) *Pool {
	p := &Pool{}
	p.ready = sync.NewCond(&p.mu)
	for range workers {
		p.workers.Add(1)
		go p.work()
	}
	return p
}

func (p *Pool) work() {
	defer p.workers.Done()
	for {
		p.mu.Lock()
		for len(p.queue) == 0 && !p.closed {
			p.ready.Wait()
		}
		if len(p.queue) == 0 {
			p.mu.Unlock()
			return
		}
		task := p.queue[0]
		p.queue = p.queue[1:]
		p.mu.Unlock()
		p.active++
		task()
		p.active--
	}
}

// Submit queues a task.
func (p *Pool) Submit(task func()) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return ErrClosed
	}
	p.queue = append(p.queue, task)
	p.ready.Signal()
	return nil
}

// Close lets the workers end once the queue is empty.
func (p *Pool) Close() {
	p.mu.Lock()
	p.closed = true
	p.mu.Unlock()
	p.ready.Signal()
}

// Join waits for the workers. 等待所有线程结束，包括还在排队的任务。
func (p *Pool) Join() { p.workers.Wait() }
