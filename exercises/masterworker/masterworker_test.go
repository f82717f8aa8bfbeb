package masterworker_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/exercises/internal/kata"
	"example.com/gokata/exercises/masterworker"
)

const want = `0: "page A", <nil>, after 1 of 2 tries
1: "page B", <nil>, after 2 of 2 tries
2: "", masterworker: try took too long, after 2 of 2 tries
3: "page D", <nil>, after 1 of 2 tries
<nil>
`

// A master has four pages fetched by two workers. One of them panics the first
// time, and one never comes. (The time limit is shorter than in the statement.)
func Example() {
	kata.Example(want, func() {
		pages := []string{"A", "B", "C", "D"}
		tries := make([]int, len(pages))
		fetch := func(ctx context.Context, i int) (string, error) {
			tries[i]++
			switch {
			case pages[i] == "B" && tries[i] == 1:
				panic("torn page")
			case pages[i] == "C":
				<-ctx.Done() // never comes
				return "", ctx.Err()
			}
			return "page " + pages[i], nil
		}
		cfg := masterworker.Config{Workers: 2, Outstanding: 4, Retries: 1, Timeout: 50 * time.Millisecond}
		err := masterworker.Run(context.Background(), cfg, []int{0, 1, 2, 3}, fetch,
			func(task int, page string, err error) {
				if err != nil {
					page = "" // it says nothing
				}
				fmt.Printf("%d: %q, %v, after %d of 2 tries\n", task, page, err, tries[task])
			})
		fmt.Println(err)
	})
	// Output:
	// 0: "page A", <nil>, after 1 of 2 tries
	// 1: "page B", <nil>, after 2 of 2 tries
	// 2: "", masterworker: try took too long, after 2 of 2 tries
	// 3: "page D", <nil>, after 1 of 2 tries
	// <nil>
}

func TestMergesInOrder(t *testing.T) {
	kata.Bubble(t, func(t *testing.T) {
		start := time.Now()
		var merged []int
		cfg := masterworker.Config{Workers: 3, Outstanding: 3}
		err := masterworker.Run(t.Context(), cfg, []int{3, 2, 1}, func(_ context.Context, seconds int) (int, error) {
			time.Sleep(time.Duration(seconds) * time.Second)
			return seconds, nil
		}, func(_, seconds int, err error) {
			require.NoError(t, err)
			merged = append(merged, seconds)
		})
		require.NoError(t, err)
		assert.Equal(t, []int{3, 2, 1}, merged)
		assert.Equal(t, 3*time.Second, time.Since(start))
	})
}

func TestTriesAgain(t *testing.T) {
	kata.Bubble(t, func(t *testing.T) {
		failure := errors.New("no luck")
		tries := 0
		cfg := masterworker.Config{Workers: 2, Outstanding: 2, Retries: 2}
		var last error
		err := masterworker.Run(t.Context(), cfg, []int{0}, func(context.Context, int) (int, error) {
			tries++
			if tries == 2 {
				panic("on purpose")
			}
			return 0, failure
		}, func(_, _ int, err error) { last = err })
		require.NoError(t, err)
		assert.Equal(t, 3, tries)
		assert.ErrorIs(t, last, failure)
	})
}

func TestStopsWithItsContext(t *testing.T) {
	kata.Bubble(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		start := time.Now()
		var mu sync.Mutex
		begun, merged := 0, 0
		cfg := masterworker.Config{Workers: 2, Outstanding: 4}
		err := masterworker.Run(ctx, cfg, make([]int, 100), func(context.Context, int) (int, error) {
			mu.Lock()
			begun++
			mu.Unlock()
			time.Sleep(2 * time.Second)
			return 0, nil
		}, func(int, int, error) { merged++ })
		require.ErrorIs(t, err, context.DeadlineExceeded)
		assert.Equal(t, 6, begun)
		assert.Equal(t, 4, merged)
		assert.Equal(t, 6*time.Second, time.Since(start), "the tries that were running have ended")
	})
}
