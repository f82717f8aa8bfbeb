package semaphore_test

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/exercises/internal/kata"
	"example.com/gokata/exercises/semaphore"
)

// patience bounds every wait, so that a wrong semaphore fails instead of
// hanging. A right one never needs it.
const patience = 10 * time.Second

const want = `index starts
film waits
mail comes
index is done
film starts
film is done
mail starts
mail is done
`

// There are four gigabytes. One is free while the index is built, but the mail
// has to wait, for the film came first and needs all of them.
func Example() {
	kata.Example(want, func() {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		memory := semaphore.New(4)
		var jobs sync.WaitGroup
		run := func(name string, gigabytes int) {
			jobs.Go(func() {
				if memory.Acquire(ctx, gigabytes) != nil {
					return
				}
				fmt.Println(name, "starts")
				fmt.Println(name, "is done")
				memory.Release(gigabytes)
			})
		}

		if memory.Acquire(ctx, 3) != nil {
			return
		}
		fmt.Println("index starts")
		run("film", 4)
		awaitLine(ctx, memory)
		fmt.Println("film waits")
		fmt.Println("mail comes")
		run("mail", 1)
		fmt.Println("index is done")
		memory.Release(3)
		jobs.Wait()
	})
	// Output:
	// index starts
	// film waits
	// mail comes
	// index is done
	// film starts
	// film is done
	// mail starts
	// mail is done
}

// awaitLine returns when somebody is waiting, which shows in that a unit is
// free and TryAcquire says no.
func awaitLine(ctx context.Context, s *semaphore.Semaphore) {
	for ctx.Err() == nil && s.TryAcquire(1) {
		s.Release(1)
		runtime.Gosched()
	}
}

func TestTryAcquire(t *testing.T) {
	defer kata.SkipTODO(t)
	s := semaphore.New(3)
	assert.True(t, s.TryAcquire(2))
	assert.False(t, s.TryAcquire(2), "one unit is free")
	assert.True(t, s.TryAcquire(1))
	s.Release(3)
	assert.True(t, s.TryAcquire(3))
}

func TestAcquireGivesUp(t *testing.T) {
	defer kata.SkipTODO(t)
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	s := semaphore.New(2)
	require.NoError(t, s.Acquire(ctx, 2))

	impatient, cancel := context.WithTimeout(ctx, time.Millisecond)
	defer cancel()
	require.ErrorIs(t, s.Acquire(impatient, 1), context.DeadlineExceeded)
	s.Release(2)
	require.NoError(t, s.Acquire(ctx, 2), "nothing was taken along with the error")
	require.ErrorIs(t, s.Acquire(ctx, 3), semaphore.ErrTooLarge)
	require.ErrorIs(t, s.Acquire(ctx, math.MaxInt), semaphore.ErrTooLarge)
}

func TestReleaseTooOften(t *testing.T) {
	defer kata.SkipTODO(t)
	s := semaphore.New(2)
	require.True(t, s.TryAcquire(1))
	assert.Panics(t, func() { s.Release(2) })
	s.Release(1)
	assert.True(t, s.TryAcquire(2))
}

func TestSideBySide(t *testing.T) {
	defer kata.SkipTODO(t)
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	s := semaphore.New(2)
	inside := make(chan bool)
	work := func() error {
		if err := s.Acquire(ctx, 1); err != nil {
			return err
		}
		defer s.Release(1)
		select { // both are inside when one sends and the other one receives
		case inside <- true:
		case <-inside:
		case <-ctx.Done():
		}
		return ctx.Err()
	}
	other := make(chan error, 1)
	go func() { other <- work() }()
	require.NoError(t, work())
	require.NoError(t, <-other)
}
