// want: nothing
// Repair: Give unlocks before it hands the job out.

package x

import (
	"sync"
	"testing"
)

type board struct {
	jobs  chan int
	mu    sync.Mutex
	hands int // workers that have checked in
	given int
}

func (b *board) work(done chan<- int) {
	b.mu.Lock()
	b.hands++
	b.mu.Unlock()
	job := <-b.jobs
	done <- job * job
}

func (b *board) Give(job int) {
	b.mu.Lock()
	b.given++
	b.mu.Unlock()
	b.jobs <- job
}

func TestBoard(t *testing.T) {
	b := board{jobs: make(chan int)}
	done := make(chan int, 2)
	var workers sync.WaitGroup
	for range 2 {
		workers.Go(func() { b.work(done) })
	}
	b.Give(3)
	b.Give(4)
	workers.Wait()
	if sum := <-done + <-done; sum != 25 || b.hands != b.given {
		t.Errorf("the sum is %d; %d hands for %d jobs", sum, b.hands, b.given)
	}
}
