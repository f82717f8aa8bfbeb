package counter_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/exercises/counter"
	"example.com/gokata/exercises/internal/kata"
)

// Two goroutines put money into one account and take it out again. Whatever
// they do at once, nothing may be left over.
func ExampleCounter() {
	kata.Example("balance: 0\n", func() {
		var bank counter.Counter
		bank.Add("balance", 0) // open the account
		changeIt := func(n int) {
			bank.Add("balance", n)
			bank.Add("balance", -n)
		}
		var threads sync.WaitGroup
		for _, n := range []int{5, 8} {
			threads.Go(func() {
				for range 100_000 {
					changeIt(n)
				}
			})
		}
		threads.Wait()
		bank.Each(func(key string, n int) {
			fmt.Printf("%s: %d\n", key, n)
		})
	})
	// Output: balance: 0
}

func TestCounts(t *testing.T) {
	defer kata.SkipTODO(t)
	var c counter.Counter
	assert.Equal(t, 1, c.Inc("a"))
	assert.Equal(t, 2, c.Inc("a"))
	assert.Equal(t, -3, c.Add("b", -3))
	assert.Equal(t, 2, c.Get("a"))
	assert.Zero(t, c.Get("unknown"))
	assert.Equal(t, map[string]int{"a": 2, "b": -3}, c.Snapshot())
}

func TestSnapshotIsACopy(t *testing.T) {
	defer kata.SkipTODO(t)
	var c counter.Counter
	c.Inc("a")
	s := c.Snapshot()
	c.Inc("a")
	assert.Equal(t, map[string]int{"a": 1}, s)
	s["a"] = 100
	assert.Equal(t, 2, c.Get("a"))
}

func TestEachInOrder(t *testing.T) {
	defer kata.SkipTODO(t)
	var c counter.Counter
	for i, key := range []string{"c", "a", "b"} {
		c.Add(key, i)
	}
	var keys []string
	c.Each(func(key string, _ int) { keys = append(keys, key) })
	assert.Equal(t, []string{"a", "b", "c"}, keys)
}

func TestManyGoroutines(t *testing.T) {
	defer kata.SkipTODO(t)
	var c counter.Counter
	require.Equal(t, 1, c.Inc("hits"))
	var threads sync.WaitGroup
	for range 4 {
		threads.Go(func() {
			for range 1000 {
				c.Inc("hits")
			}
		})
	}
	threads.Wait()
	assert.Equal(t, 4001, c.Get("hits"))
}
