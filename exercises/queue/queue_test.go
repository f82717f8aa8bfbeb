package queue_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/exercises/internal/kata"
	"example.com/gokata/exercises/queue"
)

// patience bounds every wait, so that a wrong queue fails instead of hanging. A
// right one never needs it.
const patience = 10 * time.Second

const want = `Put A to queue...
Put B to queue...
Put C to queue...
Get A from queue.
Get B from queue.
Get C from queue.
All items are done.
The reader ends: queue: closed
`

// Three items are put. A reader gets them in the same order, until the queue is
// closed.
func Example() {
	kata.Example(want, func() {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		q := queue.New[string](3)
		for _, item := range []string{"A", "B", "C"} {
			fmt.Printf("Put %s to queue...\n", item)
			_ = q.Put(ctx, item)
		}

		reader := make(chan error)
		go func() {
			for {
				item, err := q.Get(ctx)
				if err != nil {
					reader <- err
					return
				}
				fmt.Printf("Get %s from queue.\n", item)
				q.TaskDone()
			}
		}()

		q.Join()
		fmt.Println("All items are done.")
		q.Close()
		fmt.Println("The reader ends:", <-reader)
	})
	// Output:
	// Put A to queue...
	// Put B to queue...
	// Put C to queue...
	// Get A from queue.
	// Get B from queue.
	// Get C from queue.
	// All items are done.
	// The reader ends: queue: closed
}

func TestFullAndEmpty(t *testing.T) {
	defer kata.SkipTODO(t)
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	impatient, cancel := context.WithTimeout(ctx, time.Millisecond)
	defer cancel()

	q := queue.New[int](1)
	require.NoError(t, q.Put(ctx, 1))
	require.ErrorIs(t, q.Put(impatient, 2), context.DeadlineExceeded, "the queue is full")
	item, err := q.Get(ctx)
	require.NoError(t, err)
	assert.Equal(t, 1, item)

	impatient, cancel = context.WithTimeout(ctx, time.Millisecond)
	defer cancel()
	_, err = q.Get(impatient)
	require.ErrorIs(t, err, context.DeadlineExceeded, "the queue is empty")
}

func TestHandsOver(t *testing.T) {
	defer kata.SkipTODO(t)
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	q := queue.New[int](1)
	go func() {
		for i := range 5 {
			_ = q.Put(ctx, i)
		}
	}()
	for i := range 5 {
		item, err := q.Get(ctx)
		require.NoError(t, err)
		assert.Equal(t, i, item)
	}
}

func TestClose(t *testing.T) {
	defer kata.SkipTODO(t)
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	q := queue.New[string](2)
	require.NoError(t, q.Put(ctx, "left"))
	q.Close()
	require.ErrorIs(t, q.Put(ctx, "late"), queue.ErrClosed)
	item, err := q.Get(ctx)
	require.NoError(t, err)
	assert.Equal(t, "left", item)
	_, err = q.Get(ctx)
	require.ErrorIs(t, err, queue.ErrClosed)
}

func TestTaskDoneTooOften(t *testing.T) {
	defer kata.SkipTODO(t)
	q := queue.New[int](1)
	require.NoError(t, q.Put(t.Context(), 1))
	_, err := q.Get(t.Context())
	require.NoError(t, err)
	q.TaskDone()
	assert.Panics(t, q.TaskDone)
	q.Join()
}
