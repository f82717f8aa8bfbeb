package local_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"

	"example.com/gokata/exercises/internal/kata"
	"example.com/gokata/exercises/local"
)

// Two threads run the same functions, with one variable that each of them has
// for itself. Which of them is first may change.
func Example() {
	const want = "Hello, Alice (in Thread-A)\nHello, Bob (in Thread-B)\n"
	kata.Example(want, func() {
		var student local.Local[string]
		processStudent := func(ctx context.Context) {
			std, _ := student.Get(ctx) // the student of the current thread
			fmt.Printf("Hello, %s (in %s)\n", std, local.Name(ctx))
		}
		processThread := func(name string) func(context.Context) {
			return func(ctx context.Context) {
				student.Set(ctx, name)
				processStudent(ctx)
			}
		}
		ctx := context.Background()
		var rehearsal local.Local[string] // what is still a stub panics here, not in a thread
		local.Run(ctx, local.Name(ctx), func(ctx context.Context) {
			rehearsal.Set(ctx, "nobody")
			_, _ = rehearsal.Get(ctx)
		})
		var threads sync.WaitGroup
		threads.Go(func() { local.Run(ctx, "Thread-A", processThread("Alice")) })
		threads.Go(func() { local.Run(ctx, "Thread-B", processThread("Bob")) })
		threads.Wait()
	})
	// Unordered output:
	// Hello, Alice (in Thread-A)
	// Hello, Bob (in Thread-B)
}

func TestEveryThreadHasItsOwn(t *testing.T) {
	defer kata.SkipTODO(t)
	var number local.Local[int]
	number.Set(t.Context(), 1)
	local.Run(t.Context(), "child", func(ctx context.Context) {
		_, ok := number.Get(ctx)
		assert.False(t, ok, "a new thread has a value")
		number.Set(ctx, 2)
		v, ok := number.Get(ctx)
		assert.True(t, ok)
		assert.Equal(t, 2, v)
		assert.Equal(t, 2, number.Len())
	})
	v, ok := number.Get(t.Context())
	assert.True(t, ok)
	assert.Equal(t, 1, v)
	assert.Equal(t, 1, number.Len(), "threads with a value, after one of two has ended")
}

func TestNames(t *testing.T) {
	defer kata.SkipTODO(t)
	assert.Equal(t, "MainThread", local.Name(t.Context()))
	local.Run(t.Context(), "worker", func(ctx context.Context) {
		assert.Equal(t, "worker", local.Name(ctx))
	})
}

func TestInitOncePerThread(t *testing.T) {
	defer kata.SkipTODO(t)
	var text local.Local[string]
	calls := 0
	init := func() string { calls++; return "made" }
	for range 2 {
		local.Run(t.Context(), "worker", func(ctx context.Context) {
			for range 3 {
				assert.Equal(t, "made", text.GetOrInit(ctx, init))
			}
		})
	}
	assert.Equal(t, 2, calls, "calls of init, for two threads")
}
