// want: result
// Fault: An amount of 0 is not refused.

package deadlock

import (
	"cmp"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
)

// ErrInsufficient is the error of a transfer of more money than there is.
var ErrInsufficient = errors.New("deadlock: insufficient funds")

// ErrAmount is the error of a transfer of less than 1.
var ErrAmount = errors.New("deadlock: amount below 1")

// accounts counts the accounts that were ever made.
var accounts atomic.Int64

// Account holds somebody's money. All functions and methods may be called by
// several goroutines at once. An Account must not be copied.
type Account struct {
	number int64 // no two accounts have the same; locks are taken in its order
	owner  string

	mu      sync.Mutex
	balance int
}

// NewAccount returns an account with a balance of at least 0. Several accounts
// may have the same owner.
func NewAccount(owner string, balance int) *Account {
	return &Account{number: accounts.Add(1), owner: owner, balance: balance}
}

// Owner returns whose account it is.
func (a *Account) Owner() string { return a.owner }

// Balance returns the money in the account. When a transfer holds the account,
// Balance waits until that is over.
func (a *Account) Balance() int { return Total(a) }

// Transfer moves amount from one account to another, which may be the same. It
// waits until it holds both, and holds them until it returns. If the money is
// there, it calls approve, unless that is nil, and moves the money if approve
// returns nil. Otherwise nothing is moved, and Transfer returns an error: that
// of approve; ErrInsufficient if there is less than amount; ErrAmount if amount
// is less than 1. If approve panics, nothing is moved, and the panic goes on to
// the caller.
//
// approve must not use the two accounts.
func Transfer(from, to *Account, amount int, approve func() error) error {
	if amount < 0 {
		return ErrAmount
	}
	held := hold(from, to)
	defer release(held)
	if from.balance < amount {
		return ErrInsufficient
	}
	if approve != nil {
		if err := approve(); err != nil {
			return err
		}
	}
	from.balance -= amount
	to.balance += amount
	return nil
}

// Total returns how much money there is in the accounts together, at one
// instant. An account that is named more than once counts once.
func Total(accounts ...*Account) int {
	held := hold(accounts...)
	defer release(held)
	sum := 0
	for _, a := range held {
		sum += a.balance
	}
	return sum
}

// hold locks the accounts in the order of their numbers, each of them once, and
// returns them.
func hold(accounts ...*Account) []*Account {
	held := slices.Clone(accounts)
	slices.SortFunc(held, func(a, b *Account) int { return cmp.Compare(a.number, b.number) })
	held = slices.Compact(held)
	for _, a := range held {
		a.mu.Lock()
	}
	return held
}

func release(held []*Account) {
	for _, a := range held {
		a.mu.Unlock()
	}
}
