package philosophers_test

import (
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/exercises/internal/kata"
	"example.com/gokata/exercises/philosophers"
)

// patience bounds every wait, so that a wrong table fails instead of hanging. A
// right one never needs it.
const patience = 10 * time.Second

// ends tells whether fn comes to its end for each of n philosophers, side by
// side.
func ends(n int, fn func(i int)) bool {
	done := make(chan any, n)
	for i := range n {
		go func() {
			defer func() { done <- recover() }()
			fn(i)
		}()
	}
	tooLate := time.After(patience)
	for range n {
		select {
		case v := <-done:
			if v != nil {
				panic(v)
			}
		case <-tooLate:
			return false
		}
	}
	return true
}

// Five philosophers sit down and eat a thousand times each.
func Example() {
	kata.Example("meals: [1000 1000 1000 1000 1000]\n", func() {
		table := philosophers.New(5)
		meals := make([]int, 5)
		if !ends(5, func(i int) {
			for range 1000 {
				table.Eat(i, func() { meals[i]++ })
			}
		}) {
			fmt.Println("each philosopher has one fork and waits for the other one")
			return
		}
		fmt.Println("meals:", meals)
	})
	// Output:
	// meals: [1000 1000 1000 1000 1000]
}

func TestNeighboursNeverEatTogether(t *testing.T) {
	defer kata.SkipTODO(t)
	for _, n := range []int{2, 3, 5} {
		table := philosophers.New(n)
		eating := make([]atomic.Bool, n)
		require.True(t, ends(n, func(i int) {
			for range 200 {
				table.Eat(i, func() {
					eating[i].Store(true)
					left, right := eating[(i+n-1)%n].Load(), eating[(i+1)%n].Load()
					eating[i].Store(false)
					assert.False(t, left || right, "a neighbour of %d eats too, at a table for %d", i, n)
				})
			}
		}), "the philosophers do not come to an end")
	}
}

func TestSideBySide(t *testing.T) {
	defer kata.SkipTODO(t)
	table := philosophers.New(4)
	both := make(chan bool)
	meet := func() {
		select { // both eat when one sends and the other one receives
		case both <- true:
		case <-both:
		case <-time.After(patience):
			t.Error("0 and 2 do not eat at the same time")
		}
	}
	require.True(t, ends(2, func(i int) { table.Eat(2*i, meet) }))
}

func TestPanic(t *testing.T) {
	defer kata.SkipTODO(t)
	table := philosophers.New(2)
	table.Eat(0, func() {})
	assert.PanicsWithValue(t, "a bone", func() { table.Eat(0, func() { panic("a bone") }) })
	assert.True(t, ends(1, func(int) { table.Eat(1, func() {}) }), "the forks are gone")
	assert.Panics(t, func() { table.Eat(2, func() {}) })
	assert.Panics(t, func() { philosophers.New(1) })
}
