package condition_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/exercises/condition"
	"example.com/gokata/exercises/internal/kata"
)

const want = `Ann waits.
Bob waits.
Eve waits.
A dish is ready.
Ann eats.
Bob leaves: context canceled.
A dish is ready.
Eve eats.
`

// Three guests wait for a dish. The first one gets it, the second one gives up,
// and the next dish is for the third.
func Example() {
	kata.Example(want, func() {
		// Bounds every wait, so that a wrong condition fails instead of
		// hanging. A right one never needs it.
		patience, stop := context.WithTimeout(context.Background(), 10*time.Second)
		defer stop()
		ctx, cancel := context.WithCancel(patience)
		defer cancel()
		var mu sync.Mutex
		dish := condition.New(&mu)
		callAll(&mu, dish)
		dishes := 0
		seated, gone := make(chan bool), make(chan bool, 3)

		guest := func(ctx context.Context, name string) {
			go func() {
				mu.Lock()
				defer mu.Unlock()
				defer func() { gone <- true }()
				fmt.Println(name, "waits.")
				seated <- true
				for dishes == 0 {
					if err := dish.Wait(ctx); err != nil {
						fmt.Printf("%s leaves: %v.\n", name, err)
						return
					}
				}
				dishes--
				fmt.Println(name, "eats.")
			}()
			<-seated
		}
		serve := func() {
			mu.Lock()
			defer mu.Unlock()
			dishes++
			fmt.Println("A dish is ready.")
			dish.Notify(1)
		}

		guest(patience, "Ann")
		guest(ctx, "Bob")
		guest(patience, "Eve")
		serve()
		<-gone
		cancel()
		<-gone
		serve()
		<-gone
	})
	// Output:
	// Ann waits.
	// Bob waits.
	// Eve waits.
	// A dish is ready.
	// Ann eats.
	// Bob leaves: context canceled.
	// A dish is ready.
	// Eve eats.
}

// callAll calls every method when nobody waits, with nothing to wait for. So
// what is still a stub shows in the goroutine of the test.
func callAll(mu *sync.Mutex, c *condition.Condition) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	mu.Lock()
	defer mu.Unlock()
	c.Notify(1)
	c.NotifyAll()
	_ = c.Wait(ctx)
}

func TestWaitGivesUp(t *testing.T) {
	kata.Bubble(t, func(t *testing.T) {
		var mu sync.Mutex
		c := condition.New(&mu)
		start := time.Now()
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		defer cancel()
		mu.Lock()
		require.ErrorIs(t, c.Wait(ctx), context.DeadlineExceeded)
		assert.Equal(t, 2*time.Second, time.Since(start))
		assert.False(t, mu.TryLock(), "the lock is held when Wait returns")
		mu.Unlock()
	})
}

func TestLongestWaitingFirst(t *testing.T) {
	kata.Bubble(t, func(t *testing.T) {
		var mu sync.Mutex
		c := condition.New(&mu)
		callAll(&mu, c)
		var woken []int
		var waiters sync.WaitGroup
		for n := range 4 {
			waiters.Go(func() {
				mu.Lock()
				defer mu.Unlock()
				assert.NoError(t, c.Wait(t.Context()))
				woken = append(woken, n)
			})
			synctest.Wait() // it is in line now
		}
		notify := func(call func()) {
			mu.Lock()
			call()
			mu.Unlock()
			synctest.Wait()
		}
		notify(func() { c.Notify(1) })
		notify(func() { c.Notify(1) })
		assert.Equal(t, []int{0, 1}, woken)
		notify(c.NotifyAll)
		waiters.Wait()
		assert.Len(t, woken, 4)
	})
}

func TestWithoutTheLock(t *testing.T) {
	defer kata.SkipTODO(t)
	var mu sync.Mutex
	c := condition.New(&mu)
	assert.Panics(t, c.NotifyAll)
	assert.Panics(t, func() { c.Notify(1) })
	assert.Panics(t, func() { _ = c.Wait(t.Context()) })
	assert.True(t, mu.TryLock(), "the lock is free after these panics")
}
