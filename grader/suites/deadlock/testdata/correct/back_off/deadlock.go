// Package deadlock has no order of accounts. Whoever cannot get an account at
// once gives back all that it has, and begins again with the one that it could
// not get. So nobody holds one account while waiting for another.
package deadlock

import (
	"errors"
	"slices"
	"sync"
)

// ErrInsufficient is the error of a transfer of more money than there is.
var ErrInsufficient = errors.New("deadlock: insufficient funds")

// ErrAmount is the error of a transfer of less than 1.
var ErrAmount = errors.New("deadlock: amount below 1")

// Account is somebody's money.
type Account struct {
	owner string

	mu      sync.Mutex
	balance int
}

// NewAccount returns an account with a balance of at least 0.
func NewAccount(owner string, balance int) *Account {
	return &Account{owner: owner, balance: balance}
}

// Owner returns whose account it is.
func (a *Account) Owner() string { return a.owner }

// Balance returns the money in the account, when nobody holds it.
func (a *Account) Balance() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.balance
}

// Transfer moves amount from one account to another.
func Transfer(from, to *Account, amount int, approve func() error) error {
	if amount < 1 {
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

// Total returns how much money there is in the accounts together.
func Total(accounts ...*Account) int {
	held := hold(accounts...)
	defer release(held)
	sum := 0
	for _, a := range held {
		sum += a.balance
	}
	return sum
}

// hold locks each of the accounts once and returns them.
func hold(accounts ...*Account) []*Account {
	var list []*Account
	for _, a := range accounts {
		if !slices.Contains(list, a) {
			list = append(list, a)
		}
	}
	if len(list) == 0 {
		return nil
	}
	for {
		list[0].mu.Lock()
		missing := slices.IndexFunc(list[1:], func(a *Account) bool { return !a.mu.TryLock() })
		if missing < 0 {
			return list
		}
		release(list[:missing+1])
		list[0], list[missing+1] = list[missing+1], list[0]
	}
}

func release(held []*Account) {
	for _, a := range held {
		a.mu.Unlock()
	}
}
