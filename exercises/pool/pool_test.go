package pool_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/exercises/internal/kata"
	"example.com/gokata/exercises/pool"
)

// patience bounds every wait, so that a wrong pool fails instead of hanging. A
// right one never needs it.
const patience = 10 * time.Second

const want = `Waiting for all tasks...
Run task 0...
Run task 1...
Run task 2...
Run task 3...
Task 2 is done.
Run task 4...
All tasks are done.
`

// Four workers start four of five tasks. The fifth starts when one of them has
// ended: here it is task 2.
func Example() {
	kata.Example(want, func() {
		p := pool.New(4)
		started := make(chan int, 5)
		var futures [5]*pool.Future
		var gates [5]chan struct{} // task i ends when gate i opens
		for i := range futures {
			gates[i] = make(chan struct{})
			futures[i], _ = p.Submit(func() (any, error) {
				started <- i
				<-gates[i]
				return fmt.Sprintf("Task %d is done.", i), nil
			})
		}
		p.Close()
		fmt.Println("Waiting for all tasks...")

		first := []int{next(started), next(started), next(started), next(started)}
		slices.Sort(first) // they start at the same time
		for _, i := range first {
			fmt.Printf("Run task %d...\n", i)
		}
		close(gates[2])
		text, _ := futures[2].Wait(context.Background())
		fmt.Println(text)
		fmt.Printf("Run task %d...\n", next(started))

		for _, i := range []int{0, 1, 3, 4} {
			close(gates[i])
		}
		_ = p.Join()
		fmt.Println("All tasks are done.")
	})
	// Output:
	// Waiting for all tasks...
	// Run task 0...
	// Run task 1...
	// Run task 2...
	// Run task 3...
	// Task 2 is done.
	// Run task 4...
	// All tasks are done.
}

// next returns the number of the next task that starts, or -1 if none does.
func next(started <-chan int) int {
	select {
	case i := <-started:
		return i
	case <-time.After(patience):
		return -1
	}
}

func TestWaitReturnsTheResult(t *testing.T) {
	defer kata.SkipTODO(t)
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()

	p := pool.New(2)
	failure := errors.New("no luck")
	good, err := p.Submit(func() (any, error) { return 42, nil })
	require.NoError(t, err)
	bad, err := p.Submit(func() (any, error) { return nil, failure })
	require.NoError(t, err)

	for range 2 { // a result can be asked for more than once
		v, err := good.Wait(ctx)
		require.NoError(t, err)
		assert.Equal(t, 42, v)
		_, err = bad.Wait(ctx)
		require.ErrorIs(t, err, failure)
	}
	p.Close()
	require.NoError(t, p.Join())
}

func TestPanicFailsItsTaskAlone(t *testing.T) {
	defer kata.SkipTODO(t)
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()

	p := pool.New(1)
	bad, err := p.Submit(func() (any, error) { panic("on purpose") })
	require.NoError(t, err)
	good, err := p.Submit(func() (any, error) { return "fine", nil })
	require.NoError(t, err)

	_, err = bad.Wait(ctx)
	var pe *pool.PanicError
	require.ErrorAs(t, err, &pe)
	assert.Equal(t, "on purpose", pe.Value)
	v, err := good.Wait(ctx)
	require.NoError(t, err)
	assert.Equal(t, "fine", v)
	p.Close()
	require.NoError(t, p.Join())
}

func TestCloseThenJoin(t *testing.T) {
	defer kata.SkipTODO(t)

	p := pool.New(2)
	require.ErrorIs(t, p.Join(), pool.ErrNotClosed)
	ended := make(chan int, 5)
	for i := range 5 {
		_, err := p.Submit(func() (any, error) {
			ended <- i
			return nil, nil
		})
		require.NoError(t, err)
	}
	p.Close()
	_, err := p.Submit(func() (any, error) { return nil, nil })
	require.ErrorIs(t, err, pool.ErrClosed)
	require.NoError(t, p.Join())
	assert.Len(t, ended, 5, "tasks that have ended when Join returns")
}
