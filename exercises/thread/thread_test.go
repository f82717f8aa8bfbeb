package thread_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/exercises/internal/kata"
	"example.com/gokata/exercises/thread"
)

const want = `thread MainThread is running...
thread LoopThread is running...
thread LoopThread >>> 1
thread LoopThread >>> 2
thread LoopThread >>> 3
thread LoopThread >>> 4
thread LoopThread >>> 5
thread LoopThread ended.
thread MainThread ended.
`

// The main thread starts a thread that counts to five, and waits for it. A
// second is a millisecond here.
func Example() {
	kata.Example(want, func() {
		loop := func(ctx context.Context) {
			name := thread.Current(ctx).Name()
			fmt.Printf("thread %s is running...\n", name)
			for n := 1; n <= 5; n++ {
				fmt.Printf("thread %s >>> %d\n", name, n)
				time.Sleep(time.Millisecond)
			}
			fmt.Printf("thread %s ended.\n", name)
		}

		ctx := context.Background()
		name := thread.Current(ctx).Name()
		fmt.Printf("thread %s is running...\n", name)
		t := thread.New("LoopThread", loop)
		_ = t.Start(ctx)
		_ = t.Join()
		fmt.Printf("thread %s ended.\n", name)
	})
	// Output:
	// thread MainThread is running...
	// thread LoopThread is running...
	// thread LoopThread >>> 1
	// thread LoopThread >>> 2
	// thread LoopThread >>> 3
	// thread LoopThread >>> 4
	// thread LoopThread >>> 5
	// thread LoopThread ended.
	// thread MainThread ended.
}

func TestNames(t *testing.T) {
	defer kata.SkipTODO(t)
	nothing := func(context.Context) {}
	assert.Equal(t, "LoopThread", thread.New("LoopThread", nothing).Name())
	first, second := thread.New("", nothing), thread.New("", nothing)
	assert.Regexp(t, `^Thread-\d+$`, first.Name())
	assert.Regexp(t, `^Thread-\d+$`, second.Name())
	assert.NotEqual(t, first.Name(), second.Name())
}

func TestFromBeginningToEnd(t *testing.T) {
	defer kata.SkipTODO(t)
	gate := make(chan struct{})
	written := 0
	th := thread.New("worker", func(context.Context) {
		<-gate
		written = 42
	})
	assert.False(t, th.Alive(), "alive before Start")
	require.ErrorIs(t, th.Join(), thread.ErrNotStarted)

	require.NoError(t, th.Start(t.Context()))
	assert.True(t, th.Alive(), "alive after Start")
	require.ErrorIs(t, th.Start(t.Context()), thread.ErrStarted)
	ended, err := th.JoinTimeout(time.Millisecond)
	require.NoError(t, err)
	assert.False(t, ended, "ended before the gate is open")

	close(gate)
	for range 2 { // one can wait for the same thread more than once
		require.NoError(t, th.Join())
		assert.Equal(t, 42, written)
	}
	assert.False(t, th.Alive(), "alive after Join")
}

func TestPanicIsReturned(t *testing.T) {
	defer kata.SkipTODO(t)
	th := thread.New("worker", func(context.Context) { panic("on purpose") })
	require.NoError(t, th.Start(t.Context()))
	var pe *thread.PanicError
	require.ErrorAs(t, th.Join(), &pe)
	assert.Equal(t, "on purpose", pe.Value)
}
