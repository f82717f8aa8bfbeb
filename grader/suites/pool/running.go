package pool

import (
	"fmt"
	"runtime"
	"sync"
	"time"

	"example.com/gokata/exercises/pool"
	"example.com/gokata/grader/suite"
)

func oneWorkerInOrder(t *suite.T) {
	p := pool.New(1)
	for i := range 5 {
		submit(t, p, func() (any, error) {
			t.Event("task %d", i)
			return nil, nil
		})
	}
	finish(t, p)
	t.Diff([]string{"task 0", "task 1", "task 2", "task 3", "task 4"}, t.Events(), "the order in which one worker runs five tasks")
}

func fifthTaskWaits(t *suite.T) {
	p := pool.New(4)
	started := make([]time.Duration, 5)
	var fs []*pool.Future
	for i := range 5 {
		fs = append(fs, submit(t, p, func() (any, error) {
			started[i] = t.Elapsed()
			t.Work(2 * time.Second)
			return i, nil
		}))
	}
	for i, f := range fs {
		t.Diff(i, wait(t, f), "the value of task %d", i)
	}
	t.Diff([]time.Duration{0, 0, 0, 0, 2 * time.Second}, started, "the times at which five tasks of 2s start on four workers")
	t.Diff(4*time.Second, t.Elapsed(), "the time that five tasks of 2s take four workers")
	finish(t, p)
}

func neverTooMany(t *suite.T) {
	p := pool.New(2)
	g := t.Gauge("tasks", 2)
	var callers sync.WaitGroup
	for range 2 {
		callers.Go(func() {
			for range 3 {
				submit(t, p, func() (any, error) {
					g.Enter()
					t.Work(time.Millisecond)
					g.Leave()
					return nil, nil
				})
			}
		})
	}
	callers.Wait()
	finish(t, p)
	t.Diff(6, g.Total(), "the number of tasks that ran, of 6")
}

func zeroMeansGOMAXPROCS(t *suite.T) {
	n := runtime.GOMAXPROCS(0)
	for _, workers := range []int{0, -1} {
		p := pool.New(workers)
		m := t.Rendezvous(n, "the tasks")
		g := t.Gauge("tasks", n)
		for range n + 2 {
			submit(t, p, func() (any, error) {
				g.Enter()
				m.Meet()
				g.Leave()
				return nil, nil
			})
		}
		finish(t, p)
		t.Diff(n+2, g.Total(), "the number of tasks that New(%d) ran, of %d", workers, n+2)
	}
}

func workersAreReused(t *suite.T) {
	before := t.Goroutines()
	p := pool.New(2)
	gate := make(chan struct{})
	for range 20 {
		submit(t, p, func() (any, error) {
			<-gate
			return nil, nil
		})
	}
	t.Settle()
	if n := t.Goroutines() - before; n > 3 {
		t.Expected("at most 3: two workers, and one to look after them", fmt.Sprint(n),
			"a pool of two workers with 20 tasks keeps too many goroutines")
	}
	close(gate)
	finish(t, p)
}

func allWorkersBusy(t *suite.T) {
	p := pool.New(3)
	for range 2 { // once with new workers, once with workers that sleep
		meet(t, p, 3)
		t.Settle()
	}
	finish(t, p)
}

func busyAgain(t *suite.T) {
	p := pool.New(2)
	for range 4 { // one task at a time, while the other worker sleeps
		wait(t, submit(t, p, nothing))
	}
	meet(t, p, 2)
	finish(t, p)
}

// meet lets n tasks wait for each other, and waits for them.
func meet(t *suite.T, p *pool.Pool, n int) {
	m := t.Rendezvous(n, "the tasks")
	var fs []*pool.Future
	for range n {
		fs = append(fs, submit(t, p, func() (any, error) {
			m.Meet()
			return nil, nil
		}))
	}
	for _, f := range fs {
		wait(t, f)
	}
}

func eightSecondsInTwo(t *suite.T) {
	p := pool.New(4)
	for range 8 {
		submit(t, p, func() (any, error) {
			t.Work(time.Second)
			return nil, nil
		})
	}
	finish(t, p)
	t.Diff(2*time.Second, t.Elapsed(), "the time that eight tasks of 1s take four workers")
}
