// Package x is a pool of workers with a bounded queue: goroutines, a lock,
// conditions and a WaitGroup.
package x

import (
	"sync"
	"testing"
)

type pool struct {
	mu              sync.Mutex
	filled, drained sync.Cond
	queue           []func()
	closed          bool
	workers         sync.WaitGroup
}

const room = 2

func newPool(workers int) *pool {
	p := &pool{}
	p.filled.L, p.drained.L = &p.mu, &p.mu
	for range workers {
		p.workers.Go(p.work)
	}
	return p
}

func (p *pool) work() {
	for {
		p.mu.Lock()
		for len(p.queue) == 0 && !p.closed {
			p.filled.Wait()
		}
		if len(p.queue) == 0 {
			p.mu.Unlock()
			return
		}
		task := p.queue[0]
		p.queue = p.queue[1:]
		p.mu.Unlock()
		p.drained.Signal()
		task()
	}
}

func (p *pool) submit(task func()) {
	p.mu.Lock()
	for len(p.queue) == room {
		p.drained.Wait()
	}
	p.queue = append(p.queue, task)
	p.mu.Unlock()
	p.filled.Signal()
}

func (p *pool) close() {
	p.mu.Lock()
	p.closed = true
	p.mu.Unlock()
	p.filled.Broadcast()
	p.workers.Wait()
}

func TestPool(t *testing.T) {
	p := newPool(3)
	var results [10]int
	for i := range results {
		p.submit(func() { results[i] = i })
	}
	p.close()
	for i, n := range results {
		if n != i {
			t.Errorf("task %d was not run", i)
		}
	}
}
