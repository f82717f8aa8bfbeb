package rlock_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/exercises/internal/kata"
	"example.com/gokata/exercises/rlock"
)

// A function that holds the lock calls others that take it, too.
func Example() {
	const want = `exchange, depth 1
  withdraw 10 dollars, depth 2
  deposit 70 yuan, depth 2
done, depth 0
`
	kata.Example(want, func() {
		l := rlock.New()
		balance := map[string]int{"dollars": 100}

		withdraw := func(o *rlock.Owner, currency string, n int) {
			l.With(o, func() {
				balance[currency] -= n
				fmt.Printf("  withdraw %d %s, depth %d\n", n, currency, l.Depth(o))
			})
		}
		deposit := func(o *rlock.Owner, currency string, n int) {
			l.With(o, func() {
				balance[currency] += n
				fmt.Printf("  deposit %d %s, depth %d\n", n, currency, l.Depth(o))
			})
		}
		exchange := func(o *rlock.Owner) {
			l.With(o, func() {
				fmt.Println("exchange, depth", l.Depth(o))
				withdraw(o, "dollars", 10)
				deposit(o, "yuan", 70)
			})
		}

		o := rlock.NewOwner()
		exchange(o)
		fmt.Println("done, depth", l.Depth(o))
	})
	// Output:
	// exchange, depth 1
	//   withdraw 10 dollars, depth 2
	//   deposit 70 yuan, depth 2
	// done, depth 0
}

func TestOwnerEntersAgain(t *testing.T) {
	kata.Bubble(t, func(t *testing.T) {
		l, o := rlock.New(), rlock.NewOwner()
		l.Lock(o)
		l.Lock(o)
		require.True(t, l.TryLock(o))
		assert.Equal(t, 3, l.Depth(o))
		for range 3 {
			l.Unlock(o)
		}
		assert.Zero(t, l.Depth(o))
	})
}

func TestOthersStayOut(t *testing.T) {
	kata.Bubble(t, func(t *testing.T) {
		l, o, other := rlock.New(), rlock.NewOwner(), rlock.NewOwner()
		l.Lock(o)
		l.Lock(o)
		assert.False(t, l.TryLock(other), "held twice")
		assert.Panics(t, func() { l.Unlock(other) }, "held by somebody else")
		l.Unlock(o)
		assert.False(t, l.TryLock(other), "still held once")
		l.Unlock(o)
		assert.True(t, l.TryLock(other), "free")
		l.Unlock(other)
	})
}

func TestFiveOwners(t *testing.T) {
	kata.Bubble(t, func(t *testing.T) {
		l, first := rlock.New(), rlock.NewOwner()
		n := 0
		l.With(first, func() { n++ })
		var owners sync.WaitGroup
		for range 5 {
			owners.Go(func() {
				o := rlock.NewOwner()
				l.With(o, func() {
					l.With(o, func() { n++ })
				})
			})
		}
		owners.Wait()
		assert.Equal(t, 6, n)
	})
}
