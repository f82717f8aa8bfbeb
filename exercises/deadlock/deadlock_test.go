package deadlock_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/exercises/deadlock"
	"example.com/gokata/exercises/internal/kata"
)

// patience bounds every wait, so that a wrong solution fails instead of
// hanging. A right one never needs it.
const patience = 10 * time.Second

// ends tells whether all fns come to their end when they run side by side.
func ends(fns ...func()) bool {
	done := make(chan any, len(fns))
	for _, fn := range fns {
		go func() {
			defer func() { done <- recover() }()
			fn()
		}()
	}
	tooLate := time.After(patience)
	for range fns {
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

// Two threads and two locks. One thread moves money from Alice to Bob, the
// other one from Bob to Alice. Each has got one lock and waits for the other
// one, unless somebody sees to it.
func Example() {
	kata.Example("Alice 10000, Bob 10000, together 20000\n", func() {
		alice := deadlock.NewAccount("Alice", 10_000)
		bob := deadlock.NewAccount("Bob", 10_000)
		pay := func(from, to *deadlock.Account) func() {
			return func() {
				for range 10_000 {
					_ = deadlock.Transfer(from, to, 1, nil)
				}
			}
		}
		if !ends(pay(alice, bob), pay(bob, alice)) {
			fmt.Println("each thread has one lock and waits for the other one")
			return
		}
		fmt.Printf("%s %d, %s %d, together %d\n",
			alice.Owner(), alice.Balance(), bob.Owner(), bob.Balance(), deadlock.Total(alice, bob))
	})
	// Output:
	// Alice 10000, Bob 10000, together 20000
}

func TestTransfer(t *testing.T) {
	defer kata.SkipTODO(t)
	alice, bob := deadlock.NewAccount("Alice", 100), deadlock.NewAccount("Bob", 0)
	require.NoError(t, deadlock.Transfer(alice, bob, 30, nil))
	require.ErrorIs(t, deadlock.Transfer(alice, bob, 71, nil), deadlock.ErrInsufficient)
	require.ErrorIs(t, deadlock.Transfer(alice, bob, -1, nil), deadlock.ErrAmount)
	assert.Equal(t, 70, alice.Balance())
	assert.Equal(t, 30, bob.Balance())
	assert.Equal(t, 100, deadlock.Total(bob, alice, bob))
}

func TestApprove(t *testing.T) {
	defer kata.SkipTODO(t)
	alice, bob := deadlock.NewAccount("Alice", 100), deadlock.NewAccount("Bob", 0)
	require.NoError(t, deadlock.Transfer(alice, bob, 10, func() error { return nil }))
	refusal := errors.New("not today")
	require.ErrorIs(t, deadlock.Transfer(alice, bob, 10, func() error { return refusal }), refusal)
	assert.Panics(t, func() { _ = deadlock.Transfer(alice, bob, 10, func() error { panic("on purpose") }) })
	assert.Equal(t, 90, alice.Balance())
	assert.Equal(t, 10, bob.Balance())
}

func TestToOneself(t *testing.T) {
	defer kata.SkipTODO(t)
	alice := deadlock.NewAccount("Alice", 100)
	require.True(t, ends(func() { assert.NoError(t, deadlock.Transfer(alice, alice, 100, nil)) }), "Transfer waits for itself")
	assert.Equal(t, 100, alice.Balance())
}

func TestSideBySide(t *testing.T) {
	defer kata.SkipTODO(t)
	inside := make(chan bool)
	meet := func() error {
		select { // both are inside when one sends and the other one receives
		case inside <- true:
			return nil
		case <-inside:
			return nil
		case <-time.After(patience):
			return errors.New("nobody else is here")
		}
	}
	pay := func() {
		from, to := deadlock.NewAccount("a customer", 1), deadlock.NewAccount("a shop", 0)
		assert.NoError(t, deadlock.Transfer(from, to, 1, meet))
	}
	require.True(t, ends(pay, pay), "two payments with no account in common wait for each other")
}
