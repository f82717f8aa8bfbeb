package lock_test

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/exercises/internal/kata"
	"example.com/gokata/exercises/lock"
)

// Five workers share one printer. They come in any order, but none begins
// before the one that has the printer is done.
func Example() {
	const want = `worker 1 begins, worker 1 is done
worker 2 begins, worker 2 is done
worker 3 begins, worker 3 is done
worker 4 begins, worker 4 is done
worker 5 begins, worker 5 is done
`
	kata.Example(want, func() {
		l := lock.New()
		l.With(func() {}) // the printer is switched on
		var paper []string
		var workers sync.WaitGroup
		for n := range 5 {
			workers.Go(func() {
				l.With(func() {
					paper = append(paper, fmt.Sprintf("worker %d begins", n+1))
					runtime.Gosched() // the others may try
					paper = append(paper, fmt.Sprintf("worker %d is done", n+1))
				})
			})
		}
		workers.Wait()
		for ; len(paper) > 1; paper = paper[2:] {
			fmt.Printf("%s, %s\n", paper[0], paper[1])
		}
	})
	// Unordered output:
	// worker 1 begins, worker 1 is done
	// worker 2 begins, worker 2 is done
	// worker 3 begins, worker 3 is done
	// worker 4 begins, worker 4 is done
	// worker 5 begins, worker 5 is done
}

func TestFiveWorkersOfOneSecond(t *testing.T) {
	kata.Bubble(t, func(t *testing.T) {
		l := lock.New()
		l.With(func() {})
		start := time.Now()
		var workers sync.WaitGroup
		for range 5 {
			workers.Go(func() {
				l.With(func() { time.Sleep(time.Second) })
			})
		}
		workers.Wait()
		assert.Equal(t, 5*time.Second, time.Since(start))
	})
}

func TestTryLock(t *testing.T) {
	kata.Bubble(t, func(t *testing.T) {
		l := lock.New()
		require.True(t, l.TryLock(), "the lock is free")
		assert.False(t, l.TryLock(), "the lock is held")
		l.Unlock()
		assert.True(t, l.TryLock(), "the lock is free again")
		l.Unlock()
		assert.Panics(t, l.Unlock, "nobody holds the lock")
	})
}

func TestWaiterGivesUp(t *testing.T) {
	kata.Bubble(t, func(t *testing.T) {
		l := lock.New()
		l.Lock()
		start := time.Now()
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		defer cancel()
		require.ErrorIs(t, l.LockContext(ctx), context.DeadlineExceeded)
		assert.Equal(t, 2*time.Second, time.Since(start))
		l.Unlock()
		require.NoError(t, l.LockContext(t.Context()))
		l.Unlock()
	})
}

func TestFirstComeFirstServed(t *testing.T) {
	kata.Bubble(t, func(t *testing.T) {
		l := lock.New()
		l.Lock()
		l.Unlock()
		l.Lock()
		var served []int
		var waiters sync.WaitGroup
		for n := range 3 {
			waiters.Go(func() {
				l.Lock()
				served = append(served, n)
				l.Unlock()
			})
			synctest.Wait() // it is in line now
		}
		l.Unlock()
		waiters.Wait()
		assert.Equal(t, []int{0, 1, 2}, served)
	})
}
