package parallel_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/exercises/internal/kata"
	"example.com/gokata/exercises/parallel"
)

// Four workers count the prime numbers in each of four thousands, side by side.
func ExampleMap() {
	kata.Example("[168 135 127 120] <nil>\n", func() {
		primes := func(_ context.Context, from int) (int, error) {
			count := 0
			for n := max(from, 2); n < from+1000; n++ {
				prime := true
				for d := 2; d*d <= n && prime; d++ {
					prime = n%d != 0
				}
				if prime {
					count++
				}
			}
			return count, nil
		}
		counts, err := parallel.Map(context.Background(), []int{0, 1000, 2000, 3000}, 4, primes)
		fmt.Println(counts, err)
	})
	// Output: [168 135 127 120] <nil>
}

func TestEightSecondsInTwo(t *testing.T) {
	kata.Bubble(t, func(t *testing.T) {
		start := time.Now()
		got, err := parallel.Map(t.Context(), []int{8, 7, 6, 5, 4, 3, 2, 1}, 4, func(_ context.Context, item int) (int, error) {
			time.Sleep(time.Second)
			return -item, nil
		})
		require.NoError(t, err)
		assert.Equal(t, []int{-8, -7, -6, -5, -4, -3, -2, -1}, got)
		assert.Equal(t, 2*time.Second, time.Since(start))
	})
}

func TestFirstErrorEndsTheRest(t *testing.T) {
	kata.Bubble(t, func(t *testing.T) {
		failure := errors.New("on purpose")
		got, err := parallel.Map(t.Context(), []string{"bad", "slow", "never"}, 2, func(ctx context.Context, item string) (int, error) {
			assert.NotEqual(t, "never", item)
			if item == "bad" {
				return 0, failure
			}
			<-ctx.Done()
			return 0, ctx.Err()
		})
		require.ErrorIs(t, err, failure)
		assert.Nil(t, got)
	})
}

func TestPanicComesBack(t *testing.T) {
	kata.Bubble(t, func(t *testing.T) {
		_, err := parallel.Map(t.Context(), nil, 2, func(context.Context, int) (int, error) { return 0, nil })
		require.NoError(t, err)
		assert.PanicsWithValue(t, "on purpose", func() {
			_, _ = parallel.Map(t.Context(), []int{1, 2}, 2, func(_ context.Context, item int) (int, error) {
				if item == 2 {
					panic("on purpose")
				}
				return item, nil
			})
		})
	})
}
